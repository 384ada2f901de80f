# SPDX-License-Identifier: LGPL-3.0-only
"""The firmware's library (src/igd) for Python, so that tests can ask it what it asks of bytes: the
judge of what the host tool says."""
# Copyright (C) 2026 The seabios-igd authors

import ctypes
import os
from ctypes import POINTER, byref, c_char, c_uint8, c_uint16, c_uint32, c_uint64
from pathlib import Path

from igd_host.texts import Finding, messages

FINDINGS_MAX, LINE_BYTES, VBT_NAME_BYTES, NAME_BYTES = 9, 192, 15, 16
UNKNOWN = 0xFF      # IGD_PANEL_UNKNOWN


# The structures of igd.h.
class CFinding(ctypes.Structure):
    _fields_ = [("value", c_uint64), ("limit", c_uint32), ("code", c_uint8)]


class CFindings(ctypes.Structure):
    _fields_ = [("count", c_uint8), ("item", CFinding * FINDINGS_MAX)]


class CFamily(ctypes.Structure):
    _fields_ = [("id", c_uint16), ("mask", c_uint16), ("gen", c_uint8), ("gms", c_uint8)]


class CDevice(ctypes.Structure):
    _fields_ = [("bdf", c_uint16), ("vendor", c_uint16), ("device", c_uint16),
                ("class_code", c_uint16)]


class COpRegion(ctypes.Structure):
    _fields_ = [("size_bytes", c_uint32), ("major", c_uint8), ("minor", c_uint8),
                ("rvda_outside", c_uint8), ("mailboxes", c_uint32), ("vbt_offset", c_uint32),
                ("vbt_bytes", c_uint32), ("vbt_name", c_char * (VBT_NAME_BYTES + 1))]


class CRom(ctypes.Structure):
    _fields_ = [("offset", c_uint32), ("bytes", c_uint32), ("match", c_uint8)]


IGD = ctypes.CDLL(Path(os.environ["IGD_OUT"]) / "tests/libigd.so")
IGD.igd_family.restype = POINTER(CFamily)
IGD.igd_panel.restype = c_uint32
IGD.igd_gms_mb.restype = c_uint32
IGD.igd_bdsm_reg.restype = c_uint8


def findings(found):
    """A struct igd_findings as the tool's Findings."""
    codes = list(messages())
    return [Finding(codes[item.code - 1], item.value, item.limit)
            for item in found.item[:found.count]]


def message(number):
    """The line that igd_message() writes for a code's number, without its end."""
    line = ctypes.create_string_buffer(LINE_BYTES)
    return line.value.decode().rstrip("\n") if IGD.igd_message(number, line) == 0 else None


def read_opregion(data):
    """(COpRegion or None, [Finding])."""
    region, found = COpRegion(), CFindings()
    refused = IGD.igd_opregion_read(data, len(data), byref(region), byref(found))
    return None if refused else region, findings(found)


def panel(vbt):
    """The four fields of the panel word of a VBT; None: unknown."""
    word = IGD.igd_panel(vbt, len(vbt))
    fields = [word >> shift & 0xFF for shift in (0, 8, 16, 24)]
    return fields[:2] + [None if value == UNKNOWN else value for value in fields[2:]]


def find_rom(data, device, class_code):
    """((offset, bytes) or None, "id", "list", "class" or None, [Finding])."""
    image, found = CRom(), CFindings()
    refused = IGD.igd_rom_find(data, len(data), byref(CDevice(0x10, 0x8086, device, class_code)),
                               byref(image), byref(found))
    if refused:
        return None, None, findings(found)
    return (image.offset, image.bytes), ("id", "list", "class")[image.match - 1], findings(found)


def mend_rom(data):
    """(mended copy, [Finding]) of an image."""
    copy, found = ctypes.create_string_buffer(data, len(data)), CFindings()
    IGD.igd_rom_mend(copy, len(data), byref(found))
    return copy.raw, findings(found)


def table_row(row, facts):
    """The line that igd_table() writes, without its end, or None."""
    line = ctypes.create_string_buffer(LINE_BYTES)
    return line.value.decode().rstrip("\n") if IGD.igd_table(row, facts, line) == 0 else None
