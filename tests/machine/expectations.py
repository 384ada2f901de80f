# SPDX-License-Identifier: LGPL-3.0-only
"""What a guest and a device must have seen, row by row. Each function raises AssertionError with
what was expected and what was got. None looks at what our firmware says in the log, but for
"silent": so they hold for any firmware, stock SeaBIOS too."""
# Copyright (C) 2026 The seabios-igd authors

import re
import shlex
import struct

from machine import ASLS, BDSM, BDSM64, GIB, KIB, MIB, NVS, PAGE, RAM, RESERVED, Machine
from memory_maps import maps_agree
from rows import parse_bytes
from samples import OPREGIONS

RVDA, RV_BYTES = 0x3BA, 12
BANNER = "seabios-igd stand-in VBIOS"
# Where the simulated device's host has stolen memory.
HOST_BDSM = 0x7B800000
# What the firmware has business with, beside the standard header: BDSM, ASLS; MSI and power
# management are QEMU's.
OWN_REGISTERS = {BDSM, BDSM64, BDSM64 + 4, ASLS}


def written(result):
    """What was written to the registers that are the firmware's business, [{register: value}], one
    for each reset after which something was."""
    values = {}
    for write in result.config_writes:
        if write["offset"] in OWN_REGISTERS:
            values.setdefault(write["resets"], {})[write["offset"]] = write["value"]
    return list(values.values())


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


def ram_below_4g(row):
    """Where RAM below 4 GiB ends."""
    size = parse_bytes(row.memory)
    if "max-ram-below-4g=4G" in row.machine:
        return size
    most, split = (3584 * MIB, 3 * GIB) if row.machine == "pc" else (2816 * MIB, 2 * GIB)
    return size if size < most else split


def only_write(result, register):
    """The one value written to a register; asserts that there was just one."""
    writes = result.writes(register)
    assert len(writes) == 1, f"one write to {register:#x} expected, got {writes}"
    return writes[0]


def expect_asls_refused(row, result):
    written = only_write(result, ASLS)
    assert (written, 2 * PAGE, NVS) in result.e820, f"{written:#x} is not NVS in {result.e820}"


def top_of_ram(row):
    return (ram_below_4g(row) - row.reserved_bytes) // MIB * MIB


def stolen_base(row, result):
    """The base that the register of this device holds, after checking the register's form; where
    the row says, if it keeps what it has."""
    if row.bdsm_fixed:
        writes = result.writes(BDSM, BDSM64, BDSM64 + 4)
        assert not writes, f"a BDSM that is fixed was written: {writes}"
        return int(row.at, 0) if row.at else top_of_ram(row)
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
        assert result.report["stolen"]["writable"] or row.bdsm_fixed, \
            f"device cannot use RAM at {base:#x}"


def expect_stolen_at_base(row, result):
    """Stolen memory is where etc/igd-stolen-base or the row's at says, with RAM on both sides."""
    base = stolen_base(row, result)
    expected = int(row.at or row.base, 0)
    assert base == expected, f"expected {expected:#x}, got {base:#x}"


def expect_stolen_at_top(row, result):
    """Nothing but the firmware's place is behind stolen memory, below 4 GiB."""
    base = stolen_base(row, result)
    expected = top_of_ram(row)
    assert base == expected, f"expected {expected:#x}, got {base:#x}"


def expect_no_stolen(row, result):
    """Nothing is written, and nothing reserved but what SeaBIOS keeps at the top of RAM."""
    writes = result.writes(BDSM, BDSM64, BDSM64 + 4)
    assert writes == [], f"BDSM was written: {writes}"
    reserved = [entry for entry in result.e820 if entry[2] == RESERVED
                and MIB <= entry[0] < ram_below_4g(row)]
    assert sum(size for _, size, _ in reserved) < MIB, f"{reserved} in {result.e820}"


def expect_bdsm_zero(row, result):
    assert result.guest.config[BDSM] == 0, result.guest.config


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
    if row.expects("bars-high"):
        before = row.boot(out, stock, out / "machines-before" / row.name)
    else:
        before = Machine(out=out, firmware=stock, machine=row.machine, memory=row.memory,
                         device=None, extra=shlex.split(row.extra),
                         ).run(out / "machines-before" / row.name)
    expected, got = high_bars(before), high_bars(result)
    if not row.expects("bars-high"):
        slot = f"00:{int(row.address.split('.')[0]):02x}.0"
        got = [bar for bar in got if bar[0] != slot]
    assert got and sorted(got) == sorted(expected), f"expected {expected}, got {got}"


def told_stolen(row, base):
    """Where a VBIOS must take stolen memory to be, that is at base: where the host has it, if QEMU
    takes what is written to the GTT for the host's addresses."""
    return HOST_BDSM if row.qemu_rewrites_gtt else base


def gtt_is_right(row, result):
    """Asserts that the GTT leads to stolen memory, wherever the VBIOS has filled it."""
    gtt = result.report["gtt"]
    assert gtt["written"] > 0 and gtt["valid"] == int(result.vbios["gtt"], 16), gtt
    base = stolen_base(row, result)
    if base == result.report["stolen"]["address"]:
        assert gtt["mismatches"] == 0 and gtt["linear"] == gtt["valid"], gtt
    else:
        # The device takes BDSM for stolen memory's address.
        assert row.bdsm_fixed and gtt["mismatch"] and gtt["mismatch"]["index"] == 0 \
            and gtt["mismatch"]["address"] == base, (hex(base), gtt)


def expect_gtt(row, result):
    assert "gtt" in result.vbios, result.vbios
    gtt_is_right(row, result)


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
    bridges, own = got["ggc"].split()
    # q35's own host bridge has another register there.
    assert bridges == own != "0000" or row.machine == "q35", f"GGC: {got['ggc']}"
    if row.expects("stolen"):
        base = stolen_base(row, result)
        assert got["mmio bdsm"] == f"{base:08x}" or row.bdsm_fixed, got
        assert got["bdsm"] == f"{told_stolen(row, base):08x} cached", got["bdsm"]
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
                "5f34": "ax 005f bx 0190 cx 0000", "5f38": "ax 005f bx 0000 cx 0003",
                "5f49": "ax 015f bx 0000 cx 0000", "5fac": "ax 5fac bx 0190 cx 1234"}
    expected |= {f"5f{n}": "ax 005f bx 0000 cx 0000" for n in (31, 36, 50, 70)}
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


def expect_pm_timer(row, result):
    """The VBIOS has found the base of the PM timer, where SeaBIOS puts it, and waited by it."""
    assert result.vbios["pm"] == "00000601" and "done" in result.vbios, result.vbios


def expect_hangs(row, result):
    """The VBIOS hung the last time that it ran."""
    assert "hangs" in result.log.rpartition("vbios: tsc ")[2] or "pm" in result.vbios, result.vbios
    assert "done" not in result.vbios, result.vbios


def expect_hangs_once(row, result):
    assert len(result.runs) == 1, result.runs


def expect_emulated_vga_after(row, result):
    """Another VGA device's ROM was run after the IGD's."""
    assert re.search(r"^Running option rom at c\w+:0003\nStart SeaVGABIOS", result.log, re.M)


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
        for what in ("start", "device", "shadow", "bdsm", "asls", "opregion", "vbt", "ggc",
                     "mmio bdsm", "pmio bdsm", "bar0", "bar2", "bar4", "5f40", "video", "done"):
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


# --- What is asserted of every row ---------------------------------------------------------------

def bar0_is_read_early(row, result):
    """Asserts that before the BARs are sized BAR0 is put above RAM, decodes and does so no more, at
    00:02.0 from Gen11 on, and that nothing happens to it otherwise."""
    writes = [(w["offset"], w["value"]) for w in result.report["config_writes"]
              if w["offset"] in (4, 0x10, 0x14)]
    writes = writes[:writes.index((0x10, 0xFFFFFFFF))]
    got = writes[writes.index((0x10, 0xFD000000)):] if (0x10, 0xFD000000) in writes else []
    expected = [(0x10, 0xFD000000), (0x14, 0), (4, 2), (4, 0)] \
        if row.is_gen11 and row.igd_address == "2.0" else []
    assert got == expected, f"expected {expected}, got {got}"


def nothing_else_is_written(result):
    """Asserts that no other register of the device was written."""
    if result.report:
        stray = {hex(w["offset"]) for w in result.report["config_writes"] if w["offset"] >= 0x40
                 and w["offset"] not in OWN_REGISTERS and not 0x90 <= w["offset"] < 0xA0
                 and not 0xD0 <= w["offset"] < 0xD8}
        assert not stray, f"registers {stray} were written"


def rom_ran_or_not(row, result):
    """Asserts that an option ROM was run if one must, and none if not."""
    if row.rom == "vgabios":
        ran = "Start SeaVGABIOS" in result.log
    else:
        ran = result.vbios != {}
    expected = row.runs_vbios or row.vbios == "other"
    assert ran == expected, f"ROM run: expected {expected}, got {ran} {result.vbios}"
    if row.runs_vbios and "gtt" in result.vbios and row.expects("stolen"):
        gtt_is_right(row, result)
