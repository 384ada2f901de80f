# SPDX-License-Identifier: LGPL-3.0-only
"""What a host's sysfs and procfs tell, below any root: the machine's own or a recorded tree."""
# Copyright (C) 2026 The seabios-igd authors

import re
from pathlib import Path

from .filedata import u16, u32

INTEL, VGA, DISPLAY = 0x8086, 0x0300, 0x0380
DEVICES = "sys/bus/pci/devices"


class Host:
    """Reads files below a root. What is not there, or may not be read, is None."""

    def __init__(self, root="/"):
        self.root = Path(root)

    def path(self, name):
        return self.root / name

    def data(self, name):
        try:
            return self.path(name).read_bytes()
        except OSError:
            return None

    def text(self, name):
        data = self.data(name)
        return None if data is None else data.decode(errors="replace").strip()

    def names(self, folder):
        """The names in a folder, sorted; none if it is not there."""
        try:
            return sorted(path.name for path in self.path(folder).iterdir())
        except OSError:
            return []

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
                 and device.vendor == INTEL and device.address.startswith("0000:00:")]
        return sorted(found, key=lambda device: (device.address != "0000:00:02.0", device.address))


class Device:
    """A PCI device in sysfs."""

    def __init__(self, host, address):
        self.host, self.address = host, address
        self.folder = f"{DEVICES}/{address}"
        self.vendor = self._number("vendor")
        self.device = self._number("device")
        self.class_code = (self._number("class") or 0) >> 8
        self.driver = host.link(f"{self.folder}/driver")
        self.iommu_group = host.link(f"{self.folder}/iommu_group")

    def _number(self, name):
        text = self.host.text(f"{self.folder}/{name}")
        return int(text, 16) if text and re.fullmatch(r"0x[0-9a-f]+", text) else None

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
        with open(self.host.path(f"{self.folder}/rom"), "r+b", buffering=0) as file:
            # Two bytes each: of less the kernel takes a 0 for a 1 (pci-sysfs.c pci_write_rom).
            file.write(b"1\n")
            try:
                file.seek(0)
                return file.read()
            finally:
                file.seek(0)
                file.write(b"0\n")
