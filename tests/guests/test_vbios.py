# SPDX-License-Identifier: LGPL-3.0-only
"""Runs real VBIOSes of Intel's, each *.rom of VBIOS_CORPUS, on the simulated IGD: they return, fill
the GTT as they must, list VBE modes and set one, which is shown out of stolen memory. The images
may not be copied, so none is here."""
# Copyright (C) 2026 The seabios-igd authors

import itertools
import os
import struct
from pathlib import Path

import pytest
from PIL import Image

from machine import Machine
from opregion import opregion, vbt
from test_i915 import edid

MIB = 1 << 20
STOLEN = 64 * MIB
# A device of each kind that VBIOSes are for, and ids of PCHs that it is seen with: VBIOSes hang
# without one that they know, and Coffee Lake's know either the first or the second. Source: Linux,
# include/drm/intel/pciids.h and drivers/mfd/lpc_ich.c.
LPC = {0x0106: [0x1C49], 0x0166: [0x1E57], 0x0412: [0x8C4B], 0x0A16: [0x9C45], 0x0F31: [0x0F1C],
       0x1616: [0x9CC3], 0x1912: [0xA145], 0x1916: [0x9D48], 0x22B0: [0x229C],
       0x3E92: [0xA305, 0xA2C9], 0x5912: [0xA2C5], 0x5916: [0x9D4E], 0x5A84: [0x5AE8]}
# Haswell 2180 has Broadwell's first ids in its list, and writes GTT entries as they are on Haswell.
IN_VAIN = [("0406-75773b5c", 0x1616)]
# Bay Trail's VBIOSes let all entries behind stolen memory lead to one of its pages.
NOT_LINEAR = (0x0F31,)
# Ports of the monitor, in the order of trying: a VBIOS that is made for a board knows those of its
# board only, and some hang when nothing is at any of them.
PORTS = "BCALD"
SECONDS = 15
# The bars that vbe.S draws.
BARS = [(255 * (n >> 2 & 1), 255 * (n >> 1 & 1), 255 * (n & 1)) for n in range(7, -1, -1)]


def devices(image):
    """The device ids that an option ROM is for (PCI Firmware Specification 3.0, 5.1.2)."""
    at = struct.unpack_from("<H", image, 0x18)[0]
    device, offset, _, revision = struct.unpack_from("<6xHHHB", image, at)
    found = {device}
    while revision >= 3 and offset:
        device, = struct.unpack_from("<H", image, at + offset)
        found.add(device)
        offset = offset + 2 if device else 0
    return found


def corpus():
    """(image's path, device) of all that VBIOS_CORPUS has."""
    folder = os.environ.get("VBIOS_CORPUS")
    if not folder:
        return [pytest.param(None, 0, id="-", marks=pytest.mark.skip("VBIOS_CORPUS is not set"))]
    found = [pytest.param(path, device, id=f"{path.stem}-{device:04x}")
             for path in sorted(Path(folder).glob("*.rom")) for device in LPC
             if device in devices(path.read_bytes()) and (path.stem, device) not in IN_VAIN]
    assert found, f"VBIOS_CORPUS={folder} has no *.rom for a device that is known here"
    return found


def gms(device):
    """GGC with 64 MiB of stolen memory and VGA enabled, as the device has it."""
    return 0x0211 if device >> 8 in (0x01, 0x04, 0x0A, 0x0F, 0x22) else 0x02C1


def run(out, folder, path, device, lpc, port):
    """Starts the guest vbe with an image, and gives it SECONDS."""
    (folder / "edid").write_bytes(edid())
    extra = []
    if device >> 8 in (0x19, 0x59, 0x3E):
        # These VBIOSes look here for the ACPI I/O base.
        extra = ["-device", "vfio-pci-igd-lpc-bridge,addr=1f.0,multifunction=on",
                 "-device", "pci-testdev,addr=1f.2"]
    machine = Machine(
        out=out, firmware=out / "build/igd-256k/bios.bin", device=device, via="qemu",
        rom=path.read_bytes(), opregion=opregion(vbt("VBIOS", 0x1000)), guest="vbe", extra=extra,
        options=",x-vga=on,x-igd-opregion=on,x-igd-gms=2", expect_stolen=STOLEN, timeout=SECONDS,
        sim={"lpc": f"8086:{lpc:04x}:04:8086:7270", "ggc": gms(device), "bar2_gtt": "on",
             "edid": folder / "edid", "edid_port": port})
    return machine.run(folder / f"{lpc:04x}-{port}")


@pytest.mark.parametrize("path, device", corpus())
def test_an_intel_vbios_sets_a_vbe_mode_in_stolen_memory(path, device, out, tmp_path):
    for lpc, port in itertools.product(LPC[device], PORTS):
        result = run(out, tmp_path, path, device, lpc, port)
        if result.guest_done and result.report["vga"]["mode"] == "plane":
            break
    assert result.guest_done, f"no end within {SECONDS} s:\n{result.log[-500:]}"
    gtt, vga, base = (result.report[key] for key in ("gtt", "vga", "bdsm"))
    assert gtt["linear"] > 0 and (gtt["outside"], gtt["unmapped"]) == (0, 0), gtt
    assert gtt["linear"] == gtt["valid"] or device in NOT_LINEAR, gtt

    assert "vbe: drawn" in result.log, result.log[-500:]
    assert vga["mode"] == "plane", vga
    first, last = vga["surface"]
    assert base <= first < last < base + STOLEN, vga
    with Image.open(result.folder / "screen.png") as picture:
        width, height = picture.size
        assert (vga["columns"], vga["rows"]) == (width, height) <= (1024, 768)
        shown = [picture.getpixel((width * (2 * n + 1) // 16, height // 2)) for n in range(8)]
    assert shown == BARS
    result.keep_screen(out, f"vbios-{path.stem}-{device:04x}")
