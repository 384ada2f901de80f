# SPDX-License-Identifier: LGPL-3.0-only
"""What the firmware's log must say of a row: derived from the row, and from what the device and the
guest report; never from the log."""
# Copyright (C) 2026 The seabios-igd authors

import struct

from expectations import ram_below_4g, room_bytes, stolen_base, told_stolen
from machine import ASLS, BDSM, BDSM64, MIB, qemu_version
from messages import Said, read, same
from rows import parse_bytes, parse_keys
from samples import OPREGIONS, VBTS

# After these no VBIOS is run: it would take other memory for its own.
NO_VBIOS = {"IGD_ERR_STOLEN_FILE", "IGD_ERR_STOLEN_LIMIT", "IGD_ERR_STOLEN_ADDRESS",
            "IGD_ERR_STOLEN_ROOM", "IGD_ERR_BDSM", "IGD_ERR_ROM_NO_STOLEN", "IGD_ERR_ROM_LPC"}
WHO = ("Linux Windows VBIOS", "VBIOS", "Windows VBIOS", "Windows VBIOS", "VBIOS", "VBIOS")
FIELDS = ("opregion", "lpc", "address", "class_vga", "legacy_vga", "vbios")
SOURCES = {"bar": "ROM BAR", "romfile": "ROM BAR", "fw_cfg": "pci8086,{device}.rom",
           "vgaroms": "vgaroms/igd.rom", "genroms": "genroms/igd.rom"}


def is_boot_display(row):
    """Whether the IGD must be the boot display."""
    wanted = row.has_rom if row.wish is None else row.wish
    return wanted and row.igd_address == "2.0" and row.class_code == "0300" \
        and not row.finds_codes & NO_VBIOS


def device_line(row):
    slot, function = map(int, row.igd_address.split("."))
    address = f"{'01' if 'bus=' in row.options else '00'}:{slot:02x}.{function}"
    ids = int(row.device, 16), int(row.class_code, 16)
    return Said("IGD_SAYS_DEVICE", (address, *ids, "*", "*"))


def stolen_lines(row, result):
    if not row.expects("stolen") and not row.expects("bdsm-refused"):
        return []
    start = (result.writes(BDSM, BDSM64) or [0])[-1]
    if row.bdsm_fixed:
        start = stolen_base(row, result)
    mib, end = "*", "*"
    if row.reserved != "qemu":
        mib = parse_bytes(row.reserved or row.stolen) // MIB
        end = start + mib * MIB - 1
    holds = result.report["bdsm" if row.bdsm == "5c" else "bdsm64"] & 0xFFFFFFFF
    return [Said("IGD_SAYS_STOLEN", (mib, start, end, int(row.bdsm, 16), holds, row.place))]


def opregion_lines(row, result):
    if not any(map(row.expects, ("opregion", "rvda-cleared", "asls-refused"))):
        return []
    data, start = OPREGIONS[row.opregion](), (result.writes(ASLS) or [0])[-1]
    lines = [Said("IGD_SAYS_OPREGION", (
        data[0x17], data[0x16], struct.unpack_from("<I", data, 0x10)[0], data[0x58]))]
    if row.opregion in VBTS:
        lines.append(Said("IGD_SAYS_VBT", VBTS[row.opregion]))
    return lines + [Said("IGD_SAYS_ASLS", (
        start, start + room_bytes(row) - 1, result.report["asls"]))]


def display_lines(row, result):
    if not is_boot_display(row):
        return []
    lines = [Said("IGD_SAYS_BOOT_DISPLAY")]
    if row.runs_vbios:
        size = "*" if row.rom == "vgabios" else \
            int(parse_keys(row.rom_options).get("size", "0x10000"), 0)
        source = SOURCES[row.seen_from].format(device=row.device)
        match = {"force": "class, though not in its list"}.get(row.match, row.match)
        if row.rom == "vgabios":
            match = "id"
        lines.append(Said("IGD_SAYS_ROM", (size, source, match)))
        if row.rom != "vgabios":
            lines.append(Said("IGD_SAYS_CACHE", (
                row.held_bdsm, told_stolen(row, stolen_base(row, result)))))
    return lines


def states(row):
    """The state of each condition that follows from a row's other keys: True, False, or None for
    one that is not tried."""
    primary, finds = is_boot_display(row), row.finds_codes
    if not primary or "-device VGA" in row.extra and "IGD_ERR_VGA" not in finds:
        legacy_vga = None
    else:
        legacy_vga = "IGD_ERR_VGA" not in finds
    decode_off = Said("IGD_ERR_VGA", ("decode",)) in row.must_find
    return (row.opregion in VBTS and (row.expects("opregion") or row.expects("rvda-cleared")),
            row.in_legacy_mode, row.igd_address == "2.0", row.class_code == "0300", legacy_vga,
            row.runs_vbios if primary and not decode_off else None)


def table_lines(row):
    wanted = row.has_rom if row.wish is None else row.wish
    lines = [Said("IGD_TABLE")]
    told = row.conditions.split() or [None] * len(FIELDS)
    for number, (field, who, holds, state) in enumerate(
            zip(FIELDS, WHO, states(row), told, strict=True), 1):
        if not wanted:
            who = who.replace("VBIOS", "").strip()
        if state is None:
            state = "ok" if holds else "not-needed" if not who else \
                "not-tried" if holds is None else "missing"
        lines.append(Said("IGD_CONDITION", (number, field, state, who)))
    beyond = tuple(field for field, is_so in beyond_conditions(row).items() if is_so)
    return lines + ([Said("IGD_BEYOND", beyond)] if beyond else [])


def beyond_conditions(row):
    """What must have been done beyond the conditions, {field: whether}."""
    # With RAM above 4 GiB SeaBIOS sends 64-bit BARs there too.
    wide = "org.seabios/pci64" in row.extra or ram_below_4g(row) < parse_bytes(row.memory)
    finds = row.finds_codes
    return {"bars_low": wide and not row.expects("bars-high"),
            "rom_other": row.runs_vbios and row.match == "force",
            "rom_used": row.runs_vbios and row.held_bdsm != 0,
            "gtt_rewrites": row.runs_vbios and row.rom != "vgabios" and row.qemu_rewrites_gtt,
            "bgsm": "IGD_NOTE_BGSM" in finds,
            "dbuf": "IGD_NOTE_DBUF" in finds}


def resume_lines(row):
    again = "hang=4" in row.rom_options.split()
    return [Said("IGD_SAYS_CUT_OFF", (0xC000, "*"))] if again and row.guest == "suspend" else []


def expected_lines(row, result):
    """What was done, [Said], in the log's order."""
    if row.device == "none":
        return []
    return [device_line(row), *stolen_lines(row, result), *opregion_lines(row, result),
            *display_lines(row, result), *table_lines(row), *resume_lines(row)]


def text(lines):
    return "\n".join(f"  {said.code} {' '.join(map(format_value, said.values))}" for said in lines)


def format_value(value):
    return f"{value}={value:#x}" if isinstance(value, int) else str(value)


def log_is_right(row, result):
    """Asserts that the log says what was done and found, and no more."""
    if row.expects("silent") or row.expects("not-ours"):
        assert result.igd == [], result.igd
        return
    lines = [read(line) for line in result.igd]
    unknown = [line for line, said in zip(result.igd, lines) if not said]
    assert not unknown, f"not in igd_messages.h: {unknown}"
    done = [said for said in lines if not said.code.startswith(("IGD_ERR", "IGD_WARN", "IGD_NOTE"))]
    expected = expected_lines(row, result)
    assert len(done) == len(expected) and all(map(same, expected, done)), \
        f"expected\n{text(expected)}\ngot\n{text(done)}"
    findings_are_right(row, [said for said in lines if said not in done])


def systematic_findings(row):
    """Findings that follow from a row's other keys, [Said]."""
    # q35 has its own AHCI at 00:1f.2.
    warns = is_boot_display(row) and row.has_rom and row.is_gen9 and row.machine.startswith("pc") \
        and "addr=1f.2" not in row.extra
    found = [Said("IGD_WARN_ROM_PM_TIMER")] if warns else []
    if row.runs_vbios and row.match == "force":
        found.append(Said("IGD_WARN_ROM_FAMILY", (int(row.device, 16),)))
    return found


def findings_are_right(row, found):
    """Asserts that the findings of a log are those that the row has, each once, but for notes."""
    must_find = row.must_find + systematic_findings(row)
    for expected in must_find:
        assert any(same(expected, got) for got in found), \
            f"expected\n{text([expected])}\ngot\n{text(found)}"
    for got in found:
        assert found.count(got) == 1, f"twice: {text([got])}"
        assert got.code not in row.must_not_find, f"not expected: {text([got])}"
        assert got.code.startswith("IGD_NOTE") or any(
            same(expected, got) for expected in must_find), f"not expected: {text([got])}"
