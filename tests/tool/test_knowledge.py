# SPDX-License-Identifier: LGPL-3.0-only
"""What the host tool knows of devices and messages is what the firmware's library knows."""
# Copyright (C) 2026 The seabios-igd authors

import re
from ctypes import create_string_buffer

import pytest

import library
from igd_host import families
from igd_host.texts import PREFIX, Finding, messages, sections
from tool import ROOT


def test_every_device_id_is_of_the_family_that_the_library_says():
    name = create_string_buffer(library.NAME_BYTES)
    for device_id in range(0x10000):
        expected = library.IGD.igd_family(device_id)
        library.IGD.igd_family_name(expected, name)
        fields = expected.contents
        got = families.family(device_id)
        assert (got.id, got.mask, got.gen, got.gms, got.name, got.bdsm_register) \
            == (fields.id, fields.mask, fields.gen, fields.gms, name.value.decode(),
                library.IGD.igd_bdsm_reg(expected)), f"{device_id:04x}"


@pytest.mark.parametrize("device_id", [0x0106, 0x22B0, 0x1616, 0x3E92],
                         ids=["gen6", "cherryview", "gen8", "gen9"])
def test_every_ggc_tells_the_stolen_memory_that_the_library_says(device_id):
    family, judge = families.family(device_id), library.IGD.igd_family(device_id)
    wrong = [hex(ggc) for ggc in range(0x10000)
             if families.gms_mb(family, ggc) != library.IGD.igd_gms_mb(judge, ggc)]
    assert not wrong


def test_every_message_is_worded_as_the_library_words_it():
    header = (ROOT / "src/igd/igd.h").read_text()
    codes = re.findall(r"^    (IGD_(?:ERR|WARN|NOTE)_\w+)(?: = 1)?,", header, re.M)
    assert list(messages()) == codes
    for number, code in enumerate(codes, 1):
        expected = library.message(number).replace("%llx", "123456789").replace("%x", "abcdef")
        assert PREFIX + Finding(code, 0x123456789, 0xABCDEF).text == expected
    assert library.message(len(codes) + 1) is None


def test_every_family_has_the_name_that_is_in_the_texts():
    assert [row.name for row in families.FAMILIES] \
        == [name for _, name in sections()["family_names"]]


def test_a_family_of_an_unknown_id_is_not_known():
    assert not families.family(0xFFFF).known and families.family(0x0106).known
