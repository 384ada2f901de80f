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

from machine import ACPI, NVS, RAM, RESERVED, Machine, may_use_kvm, qemu_version
from opregion import opregion, panel_blocks, vbt
from vbios_rom import PCIR, mend, stand_in

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

BANNER = "seabios-igd stand-in VBIOS"


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


def parse_bytes(text):
    """512M and the like, as a number of bytes."""
    return int(text.rstrip("KMG")) << {"K": 10, "M": 20, "G": 30}.get(text[-1], 0)


def parse_base(text):
    """The content of etc/igd-stolen-base, None for no such file."""
    if text.startswith("text:"):
        return text[len("text:"):].encode().decode("unicode_escape").encode("latin-1")
    return struct.pack("<Q", int(text, 0)) if text else None


def parse_stolen(text):
    """The content of etc/igd-bdsm-size, None for no such file."""
    if text == "none":
        return None
    if text.startswith("text:"):
        return text[len("text:"):].encode()
    return struct.pack("<Q", 0xFFFFFFFFFFFFFFFF if text == "all-ones" else parse_bytes(text))


def ggc(device, stolen_bytes):
    """A host's GGC with this much stolen memory, locked, VGA enabled; with none if GMS of this
    device cannot say it."""
    whole, rest = divmod(stolen_bytes >> 20, 32)
    if device in ("0106", "0162", "0412", "0f31", "22b0"):
        return (whole if whole < 0x20 and not rest else 0) << 3 | 0x201
    if device != "1616" and not whole and rest and not rest % 4:
        return (0xEF + rest // 4) << 8 | 0xC1
    return (whole if whole < 0xF0 and not rest else 0) << 8 | 0xC1


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

    @property
    def sim_keys(self):
        return dict(item.split("=") for item in self.sim.split())

    @property
    def gms_bytes(self):
        """The size of stolen memory that QEMU reads in the device's GGC: as a driver does, but for
        Cherryview, which it takes for another Gen8."""
        value = int(self.sim_keys.get("ggc", "0"), 0) or ggc(self.device, self.reserved_bytes or 0)
        if self.device in ("0106", "0162", "0412", "0f31"):
            return (value >> 3 & 0x1F) * 32 << 20
        gms = value >> 8
        small = gms >= 0xF0 and self.device not in ("1616", "22b0")
        return (4 * (gms - 0xEF) if small else 32 * gms) << 20

    @property
    def has_rom(self):
        """Whether there is an option ROM for the IGD; in vgaroms/ it may be another device's."""
        return self.rom != "none" and not (self.rom_from == "vgaroms" and "vendor=" in self.vbios)

    @property
    def wish(self):
        """Whether the user wants the IGD to be the boot display; None: did not say."""
        said = re.search(r"igd-primary,string=([01])", self.extra)
        return said[1] == "1" if said else None

    @property
    def refusal(self):
        """What this QEMU says instead of starting the machine, a regular expression; else None."""
        machine = self.as_machine(Path(), Path())
        if machine.via == "fw_cfg" and machine.qemu_gives_size \
                and machine.stolen not in (None, machine.size_in_ggc):
            return "duplicate fw_cfg file name: etc/igd-bdsm-size"
        return self.refused or None

    def as_machine(self, out, image, **changes):
        """The Machine; out may be one without files if it is not to be run."""
        roms = ROMS if out != Path() else dict.fromkeys(ROMS, lambda out, **_: None)
        machine = dict(
            out=out, firmware=image, machine=self.machine, memory=self.memory,
            device=None if self.device == "none" else int(self.device, 16),
            class_code=int(self.class_code, 16), address=self.address,
            second=None if self.second == "none" else self.second,
            opregion=OPREGIONS[self.opregion](), stolen=parse_stolen(self.stolen),
            base=parse_base(self.base), via=self.via,
            rom=roms[self.rom](out, **{key: int(value, 0) for key, value in (
                item.split("=") for item in self.vbios.split())}), rom_from=self.rom_from,
            sim={"ggc": ggc(self.device, self.reserved_bytes or 0)} | self.sim_keys,
            options=self.options,
            extra=shlex.split(self.extra) + (
                ["-boot", "menu=on,splash-time=1"] if self.rom != "none" else []),
            guest=self.guest, expect_stolen=self.reserved_bytes or 0, timeout=float(self.timeout),
            size_in_ggc=struct.pack("<Q", self.gms_bytes))
        return Machine(**machine | changes)

    def boot(self, out, image, folder, **changes):
        print(f"logs: {folder}")    # shown if the test fails
        return self.as_machine(out, image, **changes).run(folder)


def of_this_qemu(stanza):
    """A stanza's values: those of KEY@VERSION hold from that QEMU on."""
    values = {key: value for key, value in stanza.items() if "@" not in key}
    later = [(tuple(map(int, key.partition("@")[2].split("."))), key.partition("@")[0], value)
             for key, value in stanza.items() if "@" in key]
    return values | {key: value for version, key, value in sorted(later)
                     if version <= qemu_version()}


def load_table():
    config = configparser.ConfigParser(interpolation=None)
    config.read(HERE / "machines.cfg")
    for stanza in config.sections():
        values = of_this_qemu(config[stanza])
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
    assert result.guest.config[0xFC] == 0, result.guest


def ram_below_4g(machine, memory):
    """Where RAM below 4 GiB ends in a machine without max-ram-below-4g."""
    size = parse_bytes(memory)
    most, split = (3584 * MIB, 3 * GIB) if machine == "pc" else (2816 * MIB, 2 * GIB)
    return size if size < most else split


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
        # What SeaBIOS keeps for itself may adjoin before it.
        assert base + size in [start + length for start, length, kind in result.e820
                               if kind == RESERVED], f"more than {size:#x} in {result.e820}"
        assert result.report["stolen"]["writable"], f"device cannot use RAM at {base:#x}"


def expect_stolen_at_base(row, result):
    """Stolen memory is where etc/igd-stolen-base or the row's at says, with RAM on both sides."""
    base = stolen_base(row, result)
    expected = int(row.at or row.base, 0)
    assert base == expected, f"expected {expected:#x}, got {base:#x}"


def expect_stolen_at_top(row, result):
    """Nothing but the firmware's place is behind stolen memory, below 4 GiB."""
    base = stolen_base(row, result)
    end = ram_below_4g(row.machine, row.memory)
    expected = (end - row.reserved_bytes) // MIB * MIB
    assert base == expected, f"expected {expected:#x} in RAM to {end:#x}, got {base:#x}"


def expect_no_stolen(row, result):
    """Nothing is written, and nothing reserved but what SeaBIOS keeps at the top of RAM."""
    writes = result.writes(BDSM, BDSM64, BDSM64 + 4)
    assert writes == [], f"BDSM was written: {writes}"
    reserved = [entry for entry in result.e820 if entry[2] == RESERVED
                and MIB <= entry[0] < ram_below_4g(row.machine, row.memory)]
    assert sum(size for _, size, _ in reserved) < MIB, f"{reserved} in {result.e820}"


def expect_bdsm_zero(row, result):
    assert result.guest.config[BDSM] == 0, result.guest.config


def expect_silent_about_bgsm(row, result):
    assert "BGSM" not in " ".join(result.igd), result.igd


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


def expect_bars_low(row, result):
    for offset in (0x10, 0x18):
        assert 1 << 20 < bar(result, offset) < 1 << 32, f"{offset:#x}: {bar(result, offset):#x}"


def expect_bars_high(row, result):
    for offset in (0x10, 0x18):
        assert bar(result, offset) >= 1 << 32, f"{offset:#x}: {bar(result, offset):#x}"


def high_bars(result):
    """[(bdf, BAR, address)] of what the firmware placed above 4 GiB."""
    mapped = re.findall(r"map device bdf=(\S+)  bar (\d), addr (\w+)", result.log)
    return [bar for bar in mapped if int(bar[2], 16) >= 1 << 32]


def expect_others_high(row, result):
    """Other devices are above 4 GiB just where stock SeaBIOS puts them, without an IGD if ours is
    not up there."""
    out = result.folder.parents[1]
    stock = out / f"build/stock-{row.firmware}/bios.bin"
    if "bars-high" in row.expect.split():
        before = row.boot(out, stock, out / "machines-before" / row.name)
    else:
        before = Machine(out=out, firmware=stock, machine=row.machine, memory=row.memory,
                         device=None, extra=shlex.split(row.extra),
                         ).run(out / "machines-before" / row.name)
    expected, got = high_bars(before), high_bars(result)
    if "bars-high" not in row.expect.split():
        slot = f"00:{int(row.address.split('.')[0]):02x}.0"
        got = [bar for bar in got if bar[0] != slot]
    assert got and sorted(got) == sorted(expected), f"expected {expected}, got {got}"


def expect_vbios(row, result):
    """The stand-in VBIOS ran and saw what the device has; the first time, if it was woken."""
    got = result.runs[0] if result.runs else {}
    assert "done" in got, f"the VBIOS did not run to its end: {got}"
    assert got["start"].startswith("bdf 0010 at c000"), got["start"]
    assert got["device"] == f"8086:{row.device}", got["device"]
    assert got["shadow"] == "writable", got["shadow"]
    assert got["lpc"].endswith(" ok"), got["lpc"]
    assert got["asls"] == f"{result.report['asls']:08x}", got["asls"]
    assert got["opregion"] == "ok", got["opregion"]
    assert '"MAILBOX4"' in got["vbt"], got["vbt"]
    assert got["bar0"] == f"{bar(result, 0x10):016x}", got["bar0"]
    if "stolen" in row.expect.split():
        base = stolen_base(row, result)
        assert got["mmio bdsm"] == f"{base:08x}", got
        # The stand-in reads the register of Gen6 to Gen10.
        if row.bdsm == "5c":
            assert got["bdsm"] == f"{base:08x} register", got["bdsm"]
    assert got["video"] == "ok", got["video"]


def expect_pmm(row, result):
    """PMM found room for the VBIOS, in memory that RAM was at that time, and of the firmware's."""
    got = [int(address, 16) for address in result.runs[0]["pmm"].split()]
    kinds = [result.e820_type(address, size) for address, size in zip(got, (MIB, 4 * KIB))]
    assert kinds == [RAM, RESERVED] and min(got) > MIB, \
        f"expected RAM and RESERVED, got {kinds} at {[hex(x) for x in got]} in {result.e820}"


def expect_hooks(row, result):
    """INT 15h AX=5FXXh returned what the row says of boot display, panel type, active panel and
    depth, "-" standing for failure, and of the others what FACTS has."""
    told = dict(zip(("5f35", "5f40", "5f51", "5f52"), row.hooks.split(), strict=True))
    expected = {"5f14": "ax 015f bx 078f cx 0000", "5f33": "ax 005f bx 5003 cx 0000",
                "5f38": "ax 005f bx 0000 cx 0003", "5f49": "ax 015f bx 0000 cx 0000"}
    expected |= {f"5f{n}": "ax 005f bx 0000 cx 0000" for n in (31, 34, 36, 50, 70)}
    expected |= {function: "ax 015f bx 0000 cx 0000" if cx == "-" else
                 f"ax 005f bx 0000 cx {int(cx, 16):04x}" for function, cx in told.items()}
    got = {function: result.vbios.get(function) for function in expected}
    assert got == expected, f"expected {expected}, got {got}"


def expect_ran(row, result):
    slot, function = (int(x) for x in row.address.split("."))
    bdf = slot << 3 | function | (0x100 if "bus=" in row.options else 0)
    assert result.vbios.get("start", "").startswith(f"bdf {bdf:04x}"), result.vbios


def expect_ran_as_of_others(row, result):
    """SeaBIOS ran the ROM as one that is for no device in particular."""
    assert result.vbios.get("start", "").startswith("bdf 0000"), result.vbios


def expect_silenced(row, result):
    """The last write to the other VGA device's command register switched its decoders off."""
    writes = re.findall(r"pci_cfg_write VGA \S+ @0x4 <- 0x(\w+)", result.stderr)
    assert writes and int(writes[-1], 16) & 3 == 0, writes


def expect_bridge_forwards(row, result):
    """The last write to the bridge's control register lets VGA accesses through."""
    writes = re.findall(r"pci_cfg_write pci-bridge \S+ @0x3e <- 0x(\w+)", result.stderr)
    assert writes and int(writes[-1], 16) & 8, writes


def expect_vbios_once(row, result):
    assert result.log.count("vbios: start") == 1, result.log.count("vbios: start")


def expect_vbios_refused(row, result):
    assert result.vbios["lpc"].endswith(" refused"), result.vbios
    assert "done" not in result.vbios


def expect_vbios_screen(row, result):
    for text in (BANNER + ", OpRegion ok", "SeaBIOS (version ", "The guest runs"):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"


def expect_dark(row, result):
    assert result.vbios == {}, f"an option ROM ran: {result.vbios}"
    assert result.report["vga"]["mode"] == "blank", result.report["vga"]


def expect_vga_restored(row, result):
    """VGA was looked at, and is as after a reset."""
    assert result.report["vga"]["register_writes"] > 0
    assert result.report["vga"]["pristine"], result.report["vga"]


def expect_emulated_vga(row, result):
    assert "Running option rom at c000:0003\nStart SeaVGABIOS" in result.log, "no VGA BIOS ran"


def written(result):
    """What was written to the registers that are the firmware's business, [{register: value}], one
    for each reset after which something was."""
    values = {}
    for write in result.report["config_writes"]:
        if write["offset"] in OWN_REGISTERS:
            values.setdefault(write["resets"], {})[write["offset"]] = write["value"]
    return list(values.values())


def expect_woken(row, result):
    """Whenever it is woken from S3 the guest finds the registers and its memory as they were, and
    so does the device, which had lost its own."""
    assert result.woken, "the guest was not woken"
    for wake, seen in enumerate(result.woken, 1):
        assert seen.config and seen.config == result.guest.config, \
            f"wake {wake}: expected {result.guest.config}, got {seen.config}"
        assert seen.pm1a not in (None, 0xFFFF), f"wake {wake}: PM1a_CNT reads {seen.pm1a}"
        assert seen.memory == result.guest.memory, \
            f"wake {wake}: expected {result.guest.memory}, got {seen.memory}"
    if not result.report:
        return
    first, *again = written(result) or [{}]
    assert first and len(again) == len(result.woken), \
        f"written at first {first}, and again {len(again)} times in {len(result.woken)} wakes"
    for wake, got in enumerate(again, 1):
        assert got == first, f"wake {wake}: expected {first} to be written, got {got}"
    for register, value in first.items():
        holds = result.report[{ASLS: "asls", BDSM: "bdsm"}.get(register, "bdsm64")]
        if register == BDSM64 + 4:
            holds >>= 32
        assert holds & 0xFFFFFFFF == value, f"{register:#x} holds {holds:#x}, not {value:#x}"


def vbios_ran_again(result, times):
    """Asserts that the VBIOS ran so many times more, with its own address and equal registers."""
    assert len(result.runs) == 1 + times, \
        f"{times} wakes, {len(result.runs)} runs, the last {result.vbios}"
    first, *later = result.runs
    for wake, again in enumerate(later, 1):
        assert again["bdsm"] == first["bdsm"].replace("register", "cached"), again["bdsm"]
        for what in ("start", "device", "shadow", "asls", "opregion", "vbt", "mmio bdsm",
                     "pmio bdsm", "bar0", "bar2", "bar4", "5f40", "video", "done"):
            assert again.get(what) == first.get(what), \
                f"wake {wake}, {what}: expected {first}, got {again}"


def expect_vbios_twice(row, result):
    """The VBIOS ran once more whenever the guest was woken."""
    assert result.woken, "the guest was not woken"
    vbios_ran_again(result, len(result.woken))
    for text in (BANNER + ", OpRegion ok", "The guest is awake."):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"
    assert "The guest suspends" not in result.screen, f"no mode was set:\n{result.screen}"


def expect_not_ours(row, result):
    """The device is left to SeaBIOS: its 64-bit BARs go above 4 GiB, its ROM is run, no word."""
    assert result.igd == [] and bar(result, 0x10) >= 1 << 32, (result.igd, bar(result, 0x10))


def expect_serial_console(row, result):
    text = (result.folder / "serial.txt").read_text(errors="replace")
    assert "SeaBIOS (version " in text and "The guest runs" in text, text


def expect_qemu_known(row, result):
    """SeaBIOS knows QEMU behind the host's subsystem ids: it looked at the address width."""
    assert re.search(r"^Running on QEMU \(i440fx\)$", result.log, re.M), result.log[:400]
    assert "physbits: " in result.log


def expect_q35_lpc(row, result):
    assert result.log.count("Q35 LPC init") == 1


def expect_silent(row, result):
    assert result.igd == [], result.igd


def expect_maps(row, result):
    maps_agree(result)


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


KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
# What uses ACPI's tables may use their memory after that; SeaBIOS counts both.
USABLE = (RAM, ACPI)


def adjoining_end(e820, kinds):
    """Where the memory of these types that goes on without a hole from 1 MiB ends."""
    end = MIB
    for start, size, kind in e820:
        if start == end and kind in kinds:
            end += size
    return end


def cmos(memory, *indices):
    """The number in some bytes of CMOS, the lowest first."""
    return sum(memory.cmos[index] << 8 * i for i, index in enumerate(indices))


def contradictions(memory, taken):
    """What of a guest's Memory is wrong, as texts. taken has the addresses of what must not count
    as RAM: {what: address}."""
    e820 = memory.e820
    end = adjoining_end(e820, USABLE)
    # QEMU puts all RAM into CMOS, with what SeaBIOS keeps of it: so it stays if the IGD has none.
    cmos_end = end if taken else adjoining_end(e820, (RAM, RESERVED, ACPI, NVS))
    above = sum(size for start, size, kind in e820 if start >= 4 * GIB and kind in USABLE)

    def kib(end):
        return (end - MIB) // KIB

    def blocks(end):
        return max(end - 16 * MIB, 0) // (64 * KIB)

    small, e801, x88, x8a = (memory.int15[ax] for ax in (0xE820, 0xE801, 0x8800, 0x8A00))
    told = {    # {how: (expected, got)}
        "E820h with 24 bytes": (e820, memory.e820_24),
        "E820h with 19 bytes, carry": (1, small.carry),
        "E801h (carry, ax, bx, cx, dx)": (
            (0, *2 * (min(kib(end), 15 * KIB), blocks(end))), tuple(e801)),
        # SeaBIOS says 63 MiB at most.
        "88h (carry, ax)": ((0, min(kib(end), 63 * KIB)), (x88.carry, x88.ax)),
        "INT 12h": (e820[0][1] // KIB, memory.int12),
        "CMOS 15h": (640, cmos(memory, 0x15, 0x16)),
        "CMOS 17h": (min(kib(cmos_end), 0xFFFF), cmos(memory, 0x17, 0x18)),
        "CMOS 30h": (min(kib(cmos_end), 0xFFFF), cmos(memory, 0x30, 0x31)),
        "CMOS 34h": (blocks(cmos_end), cmos(memory, 0x34, 0x35)),
        "CMOS 5Bh": (above // (64 * KIB), cmos(memory, 0x5B, 0x5C, 0x5D)),
    }
    # SeaBIOS does not have it: then it must say so.
    if (x8a.carry, x8a.ax >> 8) != (1, 0x86):
        told["8Ah (carry, dx:ax)"] = (0, kib(end)), (x8a.carry, x8a.dx << 16 | x8a.ax)
    wrong = [f"{how}: expected {expected}, got {got}" for how, (expected, got) in told.items()
             if expected != got]
    return wrong + counted(memory, taken)


def counted(memory, taken):
    """What of the addresses taken counts as RAM in a guest's Memory, as texts."""
    e801, x88, above_16m = memory.int15[0xE801], memory.int15[0x8800], cmos(memory, 0x34, 0x35)
    ends = {    # where each says that RAM ends
        "E801h": MIB + e801.cx * KIB + e801.dx * 64 * KIB,
        "88h": MIB + x88.ax * KIB,
        "CMOS 17h": MIB + cmos(memory, 0x17, 0x18) * KIB,
        "CMOS 30h": MIB + cmos(memory, 0x30, 0x31) * KIB,
        "CMOS 34h": 16 * MIB + above_16m * 64 * KIB if above_16m else 0,
    }
    wrong = []
    for what, address in taken.items():
        wrong += [f"{how} counts {what} at {address:#x} as RAM, up to {ram_end:#x}"
                  for how, ram_end in ends.items() if address < ram_end]
        wrong += [f"E820h has {what} at {address:#x} as RAM"
                  for start, size, kind in memory.e820
                  if start <= address < start + size and kind in USABLE]
    return wrong


def taken_for_igd(result):
    """{what: address} of what the firmware took for the IGD."""
    if not result.report:
        return {}
    return {what: address for what, *registers in (
        ("OpRegion", ASLS), ("stolen memory", BDSM, BDSM64))
            for address in result.writes(*registers)[-1:]}


def maps_agree(result):
    """Asserts that all ways to ask how much memory there is tell the same, and that none counts
    what the firmware took for the IGD."""
    taken = taken_for_igd(result)
    wrong = contradictions(result.guest.memory, taken)
    for seen in result.woken:
        wrong += [f"after S3 {text}" for text in contradictions(seen.memory, taken)]
    assert not wrong, "\n".join(wrong + ["E820h:"] + [
        f"{start:#x}-{start + size - 1:#x} type {kind}" for start, size, kind in result.e820])


# What the firmware has business with, beside the standard header: BDSM, ASLS; MSI and power
# management are QEMU's.
OWN_REGISTERS = {BDSM, BDSM64, BDSM64 + 4, ASLS}


GEN11_AND_NEWER = ("8a52", "4e61", "9a49", "4680", "a780", "7d55", "64a0", "b080", "d740", "4242")


def bar0_is_read_early(row, result):
    """Asserts that before the BARs are sized BAR0 is put above RAM, decodes and does so no more, at
    00:02.0 from Gen11 on, and that nothing happens to it otherwise."""
    writes = [(w["offset"], w["value"]) for w in result.report["config_writes"]
              if w["offset"] in (4, 0x10, 0x14)]
    writes = writes[:writes.index((0x10, 0xFFFFFFFF))]
    got = writes[writes.index((0x10, 0xFD000000)):] if (0x10, 0xFD000000) in writes else []
    address = "2.0" if row.second == "2.0" else row.address
    expected = [(0x10, 0xFD000000), (0x14, 0), (4, 2), (4, 0)] \
        if row.device in GEN11_AND_NEWER and address == "2.0" else []
    assert got == expected, f"expected {expected}, got {got}"


def nothing_else_is_written(result):
    """Asserts that no other register of the device was written."""
    if result.report:
        stray = {hex(w["offset"]) for w in result.report["config_writes"] if w["offset"] >= 0x40
                 and w["offset"] not in OWN_REGISTERS and not 0x90 <= w["offset"] < 0xA0
                 and not 0xD0 <= w["offset"] < 0xD8}
        assert not stray, f"registers {stray} were written"


def is_boot_display(row, result):
    """Whether the IGD of a row must be the boot display."""
    if "so no VBIOS" in " ".join(result.igd):
        return False
    wish = row.has_rom and row.address == "2.0" if row.wish is None else row.wish
    return wish and row.class_code == "0300"


def table_of_conditions(row, result):
    """The lines of the table."""
    log = "\n".join(result.igd)
    wanted = row.has_rom if row.wish is None else row.wish
    primary = is_boot_display(row, result)
    refused = "so no VBIOS" in log
    # Whether each is so, and whether it has been tried.
    conditions = [
        ("OpRegion with VBT", 'VBT "' in log and "ASLS reads" not in log, "Linux Windows VBIOS",
         "x-igd-opregion=on"),
        # In legacy mode, of which QEMU 11.1 has none from Gen11 on.
        ("host's LPC ids", row.via == "qemu" and row.machine == "pc" and row.rom != "none" and (
            qemu_version() < (11, 1) or row.device not in GEN11_AND_NEWER), "VBIOS",
         "x-igd-lpc=on, -machine pc"),
        ("address 00:02.0", "2.0" in (row.address, row.second), "Windows VBIOS", "addr=2.0"),
        ("class VGA", row.class_code == "0300", "Windows VBIOS", "x-pci-class-code=0x030000"),
        ("legacy VGA", None if not primary or (
            "-device VGA" in row.extra and "VGA dead" not in log) else "VGA dead" not in log,
         "VBIOS", "x-vga=on"),
        ("VBIOS", None if not primary or refused or "VGA dead: 0x1 " in log
         else "option ROM 0x" in log, "VBIOS",
         "romfile=FILE"),
    ]
    lines = ["condition           state      for"]
    for number, (name, holds, who, cure) in enumerate(conditions, 1):
        if not wanted:
            who = who.replace("VBIOS", "").strip()
        state = "ok" if holds else "not needed" if not who else \
            "not tried" if holds is None else "missing"
        lines.append(f"{number} {name:17} {state:10} {who}".rstrip()
                     + (f"; {cure}" if state == "missing" else ""))
    beyond = {
        # With RAM up there, SeaBIOS sends 64-bit BARs there too.
        "BARs kept low": bar(result, 0x10) < 4 * GIB and (
            "org.seabios/pci64" in row.extra
            or any(start >= 4 * GIB and kind == RAM for start, _, kind in result.e820)),
        "VBIOS of another id": "accepted by list" in log or "accepted by class" in log,
        "host's BDSM in VBIOS cleared": " of the ROM cleared" in log,
        "host's BGSM": "note: BGSM " in log,
        "DBUF left on": "note: DBUF " in log,
    }
    if any(beyond.values()):
        lines.append("+ " + ", ".join(what for what, so in beyond.items() if so))
    return lines


def log_is_as_documented(row, result):
    """Asserts that the log says what was done as docs/firmware-interface.md has it, no more."""
    if {"silent", "not-ours"} & set(row.expect.split()):
        return
    lines = [line for line in result.igd if not line.startswith(("error: ", "warning: ", "note: "))]
    expected = []
    if row.device != "none":
        address = "2.0" if row.second == "2.0" else row.address
        slot, function = (int(x) for x in address.split("."))
        bdf = f"{'01' if 'bus=' in row.options else '00'}:{slot:02x}.{function}"
        expected.append(rf"device {bdf} 8086:{row.device} class {row.class_code} Gen\d+ [\w ]+")
    if row.device != "none" and result.writes(BDSM, BDSM64):
        base = result.writes(BDSM, BDSM64)[-1]
        expected.append(rf"stolen memory at {base:#010x}-0x\w{{8}} RESERVED, "
                        rf"BDSM\[0x{row.bdsm}\] 0x\w{{8}}, {row.place}")
    if row.device != "none" and result.writes(ASLS):
        data, asls = OPREGIONS[row.opregion](), result.writes(ASLS)[-1]
        end = asls + room_bytes(row) - 1
        size = struct.unpack_from("<I", data, 0x10)[0] << 10
        expected.append(f"OpRegion {data[0x17]}.{data[0x16]} size {size:#x} "
                        f"mailboxes {data[0x58]:#x}")
        if "no VBT" not in " ".join(result.igd):
            expected.append(r'VBT "[^"]+" at 0x\w+ size 0x\w+')
        expected.append(rf"OpRegion at {asls:#010x}-{end:#010x} NVS, ASLS 0x\w{{8}}")
    if is_boot_display(row, result):
        expected.append("boot display")
        if "dark" not in row.expect.split():
            expected.append(r"option ROM 0x\w+ bytes from \S.*, accepted by (id|list|class)")
    table = table_of_conditions(row, result) if row.device != "none" else []
    end = len(lines) - len(table)
    assert lines[end:] == table, \
        "expected\n" + "\n".join(table) + "\ngot\n" + "\n".join(lines[end:])
    lines = lines[:end]
    assert len(lines) == len(expected) and all(map(re.fullmatch, expected, lines)), \
        "expected\n" + "\n".join(expected) + "\ngot\n" + "\n".join(lines)


# --- tests ------------------------------------------------------------------------------------

def recorded_failures():
    """{row's name: what stock SeaBIOS fails of its expectations, "-" for nothing}"""
    return dict(line.split(": ") for line in STOCK_FAILURES.read_text().splitlines()
                if not line.startswith("#"))


def all_is_as_expected(row, out, image, folder):
    """Boots a row's machine with one of our images and asserts all that the table says of it."""
    result = row.boot(out, image, folder)
    if row.refusal:
        assert result.status == 1 and re.search(row.refusal, result.stderr), \
            f"expected {row.refusal!r}, got status {result.status}, {result.stderr}"
        return
    assert result.guest_done, f"no sign of the guest (status {result.status})"
    memory_map_is_sane(result)
    maps_agree(result)
    nothing_else_is_written(result)
    if result.report:
        bar0_is_read_early(row, result)
    for name in row.expect.split():
        try:
            EXPECTATIONS[name](row, result)
        except AssertionError as error:
            pytest.fail(f"{name}: {error}")
    log_is_as_documented(row, result)
    expected = [line.strip() for line in row.log.split("\n") if line]
    for line in expected:
        assert [got for got in result.igd if re.fullmatch(line, got)], \
            f"no log line matches {line!r} in\n" + "\n".join(result.igd)
    # One line a problem: none that the row does not expect, none twice.
    for got in result.igd:
        if got.startswith(("error: ", "warning: ")):
            assert result.igd.count(got) == 1, f"twice: {got}"
            assert [line for line in expected if re.fullmatch(line, got)], got


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_machine(row, out):
    all_is_as_expected(row, out, out / f"build/igd-{row.firmware}/bios.bin",
                       out / "machines" / row.name)


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
    assert failures == expected, f"expected {expected} as recorded, got {failures}"


def test_stock_fails_every_gen11_and_every_class_0380_row():
    recorded = recorded_failures()
    assert set(recorded) == {row.name for row in TABLE}
    for row in TABLE:
        if row.refusal:
            continue
        if row.bdsm == "c0" and "stolen" in row.expect.split():
            assert "stolen" in recorded[row.name].split(), row.name
        if row.class_code == "0380":
            assert "opregion" in recorded[row.name].split(), row.name


def test_the_vbios_runs_on_kvm(out):
    """KVM emulates what touches a device, and some KVMs all of the firmware: no instruction may
    be one that it does not know."""
    if not may_use_kvm():
        pytest.skip("no access to /dev/kvm")
    for variant in ("stock", "igd"):
        result = Machine(out=out, firmware=out / f"build/{variant}-256k/bios.bin", accel="kvm",
                         disk="ramdisk", rom=stand_in(out)).run(out / f"machines/kvm-{variant}")
        if variant == "stock" and not result.guest_done:
            pytest.skip(f"stock SeaBIOS does not run on this KVM, see {result.folder}")
    assert result.guest_done, f"status {result.status}, see {result.folder}"
    assert "done" in result.vbios, result.vbios
