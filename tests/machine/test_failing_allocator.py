# SPDX-License-Identifier: LGPL-3.0-only
"""Boots with SeaBIOS's allocator failing (fail-alloc.diff) at each of POST's calls in turn: the
guest boots wherever it does with stock SeaBIOS, and what the IGD's registers say stays true."""
# Copyright (C) 2026 The seabios-igd authors

import difflib
import functools
import os
import re
import struct

import pytest

from machine import ASLS, BDSM, BDSM64, NVS, PAGE, RESERVED, Machine, e820_type
from memory_maps import counted, taken_for_igd
from messages import read
from opregion import opregion, vbt
from vbios_rom import stand_in

COUNTS = 0x600      # fail-alloc.diff: calls so far, the first that fails, how many fail
ZONES = ("TmpLow", "Low", "FSeg", "TmpHigh", "High")
OPREGION = opregion(vbt("MAILBOX4", 0x10CC))
OPREGION_CALL = ("High", len(OPREGION), PAGE)
STOLEN_BYTES = 64 << 20
# Each has a VBIOS, an OpRegion and stolen memory.
MACHINES = {"pc": ("pc", 0x3E92, BDSM), "q35-gen12": ("q35", 0x9A49, BDSM64)}
PARTS = 8           # the tests that share a machine's calls, so that one alone is rerun soon


def boot(out, variant, name, first, count):
    """Boots with calls failing, the first one counted from 1; 0: none. Adds to the result
    calls     [(zone, bytes, alignment)]
    failed    {number: call}
    """
    machine, device, _ = MACHINES[name]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    result = Machine(
        out=out, firmware=out / f"build/fail-{variant}-256k/bios.bin", machine=machine,
        device=device, opregion=OPREGION, stolen=struct.pack("<Q", STOLEN_BYTES),
        rom=stand_in(out, device=device), options=",x-vga=on", expect_stolen=STOLEN_BYTES,
        # Time is that of the instructions, so that SeaBIOS's threads run in the same order. A
        # second has few of them, 8 million: SeaBIOS waits by asking the clock again and again.
        # Without a disk it resets the machine after 0 ms; that ends QEMU.
        extra=["-icount", "shift=7,sleep=off", "-boot", "reboot-timeout=0", "-no-reboot",
               "-device", f"loader,addr={COUNTS + 4:#x},data={count << 32 | first:#x},data-len=8"],
    ).run(out / "machines-failing" / worker / f"{variant}-{name}-{first}-{count}")
    calls = re.findall(r"^alloc: \d+ zone (\d) size (\d+) align (\d+)( fails)?$", result.log, re.M)
    result.calls = [(ZONES[int(zone)], int(size), int(align)) for zone, size, align, _ in calls]
    result.failed = {i + 1: result.calls[i] for i, call in enumerate(calls) if call[-1]}
    return result


@functools.cache
def undisturbed(out, variant, name):
    """The boot of which no call fails."""
    result = boot(out, variant, name, 0, 0)
    assert result.guest_done and result.calls and not result.failed, \
        f"status {result.status}, failed {result.failed}; see {result.folder}"
    return result


def same_call_of_stock(out, name, number):
    """The number of stock's call at the same place in POST; None if the call is ours alone."""
    ours, stock = (undisturbed(out, variant, name).calls for variant in ("igd", "stock"))
    matcher = difflib.SequenceMatcher(None, ours, stock, autojunk=False)
    for at, at_stock, count in matcher.get_matching_blocks():
        if at < number <= at + count:
            return number - at + at_stock
    return None


def untruths(name, result):
    """What the registers say that is not so, as texts."""
    e820 = result.e820 if result.guest_done else result.logged_e820
    wrong = []
    for what, register, size, kind in (("ASLS", ASLS, len(OPREGION), NVS),
                                       ("BDSM", MACHINES[name][2], STOLEN_BYTES, RESERVED)):
        for address in result.writes(register)[-1:]:
            got = e820_type(e820, address, size)
            if got != kind:
                wrong.append(f"{what} {address:#x}: expected type {kind}, got {got} in {e820}")
            if what == "ASLS" and result.report["opregion"]["differs"]:
                wrong.append(f"no OpRegion at {address:#x}: {result.report['opregion']}")
    return wrong


def stock_boots(out, name, number, count):
    """Whether stock SeaBIOS boots when the same fails; True if it has no such call."""
    same = same_call_of_stock(out, name, number)
    if same is None:
        return True
    result = boot(out, "stock", name, same, count)
    call = undisturbed(out, "stock", name).calls[same - 1]
    assert result.failed.get(same) == call, f"expected {same}: {call}, got {result.failed}"
    return result.guest_done


def faults(out, name, number, count):
    """What is wrong when count calls fail, the first of them this one, as texts."""
    call = undisturbed(out, "igd", name).calls[number - 1]
    result = boot(out, "igd", name, number, count)
    hint = f"logs: {result.folder}"
    if result.report is None:
        return [f"call {number} {call}: expected QEMU to end, got status {result.status}; {hint}"]
    wrong = untruths(name, result)
    if result.guest_done:
        wrong += counted(result.guest.memory, taken_for_igd(result))
    expected = range(number, min(number + count, len(result.calls) + 1))
    if list(result.failed) != list(expected) or result.failed[number] != call:
        wrong.append(f"expected {list(expected)} to fail, got {result.failed}")
    ours_alone = call == OPREGION_CALL and count == 1
    if not result.guest_done and (ours_alone or stock_boots(out, name, number, count)):
        wrong.append(f"expected a guest that boots, got status {result.status}")
    no_room = [read(line).code for line in result.igd].count("IGD_ERR_OPREGION_ROOM")
    expected = list(result.failed.values()).count(OPREGION_CALL)
    if no_room != expected:
        wrong.append(f"expected {expected} IGD_ERR_OPREGION_ROOM, got {no_room}")
    written = [bool(result.writes(register)) for register in (ASLS, MACHINES[name][2])]
    if ours_alone and written != [False, True]:
        wrong.append(f"ASLS and BDSM written: expected [False, True], got {written}")
    return [f"call {number} {call}: {text}; {hint}" for text in wrong]


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", MACHINES)
def test_whichever_allocation_fails_the_guest_boots_as_with_stock_and_registers_are_true(
        name, part, out):
    wrong = []
    for number in range(1 + part, len(undisturbed(out, "igd", name).calls) + 1, PARTS):
        wrong += faults(out, name, number, 1)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("name", MACHINES)
def test_the_same_holds_if_the_next_allocation_fails_as_well(name, part, out):
    """Most of SeaBIOS's calls try another zone after the first. Its very first one is not tried:
    without memory for its own code SeaBIOS panics."""
    wrong = []
    for number in range(2 + part, len(undisturbed(out, "igd", name).calls) + 1, PARTS):
        wrong += faults(out, name, number, 2)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", MACHINES)
def test_a_failure_beyond_the_last_allocation_changes_nothing(name, out):
    before = undisturbed(out, "igd", name)
    beyond = boot(out, "igd", name, len(before.calls) + 1, 1)
    expected, got = ((result.guest_done, result.failed, result.calls, result.igd, result.guest)
                     for result in (before, beyond))
    assert got == expected, f"expected {expected}, got {got}"


@pytest.mark.parametrize("name", MACHINES)
def test_the_opregion_takes_one_allocation(name, out):
    calls = undisturbed(out, "igd", name).calls
    assert calls.count(OPREGION_CALL) == 1, f"expected one {OPREGION_CALL}, got {calls}"
