# SPDX-License-Identifier: LGPL-3.0-only
"""Six hosts as sysfs and procfs show them, made into folders for igd --root. None is a recording
of a real machine; what lies where is as test_nested.py and test_i915.py record it in guests."""
# Copyright (C) 2026 The seabios-igd authors

import struct
from dataclasses import dataclass

from make_inputs import image
from opregion import opregion, panel_blocks, vbt

IGD = "0000:00:02.0"
# VT-d capabilities: MGAW 39 bits with a table of three levels, 48 bits with one of four.
CAP_39, CAP_48 = 0x1C0000C40660262, 0x8D2078C106F0466


@dataclass
class Machine:
    """A host. Registers are those of its IGD."""
    name: str
    device: int
    ggc: int
    bdsm: int
    bdsm64: int = 0                 # where Gen11 and newer have it
    asls: int = 0x7A5F8000
    class_code: int = 0x0300
    driver: str | None = "vfio-pci"
    iommu: bool = True              # the kernel uses them
    igd_iommu: bool = True          # that which the IGD has alone, too
    dmar: bool = True               # the host's firmware has turned it on
    cap: int = CAP_39
    cpu_bits: int = 39
    parameters: str = "quiet intel_iommu=on"
    config: str = "CONFIG_VFIO_PCI=m\nCONFIG_VFIO_PCI_VGA=y\nCONFIG_VFIO_PCI_IGD=y\n"
    disable_vga: str | None = "N"   # None: vfio-pci is not loaded
    neighbours: tuple = ()          # (address, driver) in its IOMMU group
    kernel: str = "6.1.0-18-amd64"
    rom: bytes | None = None
    opregion: bytes | None = None   # shown by i915
    vbt: bytes | None = None        # likewise
    readable: int = 256             # bytes of configuration space: 64 without root


def laptop_opregion(name):
    return opregion(vbt(name, 1000, blocks=panel_blocks(0x60D6, 0x1022, panel=2)))


MACHINES = {machine.name: machine for machine in (
    # Starts as a legacy BIOS: its VBIOS is in memory, changed by POST. i915 still drives it.
    Machine("sandy-bridge", 0x0106, 0x0010, 0xDBA00001, cpu_bits=36, driver="i915",
            rom=image(device=0x0106, helpers=(0x80,), stale=0xDBA00001),
            opregion=laptop_opregion("SANDYBRIDGE-M"), disable_vga=None),
    # A discrete card is the primary display, so the setup has taken VGA from the IGD.
    Machine("haswell", 0x0412, 0x0012, 0xCFA00001, class_code=0x0380),
    # IOMMU off for graphics, as one finds it in old guides; vfio-pci without VGA.
    Machine("skylake", 0x1912, 0x0240, 0x7E000001, igd_iommu=False,
            parameters="quiet intel_iommu=on,igfx_off iommu=pt", disable_vga="Y"),
    # As it should be.
    Machine("coffee-lake", 0x3E92, 0x02C0, 0x7B800001, rom=image(device=0x3E92)),
    # The user has not turned anything on yet, and starts it without root.
    Machine("tiger-lake", 0x9A49, 0xFEC0, 0x0, driver="i915", iommu=False, dmar=False,
            parameters="quiet", readable=64),
    # Not the primary display, its processor has more address bits than its IOMMU, and the group
    # is not its alone.
    Machine("raptor-lake", 0xA780, 0xFFC0, 0x0, class_code=0x0380, cpu_bits=46,
            neighbours=(("0000:00:04.0", "proc_thermal_pci"),), kernel="7.3.1-amd64"),
)}


def build(machine, root):
    """Writes a Machine's tree below root."""
    def put(name, content):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else f"{content}\n".encode())

    def link(name, target):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)

    def pci(address, vendor, device, class_code, bridge=""):
        folder = f"sys/devices/pci0000:00/{bridge}{address}"
        link(f"sys/bus/pci/devices/{address}", f"../../../../{folder}")
        put(f"{folder}/vendor", f"{vendor:#06x}")
        put(f"{folder}/device", f"{device:#06x}")
        put(f"{folder}/class", f"{class_code:#08x}")
        return folder

    pci("0000:00:00.0", 0x8086, 0x3EC2, 0x060000)
    pci("0000:01:00.0", 0x10DE, 0x1C82, 0x030000, "0000:00:01.0/")
    folder = pci(IGD, 0x8086, machine.device, machine.class_code << 8)
    config = bytearray(256)
    struct.pack_into("<HH", config, 0, 0x8086, machine.device)
    struct.pack_into("<H", config, 0x50, machine.ggc)
    struct.pack_into("<I", config, 0x5C, machine.bdsm)
    struct.pack_into("<Q", config, 0xC0, machine.bdsm64)
    struct.pack_into("<I", config, 0xFC, machine.asls)
    put(f"{folder}/config", bytes(config[:machine.readable]))
    if machine.driver:
        link(f"{folder}/driver", f"../../../bus/pci/drivers/{machine.driver}")
    if machine.rom is not None:
        put(f"{folder}/rom", machine.rom)
    for unit, on in (("dmar0", machine.igd_iommu), ("dmar1", True)):
        if machine.iommu and on:
            put(f"sys/devices/virtual/iommu/{unit}/intel-iommu/cap", f"{machine.cap:x}")
            link(f"sys/class/iommu/{unit}", f"../../devices/virtual/iommu/{unit}")
    if machine.iommu and machine.igd_iommu:
        link(f"{folder}/iommu_group", "../../../kernel/iommu_groups/1")
        link(f"{folder}/iommu", "../../virtual/iommu/dmar0")
        for address, driver in ((IGD, None), *machine.neighbours):
            link(f"sys/kernel/iommu_groups/1/devices/{address}",
                 f"../../../../devices/pci0000:00/{address}")
            if driver:
                link(f"{pci(address, 0x8086, 0xA71D, 0x118000)}/driver",
                     f"../../../bus/pci/drivers/{driver}")
    if machine.dmar:
        put("sys/firmware/acpi/tables/DMAR", b"DMAR")
    if machine.disable_vga is not None:
        put("sys/module/vfio_pci/parameters/disable_vga", machine.disable_vga)
        put("sys/bus/pci/drivers/vfio-pci/new_id", "")
    for name, content in (("opregion", machine.opregion), ("vbt", machine.vbt)):
        # A discrete card may be the first one here.
        put("sys/kernel/debug/dri/0/name", "nouveau dev=0000:01:00.0")
        if content:
            put(f"sys/kernel/debug/dri/1/i915_{name}", content)
    put("proc/cmdline", f"BOOT_IMAGE=/boot/vmlinuz-{machine.kernel} {machine.parameters}")
    put("proc/cpuinfo", "flags\t\t: fpu vmx smx\naddress sizes\t: "
        f"{machine.cpu_bits} bits physical, 48 bits virtual")
    put("proc/sys/kernel/osrelease", machine.kernel)
    # Debian's 7.3 has it among the modules.
    put(f"lib/modules/{machine.kernel}/config" if machine.kernel.startswith("7.")
        else f"boot/config-{machine.kernel}", machine.config)
    return root


def bare(root):
    """Writes the tree of a host without any device below root."""
    (root / "sys/bus/pci/devices").mkdir(parents=True)
    return root


def fake_qemu(folder, version):
    """A program that says that it is a QEMU of this version."""
    path = folder / f"qemu-{version}"
    path.write_text(f"#!/bin/sh\necho 'QEMU emulator version {version}.1 (Debian)'\n")
    path.chmod(0o755)
    return path
