# SPDX-License-Identifier: LGPL-3.0-only
"""Starts a Debian kernel in a machine with the simulated IGD, with an initramfs that prints what
Linux found, and returns this. Used by test_linux.py and nested.py."""
# Copyright (C) 2026 The seabios-igd authors

import lzma
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import PurePath

from machine import NVS, RAM, RESERVED, Machine

# What kernels call the types of the memory map, before 7 and since.
E820_NAMES = {"usable": RAM, "System RAM": RAM, "reserved": RESERVED, "device reserved": RESERVED,
              "ACPI NVS": NVS}
# Init prints this in its last line, if it gets so far.
DONE = "== done"
# Written to the screen when Linux is awake again, 80x25 text if the VBIOS set its mode.
AWAKE = "Linux is awake."

# How every process 1 starts. The console is the serial port; the kernel's messages come there, too,
# and stop before a report, so that no line is cut.
PRELUDE = """#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
# Newer kernels print from a thread of their own, which may be in the middle of a line.
silent()
{
    echo 1 > /proc/sys/kernel/printk
    $b sleep 0.3
}
report()
{
    silent
    echo "== $1"
    $b uname -r
    echo "== config"
    $b hexdump -v -e '256/1 "%02x" "\\n"' /sys/bus/pci/devices/0000:00:02.0/config
    echo "== iomem"
    $b cat /proc/iomem
    echo "== memory"
    $b md5sum /filled
    echo "== end"
    echo "$level" > /proc/sys/kernel/printk
}
# Sends what it reads through a serial port.
send()
{
    $b stty -F "$1" raw
    $b cat > "$1"
    # stty waits until all is sent.
    $b stty -F "$1" -echo
}
# Sends what scripts/igd reads of a host: a compressed archive, through the second serial port. The
# files of /sys say that they have 4096 bytes, so it is made of copies.
copy()
{
    [ -d "$1" ] || return
    cd "$1"
    shift
    $b mkdir -p "/record$PWD"
    $b cp -a $* "/record$PWD" 2> /dev/null
}
record()
{
    $b mount -t debugfs debugfs /sys/kernel/debug
    echo 1 > /sys/bus/pci/devices/0000:00:02.0/rom
    copy /proc cmdline cpuinfo
    copy /proc/sys/kernel osrelease
    copy /sys/bus/pci/devices '*'
    copy /sys/bus/pci/drivers/vfio-pci '*:*'
    copy /sys/class/drm 'card*'
    copy /sys/class/iommu '*'
    copy /sys/devices/virtual/dmi/id '*'
    copy /sys/class/dmi id
    copy /sys/firmware/acpi/tables DMAR
    copy /sys/kernel/iommu_groups '*'
    copy /sys/module/vfio_pci/parameters disable_vga
    copy /sys/devices/pci0000:00/0000:00:02.0 rom
    for folder in /sys/devices/pci0000:00/*:*; do
        copy "$folder" vendor device class revision 'subsystem*' config driver iommu iommu_group
    done
    for folder in /sys/class/drm/card*-*; do
        copy "$($b readlink -f "$folder")" edid
    done
    for folder in /sys/class/iommu/*; do
        copy "$($b readlink -f "$folder")" intel-iommu
    done
    for folder in /sys/kernel/debug/dri/*; do
        copy "$folder" i915_opregion i915_vbt
    done
    cd /
    echo 0 > /sys/bus/pci/devices/0000:00:02.0/rom
    $b tar -c -C /record . | $b gzip | send /dev/ttyS1
}
read -r level rest < /proc/sys/kernel/printk
$b dd if=/dev/urandom of=/filled bs=1M count=4 2> /dev/null
# In the order of their names, which is that in which they need each other.
# Options are on the kernel's command line, NAME.OPTION, as for modprobe.
for module in /modules/*; do
    [ -e "$module" ] || continue
    name=${module#*-} options=
    for word in $($b cat /proc/cmdline); do
        [ "${word#${name%.ko}.}" = "$word" ] || options="$options ${word#*.}"
    done
    $b insmod "$module" $options || echo "== no $module"
done
"""

# What runs as process 1. "igd_sleep=1" on the kernel's command line becomes a variable of ours.
INIT = PRELUDE + f"""
if [ -c /dev/fb0 ]; then
    # No cursor: it is nobody's character.
    $b printf '\\033[?25l\\033[H\\033[2J' > /dev/tty1
    {{
        $b dmesg | $b grep -v -e "drm:" -e "device info" -e infoframe -e ":   " \
            | $b grep -e i915 -e "Intel graphics"
        $b grep -e ACPI -e 00:02.0 -e "Graphics Stolen" /proc/iomem
        $b uname -sr
    }} > /dev/tty1
    silent
    echo "== screen"
    $b hexdump -v -e '128/1 "%02x" "\n"' /dev/vcs1
    echo "== end"
    echo "$level" > /proc/sys/kernel/printk
fi
report started
[ ! -d /sys/module/i915 ] || record
if [ -n "$igd_sleep" ]; then
    echo "== mem_sleep $($b cat /sys/power/mem_sleep)"
    echo mem > /sys/power/state
    slept=$?
    echo "{AWAKE}" > /dev/tty1
    report woken
    echo "== slept $slept"
fi
echo "{DONE}"
# An end without driver's or device's shutdown: the screen stays as it is.
echo b > /proc/sysrq-trigger
"""


def modules(unpacked, *names):
    """These modules of an unpacked kernel and all that they need, in the order in which they are
    to be loaded: [(name, content)]. Names have '_' where files may have '-'. A module without a
    file is taken for built in."""
    files = {path.name.partition(".")[0].replace("-", "_"): path
             for path in unpacked.rglob("*.ko*")}
    found = {}

    def need(name):
        if name in found or name not in files:
            return
        content = files[name].read_bytes()
        if files[name].suffix == ".xz":
            content = lzma.decompress(content)
        for other in re.search(rb"\0depends=([^\0]*)\0", content)[1].decode().split(","):
            need(other.replace("-", "_"))
        found[name] = content

    for name in names:
        need(name)
    return list(found.items())


def initramfs(files):
    """A cpio archive (newc: Linux, Documentation/driver-api/early-userspace/buffer-format.rst)
    with files, {path without the first slash: content}, their folders, and those and the device
    that are needed before /dev is mounted."""
    archive = bytearray()

    def add(name, mode, data=b"", device=(0, 0)):
        name = name.encode() + b"\0"
        # inode, mode, uid, gid, links, time, size, major and minor of the file system's device and
        # of this, length of the name, sum: not used.
        numbers = (0, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(name), 0)
        archive.extend(b"070701" + b"".join(b"%08x" % number for number in numbers) + name)
        archive.extend(bytes(-len(archive) % 4) + data)
        archive.extend(bytes(-len(archive) % 4))

    folders = {str(parent) for path in files for parent in PurePath(path).parents} - {"."}
    # Sorted: a folder before what it holds.
    for folder in sorted(folders | {"dev", "proc", "sys"}):
        add(folder, stat.S_IFDIR | 0o755)
    add("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
    for path, content in files.items():
        add(path, stat.S_IFREG | 0o755, content)
    add("TRAILER!!!", 0)
    return bytes(archive)


@dataclass
class Report:
    """What Linux saw at one time.

    release   of the kernel
    config    the 256 bytes of 00:02.0
    iomem     /proc/iomem: [(first address, last address, name)], in its order
    memory    a checksum of 4 MiB that were filled at the start
    """
    release: str
    config: bytes
    iomem: list
    memory: str

    def dword(self, offset):
        return int.from_bytes(self.config[offset:offset + 4], "little")

    def claims(self, first, last):
        """The names of what lies in [first, last], or around it, in /proc/iomem."""
        return [name for start, end, name in self.iomem if start <= last and end >= first]


@dataclass
class Linux:
    """What a Linux guest printed.

    console   all of it
    messages  the kernel's, without time stamps
    e820      [(start, bytes, type)] of the map that the firmware gave to the kernel
    reserved  [(first address, last address)] of early-quirks' "Reserving Intel graphics memory"
    screen    the characters of the console if a driver has made it one of 128 columns: a string a
              row
    started, woken
              a Report each, None: there was none
    done      init got to its end
    """
    console: str
    messages: list = field(init=False)

    def __post_init__(self):
        self.console = self.console.replace("\r", "")
        self.messages = re.findall(r"^\[ *\d+\.\d+\] (.*)$", self.console, re.M)
        self.e820 = [
            (int(start, 16), int(last, 16) + 1 - int(start, 16), E820_NAMES.get(kind, kind))
            for start, last, kind in self._found(r"BIOS-e820: \[mem (0x\w+)-(0x\w+)\] +(.+)")]
        self.reserved = [(int(first, 16), int(last, 16)) for first, last in self._found(
            r"Reserving Intel graphics memory at \[mem (0x\w+)-(0x\w+)\]")]
        found = re.search(r"^== screen\n([0-9a-f\n]+)== end$", self.console, re.M)
        self.screen = [bytes.fromhex(row).decode("cp437")
                       for row in found[1].split()] if found else []
        self.started, self.woken = self._report("started"), self._report("woken")
        self.done = re.search(f"^{DONE}$", self.console, re.M) is not None

    def _found(self, pattern):
        return [match.groups() for match in map(re.compile(pattern).search, self.messages) if match]

    def _report(self, when):
        # Nothing here may reach into the next report.
        found = re.search(rf"^== {when}\n(.+)\n== config\n(\w+)\n== iomem\n([^=]+)== memory\n"
                          r"(.+)\n== end$", self.console, re.M)
        if not found:
            return None
        release, config, iomem, memory = found.groups()
        return Report(release, bytes.fromhex(config), [
            (int(first, 16), int(last, 16), name) for first, last, name in re.findall(
                r"^ *(\w+)-(\w+) : (.*)$", iomem, re.M)], memory)


def recorded(cache, kernel, folder):
    """Unpacks what record() of PRELUDE sent in folder, and adds the configuration that the kernel's
    package installs. Returns it as a folder for igd --root."""
    root, unpacked = folder / "host", cache / f"linux-{kernel}"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    subprocess.run(["tar", "-xzf", folder / "host.tar.gz", "-C", root], check=True)
    config, = [*unpacked.glob("boot/config-*"), *unpacked.glob("usr/lib/modules/*/config")]
    # Debian's /lib is a link to /usr/lib.
    place = root / str(config.relative_to(unpacked)).replace("usr/lib/", "lib/")
    place.parent.mkdir(parents=True)
    shutil.copy(config, place)
    return root


def boot(cache, kernel, folder, append="", load=(), init=INIT, files=None, extra=(), **machine):
    """Starts $(CACHE)/linux-KERNEL with further words on its command line, in a Machine of these
    fields with further arguments for QEMU; it loads these modules, runs init and has further files,
    as initramfs() takes them. Waits until it powers off. Returns (Result, Linux)."""
    # Debian's packages have it in /boot up to 13, then among the modules.
    unpacked = cache / f"linux-{kernel}"
    image, = [*unpacked.glob("boot/vmlinuz-*"), *unpacked.glob("usr/lib/modules/*/vmlinuz")]
    folder.mkdir(parents=True, exist_ok=True)
    for stale in ("serial.txt", "host.tar.gz", "initramfs"):
        (folder / stale).unlink(missing_ok=True)
    (folder / "initramfs").write_bytes(initramfs({
        "init": init.encode(), "bin/busybox": (cache / "busybox/bin/busybox").read_bytes(),
        **{f"modules/{i:02}-{name}.ko": content
           for i, (name, content) in enumerate(modules(unpacked, *load))}, **(files or {})}))
    # A panic ends QEMU, as the reset after it is none that -no-reboot allows.
    arguments = ["-initrd", "{folder}/initramfs", "-serial", "file:{folder}/serial.txt",
                 "-serial", "file:{folder}/host.tar.gz", "-no-reboot", "-append",
                 f"console=ttyS0 loglevel=7 panic=-1 no_console_suspend {append}", *extra]
    result = Machine(kernel=image, extra=arguments, **machine).run(folder)
    console = folder / "serial.txt"
    return result, Linux(console.read_text(errors="replace") if console.exists() else "")
