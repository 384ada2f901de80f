# SPDX-License-Identifier: LGPL-3.0-only
"""Boots with an OpRegion around each VBT of our own, and of VBT_CORPUS when that is set."""
# Copyright (C) 2026 The seabios-igd authors

import os
import struct
from pathlib import Path

import pytest

from machine import NVS, Machine
from messages import Said, read
from opregion import END, MAILBOX4, MAILBOX5, opregion, panel_blocks, vbt
from vbios_rom import stand_in

# Sizes and defects of real VBTs: most are padded, over half fail their checksum, many are too
# large for mailbox 4.
OWN = {
    "small": vbt("SANDYBRIDGE-M", 3985, checksum=0xC5),
    "padded": vbt("HASWELL", 4399, padding=b"\xff" * 1745),
    "fills-mailbox-4": vbt("SKYLAKE", MAILBOX5 - MAILBOX4),
    "one-more-than-mailbox-4": vbt("BROXTON", MAILBOX5 - MAILBOX4 + 1),
    "extended-padded": vbt("ALDERLAKE-P", 8707, checksum=1, padding=b"\xff" * 509),
    "64k": vbt("FIFTEEN LETTERS", 0xFFFF),
    "edp": vbt("EDP", 1000, blocks=panel_blocks(0x60D6, 0x1806, panel=15, edp_depth=1 << 30)),
}


def blocks(data):
    """{id: content} of a VBT's blocks."""
    size, bdb = struct.unpack_from("<H2xI", data, 24)
    found, at = {}, bdb + struct.unpack_from("<H", data, bdb + 18)[0]
    while at + 3 <= size:
        number, length = struct.unpack_from("<BH", data, at)
        if number == 53 and data[at + 3] >= 3:
            length = struct.unpack_from("<I", data, at + 4)[0]
        if at + 3 + length <= size:
            found.setdefault(number, data[at + 3:at + 3 + length])
        at += 3 + length
    return found


def panel_answers(data):
    """What INT 15h AX=5F35h, 40h, 51h and 52h must return in CX for a VBT; None: not known."""
    found = blocks(data)
    boot_display, kind, lfp, depth = 0, 3, None, None
    if 2 in found:
        boot_display, width = found[2][2], found[2][4]
        types = [struct.unpack_from("<H", found[2], at + 2)[0]
                 for at in range(5, len(found[2]) - width + 1, width)]
        lfp = next((3 if t & 4 else 1 for t in types if t & 0x1000 and t & 0x24), 0)
    if 40 in found and found[40][0] < 16:
        panel = found[40][0]
        kind = panel + 1
        depth = struct.unpack_from("<H", found[40], 14)[0] >> panel & 1
        if lfp == 3 and len(found.get(27, b"")) >= 164:
            depth = int(struct.unpack_from("<I", found[27], 160)[0] >> 2 * panel & 3 != 0)
    return {"5f35": boot_display, "5f40": kind, "5f51": lfp, "5f52": depth}


def corpus():
    folder = os.environ.get("VBT_CORPUS")
    if not folder:
        return OWN
    found = {path.stem: path.read_bytes() for path in sorted(Path(folder).glob("*.vbt"))}
    assert found, f"VBT_CORPUS={folder} has no *.vbt"
    assert all(data.startswith(b"$VBT") and len(data) >= 48 for data in found.values()), \
        f"not every *.vbt of VBT_CORPUS={folder} is one"
    return OWN | found


CORPUS = corpus()


@pytest.mark.parametrize("name", CORPUS)
def test_vbt_reaches_the_guest_as_it_is(name, out):
    data = CORPUS[name]
    region = opregion(data)
    extended = len(region) > END
    folder = out / "machines" / f"vbt-{name}"
    print(f"logs: {folder}")    # shown if the test fails
    result = Machine(out=out, firmware=out / "build/igd-256k/bios.bin",
                     opregion=region, rom=stand_in(out), options=",x-vga=on",
                     ).run(folder)
    assert result.guest_done, f"no sign of the guest (status {result.status})"
    assert result.report["opregion"]["differs"] == []
    assert result.opregion == region.ljust(len(result.opregion), b"\0")
    assert (result.report["asls"], len(result.opregion), NVS) in result.e820

    # What the log must say, from the VBT's own header: name, where it is, how large.
    size = struct.unpack_from("<H", data, 24)[0]
    label = "".join(chr(c) if 32 <= c < 127 else "." for c in data[5:20]).rstrip()
    said = [read(line) for line in result.igd]
    assert Said("IGD_SAYS_VBT", (label, END if extended else MAILBOX4, size)) in said, said
    checksum = sum(data[:size]) & 0xFF
    assert (Said("IGD_WARN_VBT_CHECKSUM", (checksum,)) in said) == (checksum != 0), said
    padded = len(data.rstrip(b"\0")) > size
    assert ("IGD_WARN_VBT_PADDED" in [line.code for line in said]) == padded, said

    # What the VBIOS is told of the panel. The others of our own have no blocks.
    if name not in OWN or name == "edp":
        for function, value in panel_answers(data).items():
            expected = f"ax {'015f' if value is None else '005f'} bx 0000 cx {value or 0:04x}"
            assert result.vbios[function] == expected, f"{function}: expected {expected}"
