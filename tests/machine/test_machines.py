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
from messages import FORMATS, read
from opregion import opregion, vbt
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
        assert row.match in ("list", "id", "class", "force"), row.name
        assert row.any_lpc in ("auto", "yes", "no"), row.name
        assert set(row.conditions.split()) <= {"ok", "missing", "not-tried", "not-needed"}, row.name
        assert set(row.expect.split()) <= set(EXPECTATIONS), row.name
        assert row.finds_codes | set(row.must_not_find) <= set(FORMATS), row.name


# 64 MiB of stolen memory, which each QEMU leaves to the firmware or asks for.
GMS_64 = {"ggc": 0x02C1}


def seconds(number):
    """QEMU's arguments for the time that a VBIOS may take."""
    return ["-fw_cfg", f"name=opt/org.seabios/igd-seconds,string={number}"]


@pytest.fixture(name="on_kvm", scope="module")
def fixture_on_kvm(out):
    """Starts a machine on KVM with a VBIOS: (variant, name, **what makes it another Machine)."""
    if not may_use_kvm():
        pytest.skip("no access to /dev/kvm")

    def run(variant, name, **changes):
        machine = {"rom": stand_in(out), "opregion": opregion(vbt("MAILBOX4", 0x10CC)),
                   "sim": GMS_64, "options": ",x-vga=on"}
        return Machine(out=out, firmware=out / f"build/{variant}-256k/bios.bin", accel="kvm",
                       disk="ramdisk", **machine | changes).run(out / f"machines/kvm-{name}")
    stock = run("stock", "stock")
    if not stock.guest_done:
        pytest.skip(f"stock SeaBIOS does not run on this KVM, see {stock.folder}")
    return run


def test_the_vbios_runs_on_kvm(on_kvm):
    """KVM emulates what touches a device, and some KVMs all of the firmware: no instruction may
    be one that it does not know."""
    result = on_kvm("igd", "igd")
    assert result.guest_done, f"status {result.status}, see {result.folder}"
    assert "done" in result.vbios, result.vbios
    assert result.report["gtt"]["valid"] and not result.report["gtt"]["mismatches"], result.report


def test_a_vbios_that_hangs_is_cut_off_on_kvm(out, on_kvm):
    result = on_kvm("igd", "hang", rom=stand_in(out, hang=1), extra=seconds(1))
    assert "hangs" in result.vbios, result.vbios
    assert result.guest_done, f"status {result.status}, see {result.folder}"
    assert "IGD_ERR_ROM_HANGS" in [read(line).code for line in result.igd], result.igd


def test_without_a_time_limit_a_vbios_that_hangs_is_left_alone(out):
    result = Machine(out=out, firmware=out / "build/igd-256k/bios.bin", rom=stand_in(out, hang=1),
                     sim=GMS_64, options=",x-vga=on", extra=seconds(0),
                     timeout=8).run(out / "machines/hang-for-ever")
    assert result.log.endswith("vbios: hangs\n") and not result.guest_done, result.log[-200:]


def test_a_vbios_may_take_some_seconds(out):
    """One that waits as long as the time limit, less a second, is not cut off."""
    result = Machine(out=out, firmware=out / "build/igd-256k/bios.bin",
                     rom=stand_in(out, hang=8), sim=GMS_64,
                     options=",x-vga=on", extra=seconds(3)).run(out / "machines/slow")
    assert "done" in result.vbios and result.guest_done, result.igd
