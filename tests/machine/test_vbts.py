# SPDX-License-Identifier: LGPL-3.0-only
"""Boots with an OpRegion around each VBT of our own, and of VBT_CORPUS when that is set."""
# Copyright (C) 2026 The seabios-igd authors

import os
import struct
from pathlib import Path

import pytest

from machine import NVS, Machine
from opregion import END, MAILBOX4, MAILBOX5, opregion, vbt

# Sizes and defects of real VBTs: most are padded, over half fail their checksum, many are too
# large for mailbox 4.
OWN = {
    "small": vbt("SANDYBRIDGE-M", 3985, checksum=0xC5),
    "padded": vbt("HASWELL", 4399, padding=b"\xff" * 1745),
    "fills-mailbox-4": vbt("SKYLAKE", MAILBOX5 - MAILBOX4),
    "one-more-than-mailbox-4": vbt("BROXTON", MAILBOX5 - MAILBOX4 + 1),
    "extended-padded": vbt("ALDERLAKE-P", 8707, checksum=1, padding=b"\xff" * 509),
    "64k": vbt("FIFTEEN LETTERS", 0xFFFF),
}


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
    result = Machine(out=out, firmware=out / "build/igd-256k/bios.bin",
                     opregion=region).run(out / "machines" / f"vbt-{name}")
    assert result.guest_done, result.folder
    assert result.report["opregion"]["differs"] == [], result.folder
    assert result.opregion == region.ljust(len(result.opregion), b"\0")
    assert (result.report["asls"], len(result.opregion), NVS) in result.e820

    # What the log must say, from the VBT's own header: name, where it is, how large.
    size = struct.unpack_from("<H", data, 24)[0]
    label = "".join(chr(c) if 32 <= c < 127 else "." for c in data[5:20]).rstrip()
    where = END if extended else MAILBOX4
    assert f'VBT "{label}" at {where:#x} size {size:#x}' in result.igd, result.igd
    checksum = sum(data[:size]) & 0xFF
    warned = f"warning: VBT sum {checksum:#x}, not 0x0; harmless" in result.igd
    assert warned == (checksum != 0), result.igd
    padded = len(data.rstrip(b"\0")) > size
    assert any("VBT data" in line for line in result.igd) == padded, result.igd
