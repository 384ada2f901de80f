# SPDX-License-Identifier: LGPL-3.0-only
"""Boots each machine of machines.cfg with our image and asserts what it says; boots the same
with stock SeaBIOS and asserts that just the recorded things fail."""
# Copyright (C) 2026 The seabios-igd authors

import configparser
import itertools
import os
import re
import shlex
import struct
from pathlib import Path

import pytest

from machine import NVS, RAM, RESERVED, Machine
from opregion import opregion, vbt
from vbios_rom import stand_in

HERE = Path(__file__).parent
STOCK_FAILURES = HERE / "stock-failures.txt"
PAGE = 4096
RVDA, RV_BYTES = 0x3BA, 12
ASLS, BDSM, BDSM64 = 0xFC, 0x5C, 0xC0

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

BANNER = "seabios-igd stand-in VBIOS"

# Option ROMs by name: functions of the Makefile's OUT and of stand_in()'s keywords.
ROMS = {
    "none": lambda out, **_: None,
    "vgabios": lambda out, **_: (out / "build/vgabios-3e92/vgabios.bin").read_bytes(),
    "vbios": stand_in,
}


def parse_bytes(text):
    """512M and the like, as a number of bytes."""
    return int(text.rstrip("KMG")) << {"K": 10, "M": 20, "G": 30}.get(text[-1], 0)


def parse_stolen(text):
    """The content of etc/igd-bdsm-size, None for no such file."""
    if text == "none":
        return None
    if text.startswith("text:"):
        return text[len("text:"):].encode()
    return struct.pack("<Q", 0xFFFFFFFFFFFFFFFF if text == "all-ones" else parse_bytes(text))


class Row:
    """One machine of the table: a stanza with one value for each key."""

    MULTIPLE = ("machine", "memory", "device", "class", "address", "stolen", "rom_from")

    def __init__(self, name, values):
        self.name, self.values = name, values

    def __getattr__(self, key):
        return self.values[{"class_code": "class"}.get(key, key)]

    @property
    def reserved_bytes(self):
        """How much stolen memory the firmware must reserve; None: what QEMU asked for."""
        if self.reserved == "qemu":
            return None
        if self.reserved:
            return parse_bytes(self.reserved)
        return parse_bytes(self.stolen) if "stolen" in self.expect.split() else 0

    def boot(self, out, image, folder):
        machine = Machine(
            out=out, firmware=image, machine=self.machine, memory=self.memory,
            device=None if self.device == "none" else int(self.device, 16),
            class_code=int(self.class_code, 16), address=self.address,
            second=None if self.second == "none" else self.second,
            opregion=OPREGIONS[self.opregion](), stolen=parse_stolen(self.stolen), via=self.via,
            rom=ROMS[self.rom](out, **{key: int(value, 0) for key, value in (
                item.split("=") for item in self.vbios.split())}), rom_from=self.rom_from,
            sim=dict(item.split("=") for item in self.sim.split()), options=self.options,
            extra=shlex.split(self.extra) + (
                ["-boot", "menu=on,splash-time=1"] if self.rom != "none" else []),
            expect_stolen=self.reserved_bytes or 0, timeout=float(self.timeout))
        return machine.run(folder)


def load_table():
    config = configparser.ConfigParser(interpolation=None)
    config.read(HERE / "machines.cfg")
    for stanza in config.sections():
        values = dict(config[stanza])
        lists = {key: values[key].split() or [""] for key in Row.MULTIPLE}
        if values["stolen"].startswith("text:"):
            lists["stolen"] = [values["stolen"]]
        for choice in itertools.product(*lists.values()):
            chosen = dict(zip(lists, choice))
            label = "-".join([stanza] + [v for k, v in chosen.items() if len(lists[k]) > 1])
            yield Row(label, values | chosen)


TABLE = list(load_table())


# --- expectations -----------------------------------------------------------------------------
# Each raises AssertionError with what was expected and what was got. None looks at the log:
# they are what a guest and a device can see, and so hold for any firmware.

def placed_opregion(result):
    """Asserts all about the OpRegion but its content; returns its address."""
    asls = result.report["asls"]
    writes = result.writes(ASLS)
    assert writes, "ASLS was never written"
    assert asls == writes[-1], f"ASLS holds {asls:#x}, last write {writes[-1]:#x}"
    assert asls and asls % PAGE == 0, f"ASLS {asls:#x} is not 4 KiB aligned"
    assert result.report["opregion"]["mapped"], f"no guest memory at ASLS {asls:#x}"
    return asls


def room_bytes(row):
    """The whole pages that this row's OpRegion takes."""
    return -(-len(OPREGIONS[row.opregion]()) // PAGE) * PAGE


def expect_opregion(row, result):
    data, room = OPREGIONS[row.opregion](), room_bytes(row)
    asls = placed_opregion(result)
    kind = result.e820_type(asls, room)
    assert kind in (NVS, RESERVED), f"{asls:#x}+{room:#x} has type {kind} in {result.e820}"
    assert result.report["opregion"]["differs"] == [], "guest's copy differs from the file at " \
        f"[offset, length] {result.report['opregion']['differs']}"
    assert result.opregion == data.ljust(room, b"\0"), "the rest of the copy's page is not zero"


def expect_nvs(row, result):
    entry = result.report["asls"], room_bytes(row), NVS
    assert entry in result.e820, f"no e820 entry {entry} in {result.e820}"


def expect_no_opregion(row, result):
    assert result.writes(ASLS) == [], f"ASLS was written: {result.writes(ASLS)}"
    assert not [e for e in result.e820 if e[2] == NVS], f"NVS entry in {result.e820}"


def expect_rvda_cleared(row, result):
    data = bytearray(OPREGIONS[row.opregion]())
    data[RVDA:RVDA + RV_BYTES] = bytes(RV_BYTES)
    placed_opregion(result)
    assert result.opregion == data, "RVDA and RVDS are not cleared, or more than they"


def expect_asls_zero(row, result):
    assert result.guest_config[0xFC] == 0, result.guest_config


def only_write(result, register):
    """The one value written to a register; asserts that there was just one."""
    writes = result.writes(register)
    assert len(writes) == 1, f"one write to {register:#x} expected, got {writes}"
    return writes[0]


def expect_asls_refused(row, result):
    written = only_write(result, ASLS)
    assert (written, 2 * PAGE, NVS) in result.e820, f"{written:#x} is not NVS in {result.e820}"


def stolen_base(row, result):
    """The base that the register of this device holds, after checking the register's form."""
    if row.bdsm == "5c":
        writes, value, other = result.writes(BDSM), result.report["bdsm"], \
            result.writes(BDSM64, BDSM64 + 4)
    else:
        writes, value, other = result.writes(BDSM64, BDSM64 + 4), result.report["bdsm64"], \
            result.writes(BDSM)
    assert writes, f"BDSM {row.bdsm} was never written"
    assert not other, f"the register that this device does not have was written: {other}"
    return value


def expect_stolen(row, result):
    base = stolen_base(row, result)
    size = row.reserved_bytes
    if size is None:
        # QEMU decides: from 10.0 on the GMS that x-igd-gms=2 sets, before that the GTT as well.
        size = 64 << 20
    assert base and base % (1 << 20) == 0, f"BDSM {base:#x} is not 1 MiB aligned"
    assert base + size <= 1 << 32, f"stolen memory at {base:#x} goes beyond 4 GiB"
    kind = result.e820_type(base, size)
    assert kind == RESERVED, f"{base:#x}+{size:#x} has type {kind} in {result.e820}"
    if row.reserved_bytes is not None:
        assert (base, size, RESERVED) in result.e820, f"more than {size:#x} in {result.e820}"
        assert result.report["stolen"]["writable"], f"device cannot use RAM at {base:#x}"


def expect_no_stolen(row, result):
    writes = result.writes(BDSM, BDSM64, BDSM64 + 4)
    assert writes == [], f"BDSM was written: {writes}"


def expect_bdsm_refused(row, result):
    written = only_write(result, BDSM if row.bdsm == "5c" else BDSM64)
    kind = result.e820_type(written, parse_bytes(row.stolen))
    assert kind == RESERVED, f"{written:#x} has type {kind} in {result.e820}"


def expect_no_device(row, result):
    assert result.report is None


def expect_screen(row, result):
    for text in ("SeaBIOS (version ", "Press ESC for boot menu.", "Booting from Hard Disk...",
                 "The guest runs: memory map reported."):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"
    png = (result.folder / "screen.png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n"), png[:8]
    assert struct.unpack(">II", png[16:24]) == (720, 400), struct.unpack(">II", png[16:24])


def bar(result, offset):
    """A 64-bit BAR as the device holds it: the last value written to each half."""
    low, high = result.writes(offset), result.writes(offset + 4)
    return (low[-1] & ~0xF) | high[-1] << 32


def expect_vbios(row, result):
    """The stand-in VBIOS ran and saw what the device has."""
    got = result.vbios
    assert "done" in got, f"the VBIOS did not run to its end: {got}"
    assert got["start"].startswith("bdf 0010 at c000"), got["start"]
    assert got["device"] == f"8086:{row.device}", got["device"]
    assert got["lpc"].endswith(" ok"), got["lpc"]
    assert got["asls"] == f"{result.report['asls']:08x}", got["asls"]
    assert got["opregion"] == "ok", got["opregion"]
    assert '"MAILBOX4"' in got["vbt"], got["vbt"]
    assert got["bar0"] == f"{bar(result, 0x10):016x}", got["bar0"]
    if "stolen" in row.expect.split():
        base = result.report["bdsm"]
        assert got["bdsm"] == f"{base:08x} register", got["bdsm"]
        assert got["mmio bdsm"] == f"{base:08x}", got
    assert got["video"] == "ok", got["video"]


def expect_vbios_refused(row, result):
    assert result.vbios["lpc"].endswith(" refused"), result.vbios
    assert "done" not in result.vbios


def expect_vbios_screen(row, result):
    for text in (BANNER + ", OpRegion ok", "SeaBIOS (version ", "The guest runs"):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"


def expect_silent(row, result):
    assert result.igd == [], result.igd


EXPECTATIONS = {name[len("expect_"):].replace("_", "-"): function
                for name, function in list(globals().items()) if name.startswith("expect_")}


def memory_map_is_sane(result):
    """Asserts that the map is sorted, without overlap, and has low RAM."""
    assert result.e820, "the guest got no memory map"
    end = 0
    for start, size, kind in result.e820:
        assert start >= end, f"entry at {start:#x} overlaps or is out of order in {result.e820}"
        end = start + size
    assert result.e820_type(0, 0x80000) == RAM, result.e820


# What the firmware has business with, beside the standard header: BDSM, ASLS; MSI and power
# management are QEMU's.
OWN_REGISTERS = {BDSM, BDSM64, BDSM64 + 4, ASLS}


def nothing_else_is_written(result):
    """Asserts that no other register of the device was written."""
    if result.report:
        stray = {hex(w["offset"]) for w in result.report["config_writes"] if w["offset"] >= 0x40
                 and w["offset"] not in OWN_REGISTERS and not 0x90 <= w["offset"] < 0xA0
                 and not 0xD0 <= w["offset"] < 0xD8}
        assert not stray, f"registers {stray} were written"


def log_is_as_documented(row, result):
    """Asserts that the log has the lines of README's "The log" for what was done, and no more."""
    if "silent" in row.expect.split():
        return
    lines = [line for line in result.igd if not line.startswith(("error: ", "warning: ", "note: "))]
    expected = []
    if row.device != "none":
        address = "2.0" if row.second == "2.0" else row.address
        slot, function = (int(x) for x in address.split("."))
        bdf = f"{'01' if 'bus=' in row.options else '00'}:{slot:02x}.{function}"
        expected.append(rf"device {bdf} 8086:{row.device} class {row.class_code} Gen\d+ [\w ]+")
    if row.device != "none" and result.writes(ASLS):
        data, asls = OPREGIONS[row.opregion](), result.writes(ASLS)[-1]
        end = asls + room_bytes(row) - 1
        size = struct.unpack_from("<I", data, 0x10)[0] << 10
        expected.append(f"OpRegion {data[0x17]}.{data[0x16]} size {size:#x} "
                        f"mailboxes {data[0x58]:#x}")
        if "no VBT" not in " ".join(result.igd):
            expected.append(r'VBT "[^"]+" at 0x\w+ size 0x\w+')
        expected.append(rf"OpRegion at {asls:#010x}-{end:#010x} NVS, ASLS 0x\w{{8}}")
    if row.device != "none" and result.writes(BDSM, BDSM64):
        base = result.writes(BDSM, BDSM64)[-1]
        expected.append(rf"stolen memory at {base:#010x}-0x\w{{8}} RESERVED, "
                        rf"BDSM\[0x{row.bdsm}\] 0x\w{{8}}")
    assert len(lines) == len(expected) and all(map(re.fullmatch, expected, lines)), \
        "expected\n" + "\n".join(expected) + "\ngot\n" + "\n".join(lines)


# --- tests ------------------------------------------------------------------------------------

def recorded_failures():
    """{row's name: what stock SeaBIOS fails of its expectations, "-" for nothing}"""
    return dict(line.split(": ") for line in STOCK_FAILURES.read_text().splitlines()
                if not line.startswith("#"))


def rerun(row):
    return f"rerun alone: make check-machine PYTEST_ARGS=\"-k '{row.name}'\"; logs: "


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_machine(row, out):
    result = row.boot(out, out / f"build/igd-{row.firmware}/bios.bin", out / "machines" / row.name)
    hint = rerun(row) + str(result.folder)
    assert result.guest_done, f"no sign of the guest (status {result.status}); {hint}"
    memory_map_is_sane(result)
    nothing_else_is_written(result)
    for name in row.expect.split():
        try:
            EXPECTATIONS[name](row, result)
        except AssertionError as error:
            pytest.fail(f"{name}: {error}\n{hint}")
    log_is_as_documented(row, result)
    expected = [line.strip() for line in row.log.split("\n") if line]
    for line in expected:
        assert [got for got in result.igd if re.fullmatch(line, got)], \
            f"no log line matches {line!r} in\n" + "\n".join(result.igd) + "\n" + hint
    # One line a problem: none that the row does not expect, none twice.
    for got in result.igd:
        if got.startswith(("error: ", "warning: ")):
            assert result.igd.count(got) == 1, f"twice: {got}; {hint}"
            assert [line for line in expected if re.fullmatch(line, got)], f"{got}; {hint}"


def stock_failures(row, out):
    """The expectations of a row that stock SeaBIOS fails, in the table's order."""
    result = row.boot(out, out / f"build/stock-{row.firmware}/bios.bin",
                      out / "machines-stock" / row.name)
    if not result.guest_done:
        return "boot"
    failures = []
    for name in row.expect.split():
        try:
            EXPECTATIONS[name](row, result)
        except AssertionError:
            failures.append(name)
    return " ".join(failures) or "-"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_stock_seabios_fails_as_recorded(row, out):
    failures = stock_failures(row, out)
    record = os.environ.get("IGD_STOCK_RECORD")
    if record:
        with open(record, "a", encoding="utf-8") as file:
            file.write(f"{row.name}: {failures}\n")
        return
    expected = recorded_failures().get(row.name)
    assert failures == expected, \
        f"recorded: {expected}; {rerun(row)}{out}/machines-stock/{row.name}"


def test_stock_fails_every_gen11_and_every_class_0380_row():
    recorded = recorded_failures()
    assert set(recorded) == {row.name for row in TABLE}
    for row in TABLE:
        if row.bdsm == "c0" and "stolen" in row.expect.split():
            assert "stolen" in recorded[row.name].split(), row.name
        if row.class_code == "0380":
            assert "opregion" in recorded[row.name].split(), row.name
