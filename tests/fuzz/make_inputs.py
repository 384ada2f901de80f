#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-3.0-only
"""Writes the seeds of the fuzz targets, tests/fuzz/inputs. Run it after a change here and commit
both; files that others put there, of fixed bugs for instance, it leaves alone."""
# Copyright (C) 2026 The seabios-igd authors

import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "machine"))
from opregion import opregion, panel_blocks, vbt  # noqa: E402

INPUTS = Path(__file__).parent / "inputs"

# Device types of child devices: a display on a connector, an internal panel by LVDS and by eDP.
CRT, LVDS, EDP = 0x0001, 0x1022, 0x1006


def small_vbt(name="FUZZ", size=340, **more):
    return vbt(name, size, blocks=panel_blocks(CRT, LVDS, panel=3, lvds_depth=8), **more)


def opregions():
    yield "mailbox4", opregion(small_vbt())
    yield "no-mailbox5", opregion(vbt("A LONG NAME....", 7168), mailboxes=0x0D)
    yield "extended", opregion(small_vbt(), extended=True)
    yield "extended-2.0", opregion(small_vbt(), extended=True, version=(2, 0))
    yield "rvda-outside", opregion(small_vbt(), rvda=0x2000, rvds=1)
    yield "vbt-checksum-padded", opregion(small_vbt(checksum=1, padding=b"padding"))
    yield "vbt-too-long", opregion(vbt("TOO LONG", 8000)[:400])
    yield "no-vbt", opregion(version=(1, 0))
    yield "no-signature", opregion(signature=bytes(16))
    yield "header-too-long", opregion(size_kb=9)
    yield "short", opregion()[:512]


def vbts():
    def blocks(*pairs):
        data = b"".join(struct.pack("<BH", number, len(part)) + part for number, part in pairs)
        return vbt("BLOCKS", 48 + 22 + len(data), blocks=pairs)

    yield "lvds", small_vbt()
    yield "edp", vbt("EDP", 340, blocks=panel_blocks(EDP, panel=15, edp_depth=0x40000000))
    yield "no-panel", vbt("NO PANEL", 340, blocks=panel_blocks(CRT, panel=255, boot_display=1))
    yield "short-blocks", blocks((2, b"1234"), (27, b"1"), (40, b"2"))
    yield "short-children", blocks((2, struct.pack("<BBBBBHH", 0, 0, 8, 0, 3, 8, LVDS)))
    yield "cut", small_vbt()[:200]
    yield "no-blocks", vbt("NONE", 64)
    yield "header-alone", vbt("ALONE", 48)[:47]


def image(*, device=0x3E92, pci_class=0x0300, ids=(), revision=3, code_type=0, last=True,
          units=1, jump=0xE9, helpers=(), cache=0x100, stale=0):
    """An image of an option ROM of units of 512 bytes: its PCIR at 40h, its device list at 60h,
    BDSM helpers where asked for, the cached BDSM at cache."""
    data = bytearray(i * 5 & 0x7F for i in range(512 * units))
    struct.pack_into("<HBBHB", data, 0, 0xAA55, units, jump, 0x1234, 0)
    struct.pack_into("<H", data, 0x18, 0x40)
    struct.pack_into("<4sHHHHBBHHHBBH", data, 0x40, b"PCIR", 0x8086, device, 0x20 if ids else 0,
                     0x18, revision, 0, pci_class, units, 0, code_type, 0x80 if last else 0, units)
    struct.pack_into(f"<{len(ids)}HH", data, 0x60, *ids, 0)
    for at in helpers:
        data[at:at + 19] = struct.pack("<4sH6sH5s", b"\x66\x2e\x83\x3e", cache,
                                       b"\x00\x74\x07\x66\x2e\xa1", cache,
                                       b"\xeb\x0f\xb8\x5e\x10")
    if helpers:
        data[cache:cache + 4] = struct.pack("<I", stale)[:len(data) - cache]
    data[6 if jump in (0xE9, 0xEB) else -1] = 0
    data[6 if jump in (0xE9, 0xEB) else -1] = -sum(data) & 0xFF
    return bytes(data)


def roms():
    yield "by-id", image()
    yield "by-list", image(device=0x3E90, ids=(0x3E91, 0x3E92))
    yield "by-class", image(device=0x3E90, revision=2, ids=(0x3E92,), jump=0)
    yield "second-image", image(code_type=3, last=False) + image(jump=0xEB)
    yield "other-device", image(device=0x1234, pci_class=0x0200)
    yield "cached-bdsm", image(helpers=(0x80,), stale=0x7B800001)
    yield "two-helpers", image(helpers=(0x80, 0x180), stale=0x7B800001)
    yield "cached-bdsm-last", image(helpers=(0x80,), cache=0x1FB, stale=0x7B800001)
    yield "cached-bdsm-cut", image(helpers=(0x80,), cache=0x1FE, stale=0x7B800001)
    yield "helper-last", image(jump=0, helpers=(0x1EC,), stale=0x7B800001)
    yield "wrong-checksum", image()[:-1] + b"\x6a"
    yield "cut", image(units=2)[:600]
    yield "list-without-end", image(device=0x3E90, ids=(0x3E91,) * 207)[:-2] + b"\x91\x3e"
    yield "no-signature", bytes(512)
    yield "no-pcir", image()[:0x40] + bytes(512 - 0x40)


def switches():
    for name, least, most, text in (("one-digit", 0, 1, b"1"), ("two-digits", 0, 255, b"fF"),
                                    ("range", 1, 16, b"11"), ("no-digit", 0, 255, b"0g"),
                                    ("long", 0, 255, b"001"), ("empty", 0, 1, b"")):
        yield name, bytes((least, most)) + text


def hooks():
    for function in (0x14, 0x31, 0x34, 0x35, 0x40, 0x49, 0x51, 0x52, 0x70, 0x71):
        yield f"5f{function:02x}", struct.pack("<BHHI", function, 0x078F, 0x0102, 0x00010302)
    yield "unknown", struct.pack("<BHHI", 0x51, 0, 0, 0xFFFF0300)


def stolen():
    # GMS says 32 MiB, and BDSM's upper half something or nothing.
    for name, has_file, bdf, data in (
            ("32mib", 1, 0x10, struct.pack("<Q", 32 << 20)), ("zero", 1, 0x10, bytes(8)),
            ("rounded", 1, 0x10, struct.pack("<Q", (1 << 20) + 1)),
            ("limit", 1, 0x10, struct.pack("<Q", 0xFFF00001)),
            ("elsewhere", 1, 0x18, struct.pack("<Q", 32 << 20)), ("short", 1, 0x10, bytes(7)),
            ("no-file", 0, 0x10, b"")):
        yield name, struct.pack("<BHHHH", has_file, bdf, 0x3E92, 0x1C1, 0x7B80) + data
    for name, has_file, data in (("unset-zero", 1, bytes(8)), ("unset-no-file", 0, b"")):
        yield name, struct.pack("<BHHHH", has_file, 0x10, 0x3E92, 0x1C1, 0) + data


def places():
    # Skylake and Tiger Lake, with 32 and 64 MiB; the host's reserved part ends at 7f800000h.
    for name, device, ggc, mib, reserved, ram_end, host in (
            ("top", 0x1912, 0x0140, 32, 0, 0x3FFD0000, 0),
            ("derived", 0x9A49, 0x0200, 64, 0x7F000181, 0xE0000000, 0),
            ("gtt-too", 0x9A49, 0x0200, 72, 0x7F000181, 0xE0000000, 0x7B800000),
            ("high", 0x9A49, 0xFE00, 60, 0x27F000181, 0x80000000, 0x27B800000),
            ("above-ram", 0x9A49, 0x0200, 64, 0x7F000181, 0x40000000, 0x7B800000),
            ("unaligned", 0x9A49, 0x0200, 64, 0x7F000180, 0x80000000, 0x7B800123),
            ("exact", 0x22B0, 0x0088, 16, 0x01F00001, 0x02000000, 0x01000000),
            ("no-room", 0x1616, 0xFF00, 17, 0xFFFFFFFFFFFFFFFF, 0x02000000, 0x01000000),
            ("no-ram", 0x0412, 0x00F8, 1, 1, 0, 0)):
        yield name, struct.pack("<HHHHQIQ", 0x10, device, ggc, mib, reserved, ram_end, host)


def tables():
    for row in range(9):
        for name, facts in (("none", 0), ("wanted", 0x1C0), ("all", 0x7FFF)):
            yield f"{row}-{name}", struct.pack("<HHIHHI", 0x18, 0x0380, 0x29188086, 0x0601, facts,
                                               row)
    yield "host", struct.pack("<HHIHHI", 0x10, 0x0300, 0xA0828086, 0x0601, 0, 2)


if __name__ == "__main__":
    for target, seeds in (("opregion", opregions()), ("panel", vbts()), ("rom", roms()),
                          ("switch", switches()), ("hook", hooks()), ("stolen", stolen()),
                          ("place", places()), ("table", tables())):
        (INPUTS / target).mkdir(parents=True, exist_ok=True)
        for seed, content in seeds:
            (INPUTS / target / seed).write_bytes(content)
