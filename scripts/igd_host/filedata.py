# SPDX-License-Identifier: LGPL-3.0-only
"""Reads numbers in files that nobody has checked; they are little-endian."""
# Copyright (C) 2026 The seabios-igd authors


def at(data, offset, size):
    """data[offset:offset + size], or None unless all of it is there."""
    if offset < 0 or size < 0 or offset + size > len(data):
        return None
    return data[offset:offset + size]


def number(data, offset, size):
    """The number of size bytes at offset. The caller has checked that it is there."""
    return int.from_bytes(data[offset:offset + size], "little")


def u16(data, offset):
    return number(data, offset, 2)


def u32(data, offset):
    return number(data, offset, 4)


def u64(data, offset):
    return number(data, offset, 8)


def checksum(data):
    """The sum by which VBTs and option ROMs are checked: 0 is right."""
    return sum(data) & 0xFF
