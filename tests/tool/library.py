# SPDX-License-Identifier: LGPL-3.0-only
"""The firmware's library (src/igd) for Python, so that tests can ask it what it asks of bytes: the
judge of what the host tool says."""
# Copyright (C) 2026 The seabios-igd authors

import ctypes
import os
from ctypes import POINTER, byref, c_char, c_char_p, c_uint8, c_uint16, c_uint32, c_uint64
from pathlib import Path

from igd_host.messages import Finding, messages

FINDINGS_MAX, VBT_NAME_BYTES = 16, 15
UNKNOWN = 0xFF      # IGD_PANEL_UNKNOWN
NOT_TRIED, NO, YES = range(3)       # enum igd_known
# enum igd_rom_match, from 1 on, as the log says it.
MATCHES = ("list", "id", "class", "class, though not in its list")


# The structures of igd.h.
class CFinding(ctypes.Structure):
    _fields_ = [("value", c_uint64), ("limit", c_uint32), ("code", c_uint8)]


class CFindings(ctypes.Structure):
    _fields_ = [("count", c_uint8), ("item", CFinding * FINDINGS_MAX)]


class CFamily(ctypes.Structure):
    _fields_ = [("id", c_uint16), ("mask", c_uint16), ("gen", c_uint8), ("gms", c_uint8),
                ("lpc", c_uint8)]


class CDevice(ctypes.Structure):
    _fields_ = [("bdf", c_uint16), ("vendor", c_uint16), ("device", c_uint16),
                ("class_code", c_uint16)]


class COpRegion(ctypes.Structure):
    _fields_ = [("size_bytes", c_uint32), ("major", c_uint8), ("minor", c_uint8),
                ("rvda_outside", c_uint8), ("mailboxes", c_uint32), ("vbt_offset", c_uint32),
                ("vbt_bytes", c_uint32), ("vbt_name", c_char * (VBT_NAME_BYTES + 1))]


class CRom(ctypes.Structure):
    _fields_ = [("offset", c_uint32), ("bytes", c_uint32), ("match", c_uint8)]


class CReport(ctypes.Structure):
    _fields_ = [(name, c_uint8) for name in (
        "opregion", "lpc", "address", "class_vga", "legacy_vga", "vbios", "wants_vbios", "bars_low",
        "rom_other", "rom_used", "gtt_rewrites", "bgsm", "dbuf")]


IGD = ctypes.CDLL(Path(os.environ["IGD_OUT"]) / "tests/libigd.so")
IGD.igd_family.restype = POINTER(CFamily)
IGD.igd_panel.restype = c_uint32
IGD.igd_gms_mb.restype = c_uint32
IGD.igd_rom_cache.restype = c_uint32
IGD.igd_bdsm_reg.restype = c_uint8
for function in (IGD.igd_family_name, IGD.igd_switch_name, IGD.igd_test_message,
                 IGD.igd_test_report):
    function.restype = c_char_p


def findings(found):
    """A struct igd_findings as the tool's Findings."""
    codes = list(messages())
    return [Finding(codes[item.code - 1], item.value, item.limit)
            for item in found.item[:found.count]]


def message(number, value, limit):
    """What igd_message() prints for a code's number and the two numbers of a finding."""
    return IGD.igd_test_message(byref(CFinding(value, limit, number))).decode()


def report(**fields):
    """What igd_print_report() prints of a report."""
    return IGD.igd_test_report(byref(CReport(**fields))).decode()


def bdsm_register(device_id):
    """Where the BDSM of an IGD is."""
    return IGD.igd_bdsm_reg(byref(CDevice(0x10, 0x8086, device_id, 0x0300)))


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
    """((offset, bytes) or None, one of MATCHES or None, [Finding])."""
    image, found = CRom(), CFindings()
    refused = IGD.igd_rom_find(data, len(data), byref(CDevice(0x10, 0x8086, device, class_code)),
                               byref(image), byref(found))
    if refused:
        return None, None, findings(found)
    return (image.offset, image.bytes), MATCHES[image.match - 1], findings(found)


def cache_offset(data):
    """Where an image keeps BDSM, or None."""
    return IGD.igd_rom_cache(data, len(data)) or None


def mend_rom(data, bdsm):
    """(mended copy, [Finding]) of an image that is to have a saved BDSM."""
    copy, found = ctypes.create_string_buffer(data, len(data)), CFindings()
    IGD.igd_rom_mend(copy, len(data), IGD.igd_rom_cache(data, len(data)), bdsm, byref(found))
    return copy.raw, findings(found)
