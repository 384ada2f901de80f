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
    yield "helper-with-last-byte", image(helpers=(0x1ED,), stale=0x7B800001)
    yield "wrong-checksum", image()[:-1] + b"\x6a"
    yield "cut", image(units=2)[:600]
    yield "list-without-end", image(device=0x3E90, ids=(0x3E91,) * 207)[:-2] + b"\x91\x3e"
    yield "no-signature", bytes(512)
    yield "no-pcir", image()[:0x40] + bytes(512 - 0x40)


def switches():
    for name, number, text in (("one-digit", 0, b"1"), ("two-digits", 1, b"fF"),
                               ("range", 2, b"11"), ("no-digit", 3, b"0g"),
                               ("long", 4, b"001"), ("empty", 0, b"")):
        yield name, bytes((number,)) + text


def hooks():
    for function in (0x14, 0x31, 0x34, 0x35, 0x40, 0x49, 0x51, 0x52, 0x70, 0x71):
        yield f"5f{function:02x}", struct.pack("<BHHI", function, 0x078F, 0x0102, 0x00010302)
    yield "unknown", struct.pack("<BHHI", 0x51, 0, 0, 0xFFFF0300)


def snapshot(*, bdf=0x10, device=0x9A49, ggc=0x02C1, bdsm=0x7B800001, bgsm=0x7B000001,
             reserved=0x7F000181, dbuf=(0xC0000000,) * 4, size=64 << 20, size_bytes=8, base=0,
             base_bytes=-1, ram_end=0x80000000, bdsm_high=0, bdsm_fixed=0):
    """A Tiger Lake with 64 MiB by QEMU and GMS; the host's reserved part ends at 7f800000h."""
    return struct.pack("<HHHIIQ4IbQbQIIB", bdf, device, ggc, bdsm, bgsm, reserved, *dbuf,
                       size_bytes, size, base_bytes, base, ram_end, bdsm_high, bdsm_fixed)


def stolen():
    unread = {"reserved": (1 << 64) - 1, "dbuf": (0xFFFFFFFF,) * 4}
    yield "register", snapshot()
    yield "file", snapshot(base=0x79000000, base_bytes=8)
    yield "top", snapshot(device=0x1912, bgsm=0, **unread)
    yield "unread", snapshot(**unread)
    yield "gtt-too", snapshot(size=72 << 20)
    yield "rounded", snapshot(size=(64 << 20) - 1)
    yield "cherryview", snapshot(device=0x22B0, ggc=0x0088, size=16 << 20, **unread)
    yield "above-4-gib", snapshot(reserved=0x27F000181)
    yield "above-ram", snapshot(ram_end=0x40000000)
    yield "unaligned", snapshot(base=0x7B800123, base_bytes=8)
    yield "base-short", snapshot(base=0x7B800000, base_bytes=7)
    yield "exact", snapshot(device=0x1912, size=16 << 20, ram_end=0x02000000)
    yield "no-room", snapshot(device=0x1616, size=17 << 20, ram_end=0x02000000)
    yield "no-ram", snapshot(ram_end=0)
    yield "limit", snapshot(size=0xFFF00001)
    yield "elsewhere", snapshot(bdf=0x18)
    yield "short", snapshot(size_bytes=7)
    yield "zero", snapshot(size=0)
    yield "no-file", snapshot(size_bytes=-1)
    yield "nothing", snapshot(device=0x1912, ggc=0x00C1, size_bytes=-1, **unread)
    yield "fixed", snapshot(device=0x1912, bdsm_fixed=1, **unread)
    yield "fixed-at-the-end", snapshot(device=0x1912, bdsm=0x7FF00001, bdsm_fixed=1, **unread)
    yield "fixed-outside", snapshot(device=0x1912, bdsm=0x80000001, bdsm_fixed=1, **unread)
    yield "fixed-above-4-gib", snapshot(bdsm_high=1, bdsm_fixed=1)
    yield "leftovers", snapshot(bgsm=0x6B000001, dbuf=(0xC0000000, 0x40000000, 0, 0x40000000))


def displays():
    # A machine's devices: BDF, id and class.
    both = struct.pack("<HHHHHH", 0x18, 0x9A49, 0x0300, 0x10, 0x3E92, 0x0380)
    discrete = struct.pack("<HHHHHH", 0x100, 0x56A0, 0x0300, 0x08, 0x1111, 0x0301)
    for name, bdf, pci_class, wish, rom, others, dead, devices in (
            ("boot-display", 0x10, 0x0300, 0, 1, 0, 0, both),
            ("no-rom", 0x10, 0x0300, 0, 0, 0, 0, discrete),
            ("unused", 0x18, 0x0380, 0, 1, 0, 0, both + discrete),
            ("second", 0x10, 0x0300, 1, 1, 1, 0, discrete + both),
            ("wished", 0x18, 0x0300, 2, 0, 1, 0x15, both + both),
            ("refused", 0x10, 0x0300, 2, 3, 0, 0, b""),
            ("no-stolen", 0x10, 0x0300, 0, 5, 0, 0, b"")):
        # Bits: there is an OpRegion file, any LPC bridge will do, 00:1f.0 is a host's, 00:1f.2 is
        # there, the IGD is a Coffee Lake.
        for bits in (0, 1, 0x10, 0x12, 0x14, 0x1C):
            yield f"{name}-{bits:x}", struct.pack("<HHBBBBB", bdf, pci_class, wish, rom, others,
                                                  dead, bits) + devices


def reports():
    for name, opregion_state, vga, vbios, bits in (
            ("none", 0, 0, 0, 0), ("missing", 1, 1, 1, 1), ("all", 2, 2, 2, 0x7F),
            ("not-needed", 1, 1, 1, 0x20), ("not-tried", 0, 0, 0, 1)):
        more = bytes((opregion_state, vga, vbios, bits))
        yield name, struct.pack("<HHHHH", 0x18, 0x0380, 0x8086, 0x2918, 0x0601) + more
        yield f"{name}-host", struct.pack("<HHHHH", 0x10, 0x0300, 0x8086, 0xA082, 0x0601) + more


if __name__ == "__main__":
    for target, seeds in (("opregion", opregions()), ("panel", vbts()), ("rom", roms()),
                          ("switch", switches()), ("hook", hooks()), ("stolen", stolen()),
                          ("display", displays()), ("report", reports())):
        (INPUTS / target).mkdir(parents=True, exist_ok=True)
        for seed, content in seeds:
            (INPUTS / target / seed).write_bytes(content)
