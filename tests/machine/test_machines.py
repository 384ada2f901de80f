# SPDX-License-Identifier: LGPL-3.0-only
"""Boots each machine of machines/*.cfg with our image and asserts what it says."""
# Copyright (C) 2026 The seabios-igd authors

import re

import pytest

import expectations
import log_judge
from expectations import EXPECTATIONS
from machine import Machine, may_use_kvm
from memory_maps import maps_agree, memory_map_is_sane
from messages import FORMATS
from rows import TABLE
from vbios_rom import stand_in


def all_is_as_expected(row, out, image, folder):
    """Boots a row's machine with one of our images and asserts all that the table says of it."""
    result = row.boot(out, image, folder)
    if row.refusal:
        assert result.status == 1 and re.search(row.refusal, result.stderr), \
            f"expected {row.refusal!r}, got status {result.status}, {result.stderr}"
        return
    assert result.guest_done, f"no sign of the guest (status {result.status})"
    memory_map_is_sane(result)
    maps_agree(result)
    expectations.nothing_else_is_written(result)
    if result.report:
        expectations.bar0_is_read_early(row, result)
    expectations.rom_ran_or_not(row, result)
    for name in row.expect.split():
        try:
            EXPECTATIONS[name](row, result)
        except AssertionError as error:
            pytest.fail(f"{name}: {error}")
    log_judge.log_is_right(row, result)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_machine(row, out):
    all_is_as_expected(row, out, out / f"build/igd-{row.firmware}/bios.bin",
                       out / "machines" / row.name)


def test_rows_have_words_that_mean_something():
    for row in TABLE:
        assert row.vbios in ("auto", "yes", "no", "other"), row.name
        assert row.match in ("id", "list", "class"), row.name
        assert set(row.conditions.split()) <= {"ok", "missing", "not-tried", "not-needed"}, row.name
        assert set(row.expect.split()) <= set(EXPECTATIONS), row.name
        assert row.finds_codes | set(row.must_not_find) <= set(FORMATS), row.name


def test_the_vbios_runs_on_kvm(out):
    """KVM emulates what touches a device, and some KVMs all of the firmware: no instruction may
    be one that it does not know."""
    if not may_use_kvm():
        pytest.skip("no access to /dev/kvm")
    for variant in ("stock", "igd"):
        result = Machine(out=out, firmware=out / f"build/{variant}-256k/bios.bin", accel="kvm",
                         disk="ramdisk", rom=stand_in(out)).run(out / f"machines/kvm-{variant}")
        if variant == "stock" and not result.guest_done:
            pytest.skip(f"stock SeaBIOS does not run on this KVM, see {result.folder}")
    assert result.guest_done, f"status {result.status}, see {result.folder}"
    assert "done" in result.vbios, result.vbios
