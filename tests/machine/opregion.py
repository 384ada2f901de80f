# SPDX-License-Identifier: LGPL-3.0-only
"""Builds OpRegions and VBTs for the simulated IGD (layout: i915 intel_opregion.c,
intel_vbt_defs.h)."""
# Copyright (C) 2026 The seabios-igd authors

import struct

HEADER_KB = 8
MAILBOX4, MAILBOX5, END = 0x400, 0x1C00, 0x2000
# Mailboxes 1, 3, 4 and 5: ACPI, ASLE, VBT, ASLE extension.
MAILBOXES = 0x1D


def vbt(name, size, *, checksum=0, padding=b"", blocks=None):
    """A VBT of size bytes (32..65535) named name (at most 15 characters), whose bytes add up to
    checksum, followed by padding that its header does not count. blocks: [(id, data)] of its BIOS
    Data Block; None: there is junk in its place."""
    body = bytearray(i * 7 + 1 & 0xFF for i in range(size))
    struct.pack_into("<20sHHHBBI", body, 0, b"$VBT " + name.encode().ljust(15), 100, 48,
                     size, 0, 0, 48)
    if blocks is not None:
        data = b"".join(struct.pack("<BH", number, len(content)) + content
                        for number, content in blocks)
        bdb = struct.pack("<16sHHH", b"BIOS_DATA_BLOCK ", 209, 22, 22 + len(data)) + data
        body[48:] = bdb.ljust(size - 48, b"\0")
    body[26] = (checksum - sum(body)) & 0xFF
    return bytes(body) + padding


def child_device(kind, *, port=0, ddc_pin=0):
    """A child device of block 2 (38 bytes: BDB 196 to 215): device type, DVO port, DDC pin."""
    return struct.pack("<HH12xB2xB", 8, kind, port, ddc_pin).ljust(38, b"\0")


def general_definitions(*children, boot_display=0):
    """Block 2."""
    return 2, bytes([0, 0, boot_display, 0, 38]) + b"".join(children)


def panel_blocks(*children, boot_display=0, panel=2, lvds_depth=0, edp_depth=0):
    """Blocks of a VBT that tell of panels: device types of the child devices, and for panel (0 to
    15) a bit a panel of LVDS depth, two bits a panel of eDP depth."""
    general = general_definitions(*map(child_device, children), boot_display=boot_display)
    return [(254, b"\0" * 5), general, (27, struct.pack("<160xI", edp_depth)),
            (40, struct.pack("<B13xH8x", panel, lvds_depth))]


def opregion(vbt_bytes=b"", *, extended=None, version=(2, 1), mailboxes=MAILBOXES,
             size_kb=HEADER_KB, rvda=None, rvds=None, signature=b"IntelGraphicsMem"):
    """An OpRegion with vbt_bytes in mailbox 4, or behind the 8 KiB through RVDA if it is too
    large for that (extended=True: in any case). rvda and rvds override the fields."""
    room = (MAILBOX5 if mailboxes & 0x10 else END) - MAILBOX4
    if extended is None:
        extended = len(vbt_bytes) > room
    data = bytearray(END)
    data[:16] = signature
    # Values that a firmware which clears or copies too much would change.
    for i in range(0x100, MAILBOX4):
        data[i] = i * 13 & 0xFF
    struct.pack_into("<IBBBB", data, 0x10, size_kb, 0, 0, version[1], version[0])
    struct.pack_into("<I", data, 0x58, mailboxes)
    struct.pack_into("<QI", data, 0x3BA, rvda if rvda is not None else END if extended else 0,
                     rvds if rvds is not None else len(vbt_bytes) if extended else 0)
    if extended:
        data += vbt_bytes
    else:
        data[MAILBOX4:MAILBOX4 + len(vbt_bytes)] = vbt_bytes
    return bytes(data)
