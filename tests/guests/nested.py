# SPDX-License-Identifier: LGPL-3.0-only
"""Starts a machine in a machine: Linux, the first level, holds the simulated IGD with the kernel's
own vfio-pci, and a QEMU in it assigns the device to the probe guest, the second level. Used by
test_nested.py."""
# Copyright (C) 2026 The seabios-igd authors

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from linux import DONE, PRELUDE, Linux, boot, recorded
from machine import ASLS, DEBUG_PORT, Result

# The second level's QEMU is this machine's own, whatever QEMU the first level runs under: with the
# module by which it runs programs without KVM, and the option ROM that it looks for.
QEMU = "/usr/bin/qemu-system-x86_64"
QEMU_FILES = (QEMU, "/usr/lib/x86_64-linux-gnu/qemu/accel-tcg-x86_64.so",
              "/usr/share/qemu/kvmvapic.bin")
# Legacy mode on pc: with OpRegion, stolen memory, VGA and the ids that Linux hands out. Those of a
# first level on q35 are QEMU's, which no VBIOS of Gen9 would know.
SECOND = ["-machine", "pc,accel=tcg", "-m", "256M", "-nodefaults", "-no-user-config",
          "-display", "none", "-vga", "none", "-bios", "/second/bios.bin", "-monitor", "stdio",
          "-chardev", "file,id=debug,path=/second/log",
          "-device", f"isa-debugcon,iobase={DEBUG_PORT:#x},chardev=debug",
          "-drive", "file=/second/guest.img,format=raw,if=ide",
          "-fw_cfg", "name=opt/org.seabios/igd-any-lpc,string=1",
          "-device", "vfio-pci,host=00:02.0,addr=2.0,x-igd-gms=2"]
SECOND_SECONDS = 120


class Iommu(NamedTuple):
    """What lets the first level assign its devices.

    machine   QEMU's machine that has it
    device    QEMU's device; it must tell vfio-pci of each mapping that Linux makes
    append    words for Linux's command line
    load      modules of Linux
    """
    machine: str
    device: str
    append: str
    load: tuple


IOMMUS = {
    # By default Debian's kernels do not translate an IGD's addresses until a guest has it
    # (CONFIG_INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF); that would do here, too.
    "intel": Iommu("q35", "intel-iommu,intremap=on,caching-mode=on", "intel_iommu=on", ()),
    # It remaps no interrupts, and vfio_iommu_type1 must be told to be content with that.
    "virtio": Iommu("pc", "virtio-iommu-pci,addr=3.0",
                    "vfio_iommu_type1.allow_unsafe_interrupts=1", ("virtio_iommu",))}

# The first level's process 1. It ends its machine while the second level still runs, and as if by
# the reset button: what the simulated device finds in memory at its end is then the second level's.
# So that one has no isa-debug-exit; its log tells when it is done.
INIT = PRELUDE + f"""
device=/sys/bus/pci/devices/0000:00:02.0
# Waits for a command's success while the second level runs.
await()
{{
    tries={SECOND_SECONDS * 10}
    until "$@"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] && [ -d /proc/$qemu ] || return
        $b usleep 100000
    done
}}
saved()
{{
    [ "$($b stat -c %s /second/opregion)" -eq $igd_bytes ]
}}

report started
echo vfio-pci > $device/driver_override
echo 0000:00:02.0 > /sys/bus/pci/drivers_probe
record

: > /second/log
: > /second/opregion
$b mkfifo /second/monitor
{QEMU} {" ".join(SECOND)} < /second/monitor > /dev/null &
qemu=$!
exec 3> /second/monitor
await $b grep -q '^guest: done' /second/log
asls=$($b sed -n 's/^guest: config {ASLS:x} /0x/p' /second/log)
# Without quotation marks the slash divides.
echo "pmemsave $asls $igd_bytes \\"/second/opregion\\"" >&3
await saved
silent
echo "== opregion"
$b xxd -p -c 256 /second/opregion
echo "== end"
send /dev/ttyS2 < /second/log
[ ! -d /proc/$qemu ] || echo "{DONE}"
# As send waits.
$b stty -F /dev/ttyS0 -echo
echo b > /proc/sysrq-trigger
"""


def libraries(program):
    """What a program is linked with: {path without the first slash: bytes}."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return {path[1:]: Path(path).read_bytes() for path in re.findall(r"(/\S+) \(0x", listed)}


@dataclass
class Level:
    """What one of the two machines had at its end.

    result    its log, and what follows from that
    e820      its memory map
    asls, bdsm
              the registers, as its system reads them; of BDSM the low dword
    """
    result: Result
    e820: list
    asls: int
    bdsm: int


@dataclass
class Nested:
    """What a machine in a machine left behind.

    first, second
              a Level each, of None and empty values as far as it did not get
    linux     a Linux: what the first level's printed
    host      a folder for igd --root: what that shows while vfio-pci has the device
    opregion  what is at the second level's ASLS
    report    the device's; memory is the second level's
    screen    the text on the simulated monitor
    """
    first: Level
    second: Level
    linux: Linux
    host: Path
    opregion: bytes
    report: dict
    screen: str

    def shown(self, address, name):
        """A file of a PCI device in the first level's sysfs."""
        return (self.host / "sys/bus/pci/devices" / address / name).read_bytes()

    @property
    def rom(self):
        """The option ROM that Linux hands out for the device."""
        return self.shown("0000:00:02.0", "rom")

    @property
    def lpc(self):
        """ "vendor:device" at 00:1f.0 in Linux."""
        return ":".join(self.shown("0000:00:1f.0", name).decode().strip().removeprefix("0x")
                        for name in ("vendor", "device"))


def nest(out, cache, kernel, folder, iommu, bdsm, second, opregion, **machine):
    """Starts $(CACHE)/linux-KERNEL in a Machine of these fields, and in it a machine with the
    firmware image second. bdsm: the offset of the device's BDSM. Returns a Nested."""
    iommu = IOMMUS[iommu]
    files = {path[1:]: Path(path).read_bytes() for path in QEMU_FILES} | libraries(QEMU)
    files |= {"second/bios.bin": second.read_bytes(),
              "second/guest.img": (out / "tests/guest/probe.img").read_bytes()}
    (folder / "second").mkdir(parents=True, exist_ok=True)
    (folder / "second/firmware.log").unlink(missing_ok=True)
    result, linux = boot(
        cache, kernel, folder, append=f"{iommu.append} igd_bytes={len(opregion)}",
        load=(*iommu.load, "vfio_pci", "vfio_iommu_type1"), init=INIT, files=files,
        extra=["-device", iommu.device, "-serial", "file:{folder}/second/firmware.log"],
        out=out, machine=iommu.machine, opregion=opregion, **machine)
    (folder / "initramfs").unlink()     # it is large
    inner = Result(folder / "second", result.status, linux.console)

    found = re.search(r"^== opregion\n((?:[0-9a-f]+\n)*)== end$", linux.console, re.M)
    seen, inside = linux.started, inner.guest.config
    return Nested(
        Level(result, linux.e820, seen and seen.dword(ASLS), seen and seen.dword(bdsm)),
        Level(inner, inner.e820, inside.get(ASLS), inside.get(bdsm)), linux,
        recorded(cache, kernel, folder) if linux.done else folder / "none",
        bytes.fromhex(found[1]) if found else b"", result.report, result.screen)
