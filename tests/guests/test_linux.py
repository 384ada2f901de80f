# SPDX-License-Identifier: LGPL-3.0-only
"""Debian's stock kernels judge the firmware: their early-quirks, which know each generation's
registers, find stolen memory where it was reserved; Linux sleeps (S3) and finds all as before."""
# Copyright (C) 2026 The seabios-igd authors

import re

import pytest

from linux import AWAKE, boot
from expectations import vbios_ran_again, written
from machine import ASLS, BDSM, BDSM64, NVS, RESERVED, e820_type
from messages import Said, read
from opregion import MAILBOX4
from rows import GEN11_AND_NEWER, ggc, parse_stolen
from samples import OPREGIONS
from vbios_rom import stand_in

# $(CACHE)/linux-NAME of the Makefile.
KERNELS = ("12", "13-backports")
# Sandy Bridge to Raptor Lake, a generation or a kind of it each; true where early-quirks of both
# kernels know the id. They know none from Meteor Lake on, whose stolen memory is behind a BAR.
DEVICES = {"0106": True, "0162": True, "0412": True, "1616": True, "1912": True, "5912": True,
           "3e92": True, "8a52": True, "9a49": True, "4680": True, "a780": True, "7d55": False}
# Each kernel boots each device, one of them on pc and the other on q35, and so in turn.
BOOTS = [(kernel, ("pc", "q35")[(i + j) % 2], device) for i, kernel in enumerate(KERNELS)
         for j, device in enumerate(DEVICES)]
SLEEPS = [(kernel, machine, device) for kernel in KERNELS
          for machine, device in (("pc", "3e92"), ("q35", "3e92"), ("pc", "9a49"), ("q35", "9a49"))
          # 12's for all of them, 13-backports' for a machine each.
          if kernel == "12" or (machine == "pc") == (device == "9a49")]
STOLEN = 64 << 20
OPREGION = "mailbox4"
# What kernels say when somebody else has, or wants, the same addresses.
CONFLICT = r"conflict|can't claim|can't reserve|can't allocate|overlap|failed to assign|no space"


def name(case):
    return "-".join(case)


def start(out, cache, case, folder, sim=None, **more):
    """Boots a case; returns (Result, Linux). Prints where its logs are, which a failure shows."""
    kernel, machine, device = case
    folder = out / "linux" / folder / name(case)
    print(f"logs: {folder}")
    return boot(
        cache, kernel, folder, **{
            "out": out, "firmware": out / "build/igd-256k/bios.bin", "machine": machine,
            "memory": "512M", "device": int(device, 16), "opregion": OPREGIONS[OPREGION](),
            "stolen": parse_stolen("64M"), "sim": {"ggc": ggc(device, STOLEN)} | (sim or {}),
            "size_in_ggc": parse_stolen("64M"), "expect_stolen": STOLEN, "timeout": 180} | more)


def is_as_the_firmware_left_it(case, result, linux, report, driver=False, place="top of RAM"):
    """Asserts that Linux sees the registers, the memory map and the two regions as the firmware
    says, and the device holds, and that early-quirks go by them. A driver writes to the OpRegion's
    mailboxes 1 to 3, and claims stolen memory."""
    kernel, _, device = case
    # A mirror of Debian has updates of 6.1 for 12, and whatever is in backports for 13.
    assert report.release.endswith("-amd64") and report.release.startswith("6.1.") == (
        kernel == "12"), report.release
    firmware = result.logged_e820
    assert firmware and linux.e820 == firmware, f"expected {firmware}, got {linux.e820}"

    asls = result.report["asls"]
    assert result.writes(ASLS) and report.dword(ASLS) == asls, \
        f"ASLS: device {asls:#x}, Linux {report.dword(ASLS):#x}, writes {result.writes(ASLS)}"
    room = len(result.opregion)
    differs = [(start, size) for start, size in result.report["opregion"]["differs"]
               if not driver or start < 0x100 or start + size > MAILBOX4]
    assert differs == [], result.report["opregion"]
    assert e820_type(linux.e820, asls, room) == NVS, linux.e820
    claims = report.claims(asls, asls + room - 1)
    assert claims == ["ACPI Non-volatile Storage"], f"OpRegion at {asls:#x}: {claims}"
    said = [Said("IGD_SAYS_ASLS", (asls, asls + room - 1, asls))]

    # "[drm:": a debug message of a driver's.
    problems = [line for line in linux.messages
                if re.search(CONFLICT, line, re.I) and "[drm:" not in line]
    assert problems == [], problems
    new = device in GEN11_AND_NEWER
    base = result.report["bdsm64" if new else "bdsm"]
    got = report.dword(BDSM64) | report.dword(BDSM64 + 4) << 32 if new else report.dword(BDSM)
    assert result.writes(BDSM64 if new else BDSM) and got == base, \
        f"BDSM: device {base:#x}, Linux {got:#x}"
    last = base + STOLEN - 1
    assert result.report["stolen"]["writable"], result.report["stolen"]
    expected = [(base, last)] if DEVICES[device] else []
    assert linux.reserved == expected, \
        f"early-quirks: expected {[(hex(a), hex(b)) for a, b in expected]}, " \
        f"got {[(hex(a), hex(b)) for a, b in linux.reserved]}"
    assert e820_type(linux.e820, base, STOLEN) == RESERVED, linux.e820
    claims = report.claims(base, last)
    expected = ["Reserved"] + ["Graphics Stolen Memory"] * driver
    assert claims == expected, f"stolen memory at {base:#x}: {claims} in {report.iomem}"
    # What the log says comes last: a firmware that says nothing fails by what it does.
    said.append(Said("IGD_SAYS_STOLEN", (
        STOLEN >> 20, base, last, BDSM64 if new else BDSM, base, place)))
    assert set(said) <= set(map(read, result.igd)), f"expected {said} in {result.igd}"


def powered_off(result, linux, *reports):
    assert result.status == 0 and linux.done and None not in reports, \
        f"QEMU's status {result.status}; the console's end:\n{linux.console[-1500:]}"


@pytest.mark.parametrize("case", BOOTS, ids=name)
def test_linux_reserves_what_the_firmware_reserved(case, out, cache):
    result, linux = start(out, cache, case, "boot")
    powered_off(result, linux, linux.started)
    is_as_the_firmware_left_it(case, result, linux, linux.started)


@pytest.mark.parametrize("case", SLEEPS, ids=name)
def test_linux_wakes_with_registers_screen_and_memory_as_before(case, out, cache):
    _, _, device = case
    result, linux = start(out, cache, case, "sleep", append="igd_sleep=1",
                                  rom=stand_in(out, device=int(device, 16)), options=",x-vga=on")

    powered_off(result, linux, linux.started, linux.woken)

    monitor = (result.folder / "monitor.log").read_text()
    assert monitor.count('"event": "SUSPEND"') == monitor.count('"event": "WAKEUP"') == 1, monitor
    assert "== mem_sleep s2idle [deep]\n" in linux.console, "S3 is not what mem means"
    assert "== slept 0\n" in linux.console, "the kernel did not sleep"

    for report in (linux.started, linux.woken):
        is_as_the_firmware_left_it(case, result, linux, report)
    before, after = linux.started, linux.woken
    assert after.config == before.config, \
        f"config: expected {before.config.hex()}, got {after.config.hex()}"
    assert after.iomem == before.iomem, f"expected {before.iomem}, got {after.iomem}"
    assert after.memory == before.memory, "the guest's memory is not what it was"
    # The device had lost them: the firmware wrote once at the start, and once more.
    first, *again = written(result)
    assert ASLS in first and again == [first], f"expected {first} again, got {again}"

    assert "done" in result.vbios, f"the VBIOS did not come to its end: {result.vbios}"
    vbios_ran_again(result, 1)
    vga = result.report["vga"]
    assert (vga["mode"], vga["columns"], vga["rows"]) == ("text", 80, 25), vga
    assert AWAKE in result.screen, f"{AWAKE!r} is not on the screen:\n{result.screen}"
