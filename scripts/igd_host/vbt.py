# SPDX-License-Identifier: LGPL-3.0-only
"""OpRegions and VBTs: what such a file holds. Header, VBT and panel are read as the library reads
them (src/igd/igd_opregion.c, igd_panel.c), and tests/tool compares both; the rest is for people."""
# Copyright (C) 2026 The seabios-igd authors
#
# Layouts: i915 intel_opregion.c (struct opregion_header, opregion_asle) and intel_vbt_defs.h.

from __future__ import annotations      # "X | None", before Python 3.10

from dataclasses import dataclass, field

from . import messages
from .filedata import at, checksum, u16, u32, u64
from .messages import Finding

SIGNATURE = b"IntelGraphicsMem"
OPREGION_BYTES = 0x2000
SIZE_KB, VERSION, MAILBOXES, RVDA, RVDS = 0x10, 0x14, 0x58, 0x3BA, 0x3C2
MAILBOX4, MAILBOX5 = 0x400, 0x1C00
MAILBOX_NAMES = {1: "ACPI", 2: "SWSCI", 3: "ASLE", 4: "VBT", 5: "ASLE extension"}

VBT_SIGNATURE = b"$VBT"
VBT_HEADER_BYTES, BDB_HEADER_BYTES = 48, 22
GENERAL_DEFINITIONS, EDP, LFP_OPTIONS, LFP_POINTERS, LFP_DATA = 2, 27, 40, 41, 42
MIPI_SEQUENCE = 53
PANELS = 16
PANEL_BY_EDID = 255

# DEVICE_HANDLE_*
HANDLES = {0x0001: "CRT", 0x0004: "EFP 1", 0x0008: "LFP 1", 0x0010: "EFP 4", 0x0020: "EFP 3",
           0x0040: "EFP 2", 0x0080: "LFP 2"}
# DEVICE_TYPE_*
ANALOG, DIGITAL, DISPLAYPORT, LVDS, TMDS = 0x0001, 0x0002, 0x0004, 0x0020, 0x0010
MIPI, NOT_HDMI, INTERNAL = 0x0400, 0x0800, 0x1000
# DVO_PORT_*
PORTS = dict(enumerate((
    "HDMI-A", "HDMI-B", "HDMI-C", "HDMI-D", "LVDS", "TV", "CRT", "DP-B", "DP-C", "DP-D", "DP-A",
    "DP-E", "HDMI-E", "DP-F", "HDMI-F", "DP-G", "HDMI-G", "DP-H", "HDMI-H", "DP-I", "HDMI-I",
    "MIPI-A", "MIPI-B", "MIPI-C", "MIPI-D")))
# What INT 15h tells (igd.h IGD_LFP_*, IGD_PANEL_DEPTH).
LFPS = {None: "not told", 0: "none", 1: "LVDS", 3: "eDP"}
DEPTHS = {None: "not told", 0: "18 bits", 1: "24 bits"}
BOOT_DISPLAYS = ("CRT", "TV", "EFP", "LFP", "CRT 2", "TV 2", "EFP 2", "LFP 2")


@dataclass
class Child:
    """A child device: what the machine's maker says is connected."""
    handle: int
    type: int
    port: int | None = None     # None: the entry is too short to tell
    ddc_pin: int | None = None
    aux_channel: int | None = None

    @property
    def kind(self):
        """What its type says that it drives."""
        kinds = []
        if self.type & DISPLAYPORT:
            kinds.append("eDP" if self.type & INTERNAL else "DisplayPort")
        if self.type & TMDS:
            kinds.append("DVI" if self.type & NOT_HDMI else "HDMI")
        for bit, name in ((LVDS, "LVDS"), (MIPI, "MIPI DSI"), (ANALOG, "analog")):
            if self.type & bit:
                kinds.append(name)
        return "/".join(kinds) or "unknown"


@dataclass
class Panel:
    """What INT 15h will say of the panel (igd.h, enum igd_panel_field), and its resolution."""
    boot_display: int = 0       # bits of BOOT_DISPLAYS; 0: the VBIOS's default
    type: int = 3               # 1 to 16
    by_edid: bool = False       # which of them it is, is found out by its EDID
    lfp: int | None = None      # 0 none, 1 LVDS, 3 eDP; None: not told
    depth: int | None = None    # 0: 18 bits, 1: 24 bits; None: not told
    resolution: tuple | None = None     # (width, height); None: not told


@dataclass
class Vbt:
    name: str
    data: bytes                 # as long as its header says
    offset: int = 0             # in the file
    bdb_version: int | None = None      # None: it has no BIOS Data Block
    blocks: list = field(default_factory=list)      # (id, offset, data), in the file's order
    children: list = field(default_factory=list)    # Child, those that are used
    panel: Panel = field(default_factory=Panel)


@dataclass
class OpRegion:
    size_bytes: int
    version: tuple              # (major, minor)
    mailboxes: int              # bit n-1: mailbox n
    rvda: int
    rvds: int
    rvda_outside: bool = False
    vbt: Vbt | None = None


def read_vbt(data, offset, room, found):
    """The Vbt in the room bytes at offset, or None if there is none that i915 would take as well.
    Adds to found."""
    vbt = at(data, offset, room)
    if vbt is None or room < VBT_HEADER_BYTES or not vbt.startswith(VBT_SIGNATURE):
        return None
    size = u16(vbt, 24)
    if not VBT_HEADER_BYTES <= size <= room:
        found.append(Finding("IGD_WARN_VBT_SIZE", size, room))
        return None
    name = "".join(chr(c) if 32 <= c < 127 else "." for c in vbt[5:20]).rstrip(" ")
    total = checksum(vbt[:size])
    if total:
        found.append(Finding("IGD_WARN_VBT_CHECKSUM", total))
    # Zeros behind the VBT are the rest of its room.
    used = len(vbt.rstrip(b"\0"))
    if used > size:
        found.append(Finding("IGD_WARN_VBT_PADDED", used, size))
    result = Vbt(name, vbt[:size], offset)
    read_blocks(result)
    read_children(result)
    read_panel(result)
    return result


def read_blocks(vbt):
    """Finds the blocks of the BIOS Data Block."""
    where = u32(vbt.data, 28)
    head = at(vbt.data, where, BDB_HEADER_BYTES)
    if head is None:
        return
    vbt.bdb_version = u16(head, 16)
    where += u16(head, 18)
    while (head := at(vbt.data, where, 3)) is not None:
        number_of, size = head[0], u16(head, 1)
        where += 3
        # From version 3 on this block is larger than its header can tell.
        if number_of == MIPI_SEQUENCE and (more := at(vbt.data, where, 5)) and more[0] >= 3:
            size = u32(more, 1)
        vbt.blocks.append((number_of, where, at(vbt.data, where, size)))
        where += size


def block(vbt, wanted, least_bytes):
    """The data of the first block of this id, None if it is not there, cut or shorter."""
    for number_of, _, data in vbt.blocks:
        if number_of == wanted:
            return data if data is not None and len(data) >= least_bytes else None
    return None


def child_entries(data):
    """The entries of the block of general definitions, those that are not used too."""
    size = data[4]
    if size < 4:
        return []
    return [data[offset:offset + size] for offset in range(5, len(data) - size + 1, size)]


def read_children(vbt):
    data = block(vbt, GENERAL_DEFINITIONS, 5)
    for entry in child_entries(data) if data else ():
        if not u16(entry, 2):
            continue
        child = Child(u16(entry, 0), u16(entry, 2))
        if len(entry) >= 33:    # the layout that Gen6 to Xe have in common
            child.port, child.ddc_pin, child.aux_channel = entry[16], entry[19], entry[25]
        vbt.children.append(child)


def read_panel(vbt):
    panel = vbt.panel
    data = block(vbt, GENERAL_DEFINITIONS, 5)
    if data:
        panel.boot_display = data[2]
        panel.lfp = 0
        for entry in child_entries(data):
            if u16(entry, 2) & INTERNAL and u16(entry, 2) & (DISPLAYPORT | LVDS):
                panel.lfp = 3 if u16(entry, 2) & DISPLAYPORT else 1
                break
    data = block(vbt, LFP_OPTIONS, 16)
    if not data:
        return
    if data[0] >= PANELS:
        panel.by_edid = data[0] == PANEL_BY_EDID
        return
    panel.type = data[0] + 1
    panel.depth = u16(data, 14) >> data[0] & 1
    edp = block(vbt, EDP, 164)
    if panel.lfp == 3 and edp:
        panel.depth = int(u32(edp, 160) >> 2 * data[0] & 3 != 0)
    if panel.lfp:
        panel.resolution = resolution(vbt, data[0])


def resolution(vbt, panel):
    """(width, height) of a panel, 0 to 15, from its timing, an EDID's detailed timing descriptor;
    None if it is not told. struct lfp_data_ptr counts from the BIOS Data Block."""
    data = block(vbt, LFP_DATA, 1)
    if not data:
        return None
    pointers = block(vbt, LFP_POINTERS, 1 + 9 * PANELS)
    if pointers:
        timing = at(vbt.data, u32(vbt.data, 28) + u16(pointers, 1 + 9 * panel + 3), 18)
    else:
        # Later VBTs have none: the panels follow each other, each with registers that FFFFh ends,
        # the timing and an id of 10 bytes (i915 generate_lfp_data_ptrs).
        registers = data.find(b"\xff\xff") + 2
        timing = at(data, panel * (registers + 18 + 10) + registers, 18)
    if timing is None or not u16(timing, 0):
        return None
    return (timing[2] | (timing[4] & 0xF0) << 4, timing[5] | (timing[7] & 0xF0) << 4)


def read_opregion(data, found):
    """The OpRegion in a file, or None if it is refused. Adds to found."""
    if len(data) < OPREGION_BYTES:
        found.append(Finding("IGD_ERR_OPREGION_BYTES", len(data), OPREGION_BYTES))
        return None
    if not data.startswith(SIGNATURE):
        found.append(Finding("IGD_ERR_OPREGION_SIGNATURE", len(data)))
        return None
    size = u32(data, SIZE_KB) << 10
    if size > len(data):
        found.append(Finding("IGD_ERR_OPREGION_HEADER", size, len(data)))
        return None
    region = OpRegion(size, (data[VERSION + 3], data[VERSION + 2]), u32(data, MAILBOXES),
                      u64(data, RVDA), u32(data, RVDS))
    # RVDA counts from the OpRegion from 2.1 on; in 2.0 it is an address of the host.
    if region.version >= (2, 0) and region.rvda and region.rvds:
        if region.version < (2, 1) or at(data, region.rvda, region.rvds) is None:
            found.append(Finding("IGD_WARN_RVDA", region.rvda, len(data)))
            region.rvda_outside = True
        else:
            region.vbt = read_vbt(data, region.rvda, region.rvds, found)
    if not region.vbt:
        # Without a mailbox 5, mailbox 4 goes on to the end.
        end = MAILBOX5 if region.mailboxes & 0x10 else OPREGION_BYTES
        region.vbt = read_vbt(data, MAILBOX4, end - MAILBOX4, found)
    if not region.vbt:
        found.append(Finding("IGD_WARN_VBT_MISSING"))
    return region


def read(data):
    """(OpRegion or None, Vbt or None, [Finding]) of a file that is one or the other."""
    found = []
    if data.startswith(VBT_SIGNATURE):
        return None, read_vbt(data, 0, len(data), found), found
    region = read_opregion(data, found)
    return region, region.vbt if region else None, found


# --- what people and programs read ------------------------------------------------------------

def boot_display_text(bits):
    return " ".join(name for bit, name in enumerate(BOOT_DISPLAYS) if bits >> bit & 1) or "default"


def as_json(region, vbt, found):
    """What igd decode --json prints."""
    out = {"opregion": None, "vbt": None,
           "findings": [messages.as_json(finding) for finding in found]}
    if region:
        out["opregion"] = {
            "version": "%d.%d" % region.version, "size_bytes": region.size_bytes,
            "mailboxes": [n + 1 for n in range(32) if region.mailboxes >> n & 1],
            "rvda": region.rvda, "rvds": region.rvds, "rvda_outside": region.rvda_outside}
    if vbt:
        panel = vbt.panel
        out["vbt"] = {
            "name": vbt.name, "offset": vbt.offset, "size_bytes": len(vbt.data),
            "bdb_version": vbt.bdb_version,
            "blocks": [{"id": number_of, "bytes": None if data is None else len(data)}
                       for number_of, _, data in vbt.blocks],
            "children": [vars(child) | {"kind": child.kind} for child in vbt.children],
            "panel": vars(panel)}
    return out


def as_text(region, vbt):
    """The same as lines."""
    lines = []
    if region:
        lines += ["OpRegion %d.%d" % region.version + f", {region.size_bytes} bytes"]
        boxes = [n + 1 for n in range(32) if region.mailboxes >> n & 1]
        lines += ["  mailboxes  " + ", ".join(
            f"{n} {MAILBOX_NAMES.get(n, 'unknown')}" for n in boxes)]
        if region.rvda and region.rvds:
            lines += [f"  RVDA       {region.rvda:#x}, RVDS {region.rvds:#x}"
                      + (": not in the file" if region.rvda_outside else "")]
    if not vbt:
        return lines
    lines += [f'VBT "{vbt.name}" at {vbt.offset:#x}, {len(vbt.data)} bytes']
    if vbt.bdb_version is not None:
        cut = [str(number_of) for number_of, _, data in vbt.blocks if data is None]
        lines += [f"  BDB version {vbt.bdb_version}, {len(vbt.blocks)} blocks"
                  + (f", cut: {' '.join(cut)}" if cut else "")]
    lines += ["child devices"]
    for child in vbt.children:
        line = f"  {HANDLES.get(child.handle, f'{child.handle:#06x}'):6}  type {child.type:#06x} " \
            f"{child.kind}"
        if child.port is not None:
            line += f", port {PORTS.get(child.port, f'{child.port:#04x}')}, DDC pin " \
                f"{child.ddc_pin}, AUX {child.aux_channel:#04x}"
        lines.append(line)
    if not vbt.children:
        lines.append("  none")
    panel = vbt.panel
    lines += ["panel, as INT 15h tells the VBIOS",
              f"  5f35h boot display  {boot_display_text(panel.boot_display)}",
              f"  5f40h panel type    {panel.type}"
              + (" (a guess: the VBT goes by the panel's EDID)" if panel.by_edid else ""),
              f"  5f51h flat panel    {LFPS[panel.lfp]}",
              f"  5f52h colour depth  {DEPTHS[panel.depth]}"]
    if panel.resolution:
        lines.append("  resolution          %dx%d" % panel.resolution)
    return lines
