# SPDX-License-Identifier: LGPL-3.0-only
"""What a host's sysfs and procfs tell, below any root: the machine's own or a recorded tree."""
# Copyright (C) 2026 The seabios-igd authors

from __future__ import annotations      # "X | None", before Python 3.10

import gzip
import os
import re
import subprocess
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from . import families, rom, vbt
from .filedata import u16, u32

INTEL, VGA, DISPLAY = 0x8086, 0x0300, 0x0380
DEVICES = "sys/bus/pci/devices"
QEMU_SECONDS = 10       # for a program that shall tell its version


class Host:
    """Reads files below a root. What is not there, or may not be read, is None."""

    def __init__(self, root="/"):
        self.root = Path(root)
        self.recorded = self.root != Path("/")

    def path(self, name):
        return self.root / name

    def data(self, name):
        try:
            return self.path(name).read_bytes()
        except OSError:
            return None

    def exists(self, name):
        return os.path.exists(self.path(name))

    def text(self, name):
        """A file's text. Control characters, which a terminal would obey, are ?."""
        data = self.data(name)
        return None if data is None else re.sub(
            r"[^\n\t -~\xa0-\U0010ffff]", "?", data.decode(errors="replace")).strip()

    def names(self, folder):
        """The names in a folder, sorted; none if it is not there."""
        try:
            return sorted(path.name for path in self.path(folder).iterdir())
        except OSError:
            return []

    def number(self, name):
        """A hexadecimal number, with 0x or without."""
        text = self.text(name)
        return int(text, 16) if text and re.fullmatch(r"(0x)?[0-9a-f]{1,16}", text) else None

    def link(self, name):
        """The last part of what a symbolic link points at."""
        try:
            return self.path(name).readlink().name
        except OSError:
            return None

    def devices(self):
        return [Device(self, address) for address in self.names(DEVICES)]

    def igds(self):
        """Intel's display devices on the root bus, that at 00:02.0 first. Discrete GPUs of Intel
        are behind a bridge."""
        found = [device for device in self.devices() if device.is_display
                 and device.vendor == INTEL and device.device is not None
                 and device.address.startswith("0000:00:")]
        return sorted(found, key=lambda device: (device.address != "0000:00:02.0", device.address))


class Device:
    """A PCI device in sysfs."""

    def __init__(self, host, address):
        self.host, self.address = host, address
        self.folder = f"{DEVICES}/{address}"
        self.vendor = host.number(f"{self.folder}/vendor")
        self.device = host.number(f"{self.folder}/device")
        self.class_code = (host.number(f"{self.folder}/class") or 0) >> 8
        self.driver = host.link(f"{self.folder}/driver")
        self.iommu_group = host.link(f"{self.folder}/iommu_group")

    @property
    def is_display(self):
        return self.class_code in (VGA, DISPLAY)

    def config(self, offset, size):
        """Configuration space. None: not readable; without root only its first 64 bytes are."""
        data = self.host.data(f"{self.folder}/config") or b""
        if offset + size > len(data):
            return None
        return (u16 if size == 2 else u32)(data, offset)

    def read_rom(self):
        """What the kernel gives as the device's option ROM: of the boot display the shadow at
        C0000h. OSError: there is none, or it may not be read."""
        path = self.host.path(f"{self.folder}/rom")
        if self.host.recorded:
            return path.read_bytes()
        with open(path, "r+b", buffering=0) as file:
            # Two bytes each: of less the kernel takes a 0 for a 1 (pci-sysfs.c pci_write_rom).
            file.write(b"1\n")
            try:
                file.seek(0)
                return file.read()
            finally:
                file.seek(0)
                file.write(b"0\n")


@dataclass
class Facts:
    """What a host tells of an IGD and of what assigns it. None: not known."""
    igd: Device | None = None
    family: families.Family | None = None
    vmx: bool = False               # the processor virtualises
    dmar_table: bool = False        # the host's firmware says that there is VT-d
    iommus: list = field(default_factory=list)      # names of the IOMMUs that are on
    parameters: list = field(default_factory=list)  # of the kernel
    kernel: str = ""                # its release
    options: dict = field(default_factory=dict)     # {CONFIG_NAME: y or m} of it; empty: not known
    neighbours: list = field(default_factory=list)  # (address, driver) of others in its IOMMU group
    disable_vga: str | None = None  # vfio-pci's parameter, Y or N
    vfio_loaded: bool = False
    ggc: int | None = None
    bdsm: int | None = None
    bdsm_high: int | None = None    # its upper half, from Gen11 on
    asls: int | None = None
    opregion: tuple | None = None   # (OpRegion or None, Vbt or None, [Finding]), as i915 has it
    vbios: rom.Report | None = None
    vbios_error: OSError | None = None      # why there is none
    cpu_bits: int | None = None     # width of addresses
    iommu_bits: int | None = None
    qemu: tuple | None = None       # (major, minor)

    def kernel_before(self, version):
        """Whether the kernel is older than (major, minor). Not if its release is not known."""
        found = re.match(r"(\d+)\.(\d+)", self.kernel)
        return bool(found) and (int(found[1]), int(found[2])) < version

    @property
    def gms_mb(self):
        return None if self.ggc is None else families.gms_mb(self.family, self.ggc)


def iommu_address_bits(cap):
    """How many bits an IOMMU translates, from its capability register (Intel VT-d specification,
    CAP_REG: MGAW in bits 21:16, SAGAW in bits 12:8)."""
    widths = [bits for bit, bits in ((1, 39), (2, 48), (3, 57)) if cap >> 8 >> bit & 1]
    return min([(cap >> 16 & 0x3F) + 1] + widths[-1:])


def kernel_options(host, release):
    """{CONFIG_NAME: value} of the kernel that runs; empty if its configuration is not there."""
    # Debian's 7.3 has it with the modules, 6.12 in /boot.
    text = host.text(f"boot/config-{release}") or host.text(f"lib/modules/{release}/config")
    packed = host.data("proc/config.gz")
    if not text and packed:
        try:
            text = gzip.decompress(packed).decode(errors="replace")
        except (OSError, EOFError, zlib.error):
            pass
    return dict(re.findall(r"^(CONFIG_\w+)=(.*)$", text or "", re.M))


def qemu_version(program):
    """(major, minor), or None if there is no such program, or it tells none."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False,
                              errors="replace", stdin=subprocess.DEVNULL, timeout=QEMU_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"version (\d+)\.(\d+)", done.stdout)
    return found and (int(found[1]), int(found[2]))


def i915_opregion(host):
    """What i915 shows of the OpRegion and its VBT; None: it shows neither."""
    def shown(name):
        files = (host.data(f"sys/kernel/debug/dri/{folder}/{name}")
                 for folder in host.names("sys/kernel/debug/dri"))
        return next(filter(None, files), None)
    data, table = shown("i915_opregion"), shown("i915_vbt")
    if not data:
        return vbt.read(table) if table else None
    region, inside, found = vbt.read(data)
    # Of an OpRegion i915 shows 8 KiB, without the VBT that is behind or elsewhere.
    return region, inside or (vbt.read(table)[1] if table else None), found


def gather(host, igd, qemu):
    """The Facts of a host. igd: the Device that is meant, None if there is none. qemu: the program
    to ask for its version."""
    facts = Facts(igd=igd, kernel=host.text("proc/sys/kernel/osrelease") or "",
                  parameters=(host.text("proc/cmdline") or "").split(),
                  iommus=host.names("sys/class/iommu"), qemu=qemu_version(qemu),
                  dmar_table=host.exists("sys/firmware/acpi/tables/DMAR"),
                  disable_vga=host.text("sys/module/vfio_pci/parameters/disable_vga"),
                  vfio_loaded=host.exists("sys/bus/pci/drivers/vfio-pci"))
    facts.options = kernel_options(host, facts.kernel)
    cpu = host.text("proc/cpuinfo") or ""
    facts.vmx = bool(re.search(r"^flags\s*:.*\bvmx\b", cpu, re.M))
    bits = re.search(r"^address sizes\s*: (\d+) bits physical", cpu, re.M)
    facts.cpu_bits = int(bits[1]) if bits else None
    if not igd:
        return facts
    facts.family = families.family(igd.device)
    facts.neighbours = [(name, Device(host, name).driver) for name in host.names(
        f"sys/kernel/iommu_groups/{igd.iommu_group}/devices") if name != igd.address]
    facts.ggc, facts.asls = igd.config(0x50, 2), igd.config(0xFC, 4)
    facts.bdsm = igd.config(facts.family.bdsm_register, 4)
    if facts.family.gen >= 11:
        facts.bdsm_high = igd.config(facts.family.bdsm_register + 4, 4)
    unit = host.link(f"{igd.folder}/iommu")
    cap = host.number(f"sys/class/iommu/{unit}/intel-iommu/cap")
    facts.iommu_bits = iommu_address_bits(cap) if cap else None
    facts.opregion = i915_opregion(host)
    try:
        data = igd.read_rom()
        facts.vbios = rom.examine(data, igd.device)
    except OSError as error:
        facts.vbios_error = error
    return facts
