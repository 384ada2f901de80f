# SPDX-License-Identifier: LGPL-3.0-only
"""What the host tool knows of devices is what the firmware's library knows."""
# Copyright (C) 2026 The seabios-igd authors

import re

import pytest

import library
from igd_host import families
from tool import ROOT


def test_every_device_id_is_of_the_family_that_the_library_says():
    for device_id in range(0x10000):
        expected = library.IGD.igd_family(device_id)
        fields = expected.contents
        got = families.family(device_id)
        assert (got.id, got.mask, got.gen, got.gms, got.lpc, got.name, got.bdsm_register) \
            == (fields.id, fields.mask, fields.gen, fields.gms, fields.lpc,
                library.IGD.igd_family_name(expected).decode(),
                library.bdsm_register(device_id)), f"{device_id:04x}"


@pytest.mark.parametrize("device_id", [0x0106, 0x22B0, 0x1616, 0x3E92],
                         ids=["gen6", "cherryview", "gen8", "gen9"])
def test_every_ggc_tells_the_stolen_memory_that_the_library_says(device_id):
    family, judge = families.family(device_id), library.IGD.igd_family(device_id)
    wrong = [hex(ggc) for ggc in range(0x10000)
             if families.gms_mb(family, ggc) != library.IGD.igd_gms_mb(judge, ggc)]
    assert not wrong


def test_families_are_those_of_the_header():
    rows = re.findall(r"^IGD_FAMILY\(", (ROOT / "src/igd/igd_families.h").read_text(), re.M)
    assert len(families.FAMILIES) == len(rows) >= 30
    assert families.FAMILIES[0] == (0x0A84, 0x0FFE, 9, families.GEN9, families.LPC_ANY, "Broxton")
    assert families.family(0x3E92) \
        == (0x3E00, 0xFF00, 9, families.GEN9, families.LPC_HOST, "Coffee Lake")
    assert families.family(0x22B0).gms == families.CHERRYVIEW


def test_a_family_of_an_unknown_id_is_not_known():
    assert not families.family(0xFFFF).known and families.family(0x0106).known
