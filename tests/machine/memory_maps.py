# SPDX-License-Identifier: LGPL-3.0-only
"""Whether what a guest is told of its memory is right: each way to ask says the same, and none
counts what the firmware took for the IGD."""
# Copyright (C) 2026 The seabios-igd authors

from machine import ACPI, ASLS, BDSM, BDSM64, GIB, KIB, MIB, NVS, RAM, RESERVED

# What uses ACPI's tables may use their memory after that; SeaBIOS counts both.
USABLE = (RAM, ACPI)


def adjoining_end(e820, kinds):
    """Where the memory of these types that goes on without a hole from 1 MiB ends."""
    end = MIB
    for start, size, kind in e820:
        if start == end and kind in kinds:
            end += size
    return end


def cmos(memory, *indices):
    """The number in some bytes of CMOS, the lowest first."""
    return sum(memory.cmos[index] << 8 * i for i, index in enumerate(indices))


def contradictions(memory, taken):
    """What of a guest's Memory is wrong, as texts. taken has the addresses of what must not count
    as RAM: {what: address}."""
    e820 = memory.e820
    end = adjoining_end(e820, USABLE)
    # QEMU puts all RAM into CMOS, with what SeaBIOS keeps of it: so it stays if the IGD has none.
    cmos_end = end if taken else adjoining_end(e820, (RAM, RESERVED, ACPI, NVS))
    above = sum(size for start, size, kind in e820 if start >= 4 * GIB and kind in USABLE)

    def kib(end):
        return (end - MIB) // KIB

    def blocks(end):
        return max(end - 16 * MIB, 0) // (64 * KIB)

    small, e801, x88, x8a = (memory.int15[ax] for ax in (0xE820, 0xE801, 0x8800, 0x8A00))
    told = {    # {how: (expected, got)}
        "E820h with 24 bytes": (e820, memory.e820_24),
        "E820h with 19 bytes, carry": (1, small.carry),
        "E801h (carry, ax, bx, cx, dx)": (
            (0, *2 * (min(kib(end), 15 * KIB), blocks(end))), tuple(e801)),
        # SeaBIOS says 63 MiB at most.
        "88h (carry, ax)": ((0, min(kib(end), 63 * KIB)), (x88.carry, x88.ax)),
        "INT 12h": (e820[0][1] // KIB, memory.int12),
        "CMOS 15h": (640, cmos(memory, 0x15, 0x16)),
        "CMOS 17h": (min(kib(cmos_end), 0xFFFF), cmos(memory, 0x17, 0x18)),
        "CMOS 30h": (min(kib(cmos_end), 0xFFFF), cmos(memory, 0x30, 0x31)),
        "CMOS 34h": (blocks(cmos_end), cmos(memory, 0x34, 0x35)),
        "CMOS 5Bh": (above // (64 * KIB), cmos(memory, 0x5B, 0x5C, 0x5D)),
    }
    # SeaBIOS does not have it: then it must say so.
    if (x8a.carry, x8a.ax >> 8) != (1, 0x86):
        told["8Ah (carry, dx:ax)"] = (0, kib(end)), (x8a.carry, x8a.dx << 16 | x8a.ax)
    wrong = [f"{how}: expected {expected}, got {got}" for how, (expected, got) in told.items()
             if expected != got]
    return wrong + counted(memory, taken)


def counted(memory, taken):
    """What of the addresses taken counts as RAM in a guest's Memory, as texts."""
    e801, x88, above_16m = memory.int15[0xE801], memory.int15[0x8800], cmos(memory, 0x34, 0x35)
    ends = {    # where each says that RAM ends
        "E801h": MIB + e801.cx * KIB + e801.dx * 64 * KIB,
        "88h": MIB + x88.ax * KIB,
        "CMOS 17h": MIB + cmos(memory, 0x17, 0x18) * KIB,
        "CMOS 30h": MIB + cmos(memory, 0x30, 0x31) * KIB,
        "CMOS 34h": 16 * MIB + above_16m * 64 * KIB if above_16m else 0,
    }
    wrong = []
    for what, address in taken.items():
        wrong += [f"{how} counts {what} at {address:#x} as RAM, up to {ram_end:#x}"
                  for how, ram_end in ends.items() if address < ram_end]
        wrong += [f"E820h has {what} at {address:#x} as RAM"
                  for start, size, kind in memory.e820
                  if start <= address < start + size and kind in USABLE]
    return wrong


def taken_for_igd(result):
    """{what: address} of what the firmware took for the IGD."""
    if not result.report:
        return {}
    return {what: address for what, *registers in (
        ("OpRegion", ASLS), ("stolen memory", BDSM, BDSM64))
            for address in result.writes(*registers)[-1:]}


def maps_agree(result):
    """Asserts that all ways to ask how much memory there is tell the same, and that none counts
    what the firmware took for the IGD."""
    taken = taken_for_igd(result)
    wrong = contradictions(result.guest.memory, taken)
    for seen in result.woken:
        wrong += [f"after S3 {text}" for text in contradictions(seen.memory, taken)]
    assert not wrong, "\n".join(wrong + ["E820h:"] + [
        f"{start:#x}-{start + size - 1:#x} type {kind}" for start, size, kind in result.e820])


def memory_map_is_sane(result):
    """Asserts that the map is sorted, without overlap, and has low RAM."""
    assert result.e820, "the guest got no memory map"
    end = 0
    for start, size, kind in result.e820:
        assert start >= end, f"entry at {start:#x} overlaps or is out of order in {result.e820}"
        end = start + size
    assert result.e820_type(0, 0x80000) == RAM, result.e820
