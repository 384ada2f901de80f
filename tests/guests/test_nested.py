# SPDX-License-Identifier: LGPL-3.0-only
"""The kernel's own VFIO: Linux holds the simulated IGD with its real vfio-pci and assigns it to a
machine inside itself. Our firmware boots both; what the second level gets is what the first level's
has set up, and what its VBIOS has left in the shadow. The first level is a host with a real kernel,
so igd, the host tool, looks at it, too."""
# Copyright (C) 2026 The seabios-igd authors

import re

import pytest

from expectations import BANNER
from machine import BDSM, BDSM64, MIB, NVS, PAGE, RESERVED, e820_type
from messages import Said, read
from nested import QEMU, nest
from rows import GEN11_AND_NEWER, ggc, parse_stolen
from samples import OPREGIONS
from tool import doctor, igd, igd_json, states
from vbios_rom import BDSM as ROM_BDSM, have_run_init, stand_in

STOLEN = 64 * MIB
# Name, offset of the VBT.
VBTS = {"mailbox4": ("MAILBOX4", 0x400), "extended": ("EXTENDED", 0x2000)}
# The first level's ids at 00:1f.0: of q35, which takes no others; on pc the simulated host's.
LPC = {"intel": "8086:2918", "virtio": "8086:a305"}
# $(CACHE)/linux-NAME of the Makefile, IOMMUS of nested.py, device, OPREGIONS.
CASES = [("12", "intel", "3e92", "mailbox4"), ("12", "intel", "9a49", "extended"),
         ("13-backports", "intel", "3e92", "extended"),
         ("13-backports", "virtio", "3e92", "mailbox4")]
# What the simulated device's 5Ch holds before anybody writes it.
HOSTS_BDSM = 0x7B800000
GUEST = "The guest runs: memory map reported."


def name(case):
    return "-".join(case)


def start(out, cache, case, second="igd"):
    """Starts a case, our firmware at the first level and a variant of it at the second; returns a
    Nested. Prints where its logs are, which a failure shows."""
    kernel, iommu, device, opregion = case
    folder = out / "nested" / f"{name(case)}-{second}"
    print(f"logs: {folder}")
    machine = {
        # QEMU has no legacy mode here.
        "intel": {"stolen": parse_stolen("64M"), "size_in_ggc": parse_stolen("64M"),
                  "options": ",x-vga=on"},
        "virtio": {"via": "qemu", "options": ",x-igd-gms=2"}}[iommu]
    nested = nest(
        out, cache, kernel, folder, iommu, register(device), out / f"build/{second}-256k/bios.bin",
        OPREGIONS[opregion](), firmware=out / "build/igd-256k/bios.bin", memory="1G",
        device=int(device, 16), rom=stand_in(
            out, device=int(device, 16), lpc=int(LPC[iommu].partition(":")[2], 16),
            ran=have_run_init(out), vbe=offers_vbe(device)),
        sim={"ggc": ggc(device, STOLEN)}, expect_stolen=STOLEN, timeout=300, **machine)
    log = nested.linux.console[-1500:]
    assert nested.linux.done and "guest: done" in nested.second.result.log, \
        f"status {nested.first.result.status}, the first level's console ends:\n{log}"
    return nested


def register(device):
    """Where a device has BDSM."""
    return BDSM64 if device in GEN11_AND_NEWER else BDSM


def offers_vbe(device):
    """Whether a device's VBIOS offers VBE: then it leaves more in its shadow than BDSM."""
    return register(device) == BDSM


def is_set_up(level, opregion):
    """Asserts that a level's registers lead to memory that its map keeps for them."""
    room = -(-len(OPREGIONS[opregion]()) // PAGE) * PAGE
    assert level.asls % PAGE == 0 and e820_type(level.e820, level.asls, room) == NVS, \
        f"ASLS {level.asls:#x}: expected {room:#x} bytes of NVS in {level.e820}"
    assert level.bdsm % MIB == 0 and e820_type(level.e820, level.bdsm, STOLEN) == RESERVED, \
        f"BDSM {level.bdsm:#x}: expected {STOLEN:#x} bytes RESERVED in {level.e820}"


def told_bdsm(first, level, case):
    """What a level's VBIOS must take for BDSM. A QEMU in legacy mode adds its guest's BDSM to GTT
    entries and subtracts its host's. The second level is in legacy mode, and so is the first one
    with virtio's IOMMU. What the second level writes to BDSM goes on to the first level's."""
    _, iommu, device, _ = case
    told = level.bdsm
    if device in GEN11_AND_NEWER:
        return told
    if level is not first:
        told += first.bdsm - level.bdsm
    if iommu == "virtio":
        told += HOSTS_BDSM - level.bdsm
    return told & 0xFFFFFFFF


def vbios_ran(first, level, case):
    """Asserts that a level's VBIOS ran once, to its end, with that level's registers."""
    _, iommu, device, opregion = case
    vbt, offset = VBTS[opregion]
    expected = {
        "start": "bdf 0010 at c000", "device": f"8086:{device}", "lpc": f"{LPC[iommu]} ok",
        "mmio bdsm": f"{level.bdsm:08x}", "asls": f"{level.asls:08x}", "opregion": "ok",
        "vbt": f'"{vbt}" at {level.asls + offset:08x}', "video": "ok", "done": ""}
    # The stand-in reads the register of Gen6 to Gen10.
    if register(device) == BDSM:
        expected["bdsm"] = f"{told_bdsm(first, level, case):08x} cached"
    got = [{what: run.get(what) for what in expected} for run in level.result.runs]
    assert got == [expected], f"expected one run, {expected}, got {got}"


def shadow_is_stale(nested, case):
    """Asserts that what Linux hands out as ROM has in it what the first level's firmware has told
    its VBIOS; returns that."""
    cached = int.from_bytes(nested.rom[ROM_BDSM:ROM_BDSM + 4], "little")
    expected = told_bdsm(nested.first, nested.first, case)
    assert cached == expected, f"cached in the shadow: expected {expected:#x}, got {cached:#x}"
    return cached


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_igd_of_a_guest_serves_a_guest_inside(case, out, cache):
    _, iommu, device, opregion = case
    nested = start(out, cache, case)
    first, second, report = nested.first, nested.second, nested.report

    # The first level, as Linux sees it.
    assert first.e820 == first.result.logged_e820, \
        f"expected {first.result.logged_e820}, got {first.e820}"
    is_set_up(first, opregion)
    assert nested.linux.reserved == [(first.bdsm, first.bdsm + STOLEN - 1)], \
        f"early-quirks: expected {first.bdsm:#x} and {STOLEN:#x} bytes, got {nested.linux.reserved}"
    assert nested.lpc == LPC[iommu], f"00:1f.0: expected {LPC[iommu]}, got {nested.lpc}"
    vbios_ran(first, first, case)
    stale = shadow_is_stale(nested, case)

    # The second level. Its OpRegion Linux has copied from where the first level's ASLS points.
    is_set_up(second, opregion)
    data = OPREGIONS[opregion]()
    differs = [at for at in range(len(data)) if nested.opregion[at:at + 1] != data[at:at + 1]]
    assert not differs, \
        f"OpRegion: {len(differs)} of {len(data)} bytes differ, from {differs[0]:#x} on"
    said = list(map(read, second.result.igd))
    told = Said("IGD_SAYS_CACHE", (stale, told_bdsm(first, second, case)))
    assert told in said, f"expected {told} in {said}"
    sums = [line for line in said if line and line.code == "IGD_WARN_ROM_CHECKSUM"]
    assert len(sums) == offers_vbe(device), \
        f"a sum mended: expected {offers_vbe(device)}, got {sums}"
    vbios_ran(first, second, case)
    if iommu == "virtio":
        known = Said("IGD_CONDITION", (2, "lpc", "ok", "VBIOS"))
        assert known in said, f"expected {known} in {said}"

    # The device. BDSM comes to it; ASLS Linux keeps to itself (drivers/vfio/pci/vfio_pci_igd.c,
    # vfio_pci_igd_opregion_init). Of memory it sees the second level's alone.
    writes, bdsm = first.result.writes(register(device)), report[
        "bdsm64" if device in GEN11_AND_NEWER else "bdsm"]
    assert bdsm == second.bdsm and first.bdsm in writes, \
        f"BDSM: expected {first.bdsm:#x}, then {second.bdsm:#x}, got {writes}, now {bdsm:#x}"
    assert report["asls"] == first.asls, \
        f"ASLS: expected {first.asls:#x}, got {report['asls']:#x}"
    assert report["stolen"]["writable"], f"the device cannot use memory at {second.bdsm:#x}"
    assert not report["opregion"]["mapped"], \
        f"the device reaches the first level's memory, at {first.asls:#x}"

    # The monitor shows the second level's text: of the two systems its guest alone writes that.
    assert report["vga"]["mode"] == "text", report["vga"]
    for text in (f"{BANNER}, OpRegion ok", GUEST):
        assert text in nested.screen, f"{text!r} is not on the screen:\n{nested.screen}"
    first.result.keep_screen(out, "nested")
    igd_judges_the_host(nested, case, stale)


# What is not "ok" on the first level. QEMU 7.2 is the second one's.
STATES = {"intel": {"vbios": "note", "width": "note", "qemu": "warning"},
          "virtio": {"vbios": "note", "width": "unknown", "qemu": "warning"}}
NAMES = {"3e92": "Coffee Lake (Gen9)", "9a49": "Tiger Lake (Gen12)"}


def igd_judges_the_host(nested, case, stale):
    """Asserts that igd tells of the first level what its kernel and the simulated device do, and
    writes a guest for it. stale: the BDSM in the shadow."""
    _, iommu, device, _ = case
    messages, intel = "\n".join(nested.linux.messages), iommu == "intel"
    checks, wishes = doctor(nested.host, QEMU)
    new = device in GEN11_AND_NEWER
    assert states(checks) == STATES[iommu] | ({"generation": "warning"} if new else {})
    assert wishes == {"legacy": ["generation"] * new, "driver": [], "second": []}

    group = re.search(r"pci 0000:00:02\.0: Adding to iommu group (\d+)", messages)[1]
    unit = re.search(r"(dmar\d+): reg_base_addr", messages)[1] if intel else "0000:00:03.0"
    for check, found in {
            "vt-d": "the host's firmware has turned it on" if intel
                    else "not needed: there is another IOMMU",
            "iommu": unit, "device": f"{NAMES[device]}, 8086:{device} at 0000:00:02.0",
            "igfx_off": "intel_iommu=on" if intel else "nothing turns off the IGD's IOMMU",
            "driver": "vfio-pci", "group": f"{group}, the IGD alone",
            "vfio-pci": "with IGD support", "vfio-vga": "handed out", "class": "0300, VGA",
            "vga": f"on (GGC {nested.linux.started.dword(0x50) & 0xFFFF:#06x})",
            "opregion": "ASLS points at one; its VBT can be seen while i915 drives the device",
            "vbios": "65536 bytes, by list, used by the host's POST",
            "stolen": f"64 MiB (GMS, DVMT pre-allocated) at {nested.first.bdsm:#x}"}.items():
        assert checks[check]["found"] == found, check
    # The second level has been in legacy mode without being asked.
    assert "on pc at 00:02.0 legacy mode" in checks["qemu"]["found"], checks["qemu"]
    limit = ""
    if intel:
        bits = int(re.search(r"DMAR: Host address width (\d+)", messages)[1])
        assert checks["width"]["found"] == f"processor 40 bits, the IGD's IOMMU {bits}"
        limit = f",host-phys-bits=on,host-phys-bits-limit={bits}"

    host = ["--root", nested.host]
    told = igd_json("command", "legacy", *host, "--qemu", QEMU, status=int(new))["arguments"]
    assert told[told.index("-cpu") + 1] == f"host{limit}", told
    assert "vfio-pci,host=0000:00:02.0,addr=2.0,x-vga=on,x-igd-opregion=on,x-igd-gms=2" in told, \
        told
    domain = igd("libvirt", "driver", *host, "--qemu", QEMU)
    assert "<source><address domain='0x0000' bus='0x00' slot='0x02' function='0x0'/>" in domain
    assert ("<maxphysaddr mode='emulate' bits='39'/>" in domain) == intel, domain

    rom = nested.host.parent / "vbios.rom"
    igd("dump-vbios", rom, *host)
    assert rom.read_bytes() == nested.rom
    image, = igd_json("rom", rom, "--fix", rom)["images"]
    assert image["saved_bdsm"]["value"] == stale and image["device"] == int(device, 16), image
    image, = igd_json("rom", rom)["images"]
    assert (image["saved_bdsm"], image["checksum"]) == (None, 0), image


@pytest.mark.parametrize("case", [case for case in CASES if case[0] == "12"], ids=name)
def test_stock_seabios_inside_runs_no_changed_vbios_and_leaves_a_newer_bdsm_stale(case, out, cache):
    _, _, device, _ = case
    nested = start(out, cache, case, "stock")
    first, second = nested.first, nested.second
    vbios_ran(first, first, case)
    shadow_is_stale(nested, case)
    # A VBIOS with VBE has changed itself: Linux's copy does not add up to 0 any more.
    refused = offers_vbe(device)
    assert ("Found option rom with bad checksum" in second.result.log) == refused, second.result.log
    assert (second.result.runs == []) == refused, f"it ran: {second.result.runs}"
    assert (GUEST in nested.screen) != refused, f"the screen:\n{nested.screen}"
    stale = device in GEN11_AND_NEWER
    assert (second.bdsm == first.bdsm) == stale, \
        f"BDSM: first level {first.bdsm:#x}, second level {second.bdsm:#x}"
