# SPDX-License-Identifier: LGPL-3.0-only
"""Boots each machine of machines/*.cfg with stock SeaBIOS. What fails is counted (scripts/stock);
asserted is that it fails where this project is for, and is right where it always was."""
# Copyright (C) 2026 The seabios-igd authors

from collections.abc import Callable
from typing import NamedTuple

import pytest

from expectations import EXPECTATIONS, HOST_BDSM
from log_judge import NO_VBIOS
from rows import TABLE, Row


class Kind(NamedTuple):
    """Rows of a kind, and the expectation that stock SeaBIOS must fail, or must not, in each."""
    name: str
    has: Callable[[Row], bool]
    expectation: str


FAILS = (
    Kind("stolen memory of Gen11 and newer", lambda row: row.bdsm == "c0", "stolen"),
    Kind("an OpRegion for class 0380h", lambda row: row.class_code == "0380", "opregion"),
    Kind("an OpRegion that kexec and S4 leave alone", lambda row: True, "nvs"),
    Kind("maps of memory that agree", lambda row: row.expects("opregion") or row.expects("stolen"),
         "maps"),
    Kind("RVDA outside of the OpRegion", lambda row: True, "rvda-cleared"),
    Kind("a ROM with a wrong sum", lambda row: "IGD_WARN_ROM_CHECKSUM" in row.finds_codes, "vbios"),
    Kind("a ROM with another BDSM", lambda row: row.held_bdsm not in (0, HOST_BDSM)
         or (row.held_bdsm and not row.qemu_rewrites_gtt), "vbios"),
    Kind("a ROM for another id", lambda row: row.seen_from == "romfile" and row.device != "3e92",
         "vbios"),
    Kind("the GTT by a new VBIOS in legacy mode", lambda row: row.qemu_rewrites_gtt
         and not row.held_bdsm, "gtt"),
    Kind("more of the GTT than QEMU rewrites", lambda row: row.qemu_rewrites_gtt and row.is_gen9,
         "gtt"),
    Kind("the GTT by a VBIOS with a host's BDSM", lambda row: row.held_bdsm
         and not row.qemu_rewrites_gtt and row.seen_from == "romfile", "gtt"),
    Kind("a VBIOS that hangs", lambda row: True, "hangs"),
    Kind("no VBIOS without stolen memory", lambda row: bool(row.finds_codes & NO_VBIOS), "dark"),
    Kind("INT 15h AX=5FXXh", lambda row: True, "hooks"),
    Kind("an IGD after S3", lambda row: row.device != "none", "woken"),
)
PASSES = tuple(
    Kind("machines without an IGD that boot", lambda row: row.device == "none"
         and row.guest == "probe", name) for name in ("no-device", "maps", "emulated-vga")
) + (
    Kind("the OpRegion of Gen6 to Gen9",
         lambda row: row.name.startswith("gen6-to-gen9-"), "opregion"),
    Kind("the stolen memory of Gen6 to Gen9",
         lambda row: row.name.startswith("gen6-to-gen9-"), "stolen"),
    Kind("an OpRegion in mailbox 4, of class 0300h", lambda row: row.opregion == "mailbox4"
         and row.class_code == "0300" and row.guest == "probe", "opregion"),
    Kind("the GTT by a VBIOS with a host's BDSM in legacy mode", lambda row: row.qemu_rewrites_gtt
         and row.held_bdsm == HOST_BDSM and not row.is_gen9 and row.seen_from == "bar", "gtt"),
)
BOOTING = [row for row in TABLE if not row.refusal]


def failed_by_stock(row, out):
    """The expectations of a row that stock SeaBIOS fails, "boot" if it gets to no guest."""
    # Stock waits for a VBIOS that hangs until the machine is stopped.
    changes = {"timeout": 15} if row.expects("hangs") else {}
    result = row.boot(out, out / f"build/stock-{row.firmware}/bios.bin",
                      out / "machines-stock" / row.name, **changes)
    if not result.guest_done:
        return ["boot"]
    failures = []
    for name in row.expect.split():
        try:
            EXPECTATIONS[name](row, result)
        except AssertionError:
            failures.append(name)
    return failures


@pytest.mark.parametrize("row", BOOTING, ids=lambda row: row.name)
def test_stock_seabios_fails_what_is_new_and_nothing_that_it_can(row, out, record_property):
    failures = failed_by_stock(row, out)
    record_property("stock", f"{row.name}: {' '.join(failures) or '-'}")
    for kinds, must_fail in ((FAILS, True), (PASSES, False)):
        for kind in kinds:
            if row.expects(kind.expectation) and kind.has(row) and failures != ["boot"]:
                assert (kind.expectation in failures) == must_fail, \
                    f"{kind.name}: {kind.expectation} must {'fail' if must_fail else 'pass'}, " \
                    f"failed {failures}"


@pytest.mark.parametrize("kind", FAILS + PASSES, ids="{0.name}, {0.expectation}".format)
def test_there_are_machines_of_a_kind(kind):
    assert [row for row in BOOTING if row.expects(kind.expectation) and kind.has(row)]
