# SPDX-License-Identifier: LGPL-3.0-only
"""What machines are given, by the names that machines/*.cfg uses: OpRegions and option ROMs."""
# Copyright (C) 2026 The seabios-igd authors

from opregion import opregion, panel_blocks, vbt
from vbios_rom import PCIR, mend, stand_in

EXTENDED = vbt("EXTENDED", 0x2201)
OPREGIONS = {
    "none": lambda: None,
    "mailbox4": lambda: opregion(vbt("MAILBOX4", 0x10CC)),
    "extended": lambda: opregion(EXTENDED),
    "odd-size": lambda: opregion(vbt("ODD", 0x1E01)),
    "rvda-outside": lambda: opregion(vbt("MAILBOX4", 0x1000), rvda=0x2000, rvds=0x2201),
    # A host's kernel before 5.16 passes the version and the address of the host's VBT on.
    "rvda-2.0": lambda: opregion(vbt("MAILBOX4", 0x1000), version=(2, 0), rvda=0x7A5F8000,
                                 rvds=0x2201),
    "no-vbt": lambda: opregion(),
    "vbt-checksum": lambda: opregion(vbt("CHECKSUM", 0x1000, checksum=0xDC)),
    "vbt-padded": lambda: opregion(vbt("PADDED", 0x1000, padding=b"\xff" * 0x100)),
    "vbt-truncated": lambda: opregion(vbt("LONG", 0x3000)[:0x1800]),
    "lvds": lambda: opregion(vbt("LVDS", 1000, blocks=panel_blocks(
        0x60D6, 0x1022, boot_display=8, panel=4, lvds_depth=1 << 4))),
    "edp": lambda: opregion(vbt("EDP", 1000, blocks=panel_blocks(
        0x1806, 0x1022, panel=15, lvds_depth=0xFFFF))),
    "edp-extended": lambda: opregion(vbt("EDP", 0x2201, blocks=panel_blocks(
        0x60D6, 0x78C6, panel=0, edp_depth=2))),
    "no-panel": lambda: opregion(vbt("DESKTOP", 1000, blocks=panel_blocks(0x60D6, panel=255))),
    "empty": lambda: b"",
    "one-byte": lambda: b"I",
    "truncated": lambda: opregion(vbt("MAILBOX4", 0x10CC))[:-1],
    "4k": lambda: opregion(vbt("MAILBOX4", 0x800), size_kb=4)[:0x1000],
    "header-9k": lambda: opregion(vbt("MAILBOX4", 0x10CC), size_kb=9),
    "no-signature": lambda: opregion(vbt("MAILBOX4", 0x10CC), signature=b"IntelGraphicsMen"),
    "header-4g": lambda: opregion(vbt("MAILBOX4", 0x10CC), size_kb=0xFFFFFFFF),
    "64m": lambda: opregion(vbt("MAILBOX4", 0x10CC)).ljust(64 << 20, b"\0"),
    "1m": lambda: opregion(vbt("MAILBOX4", 0x10CC)).ljust(1 << 20, b"\x5a"),
}

# The VBT that the firmware must find in each, (name, offset, bytes); those not here have none.
VBTS = {
    "mailbox4": ("MAILBOX4", 0x400, 0x10CC),
    "extended": ("EXTENDED", 0x2000, 0x2201),
    "odd-size": ("ODD", 0x2000, 0x1E01),
    "rvda-outside": ("MAILBOX4", 0x400, 0x1000),
    "rvda-2.0": ("MAILBOX4", 0x400, 0x1000),
    "vbt-checksum": ("CHECKSUM", 0x400, 0x1000),
    "vbt-padded": ("PADDED", 0x400, 0x1000),
    "lvds": ("LVDS", 0x400, 1000),
    "edp": ("EDP", 0x400, 1000),
    "edp-extended": ("EDP", 0x2000, 0x2201),
    "no-panel": ("DESKTOP", 0x400, 1000),
    "1m": ("MAILBOX4", 0x400, 0x10CC),
}


def spoilt(image, changes):
    """An option ROM with bytes at some offsets replaced, and its checksum right again."""
    image = bytearray(image)
    for offset, data in changes.items():
        image[offset:offset + len(data)] = data
    mend(image)
    return bytes(image)


# Option ROMs by name: functions of the Makefile's OUT and of stand_in()'s keywords.
ROMS = {
    "none": lambda out, **_: None,
    "vgabios": lambda out, **_: (out / "build/vgabios-3e92/vgabios.bin").read_bytes(),
    "vbios": stand_in,
    "no-signature": lambda out, **_: spoilt(stand_in(out), {0: b"\x55\xab"}),
    "pcir-outside": lambda out, **_: spoilt(stand_in(out), {0x18: b"\xff\xff"}),
    "longer-than-file": lambda out, **_: stand_in(out, blocks=0x81),
    "size-zero": lambda out, **_: spoilt(stand_in(out), {2: b"\0"}),
    "chain-loops": lambda out, **_: spoilt(stand_in(out), {
        PCIR + 0x14: b"\x03", PCIR + 0x10: b"\0\0", PCIR + 0x15: b"\0"}),
    "one-byte": lambda out, **_: b"\x55",
    "too-large": lambda out, **_: stand_in(out).ljust(0x40000, b"\0"),
    "second-image-256k": lambda out, **_: ROMS["second-image"](out).ljust(0x40000, b"\xff"),
    # An EFI image of 2 KiB before it.
    "second-image": lambda out, **_: spoilt(
        stand_in(out)[:2048], {2: b"\x04", PCIR + 0x10: b"\x04\0", PCIR + 0x14: b"\x03",
                               PCIR + 0x15: b"\0"}) + stand_in(out),
}
