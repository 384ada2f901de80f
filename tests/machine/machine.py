# SPDX-License-Identifier: LGPL-3.0-only
"""Starts one machine: QEMU, a firmware image, the simulated IGD and the probe guest, and gives
back what each of them saw. Used by the machine tests, scripts/run and scripts/bench."""
# Copyright (C) 2026 The seabios-igd authors

import functools
import json
import os
import re
import shlex
import shutil
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

QEMU = os.environ.get("QEMU", "qemu-system-x86_64")
# isa-debug-exit: (EXIT_VALUE of guest/boot.inc << 1) | 1.
EXIT_GUEST_DONE = 0x21
DEBUG_PORT = 0x402
# Of a boot sector: where its AA55h is.
SIGNATURE = 510

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30
PAGE = 4096
# Of the device's configuration space.
ASLS, BDSM, BDSM64 = 0xFC, 0x5C, 0xC0
BDSM_TRIAL = 16 * MIB   # how the value that BDSM is tried with differs from its first one
RAM, RESERVED, ACPI, NVS = 1, 2, 3, 4
E820_TYPES = {1: "RAM", 2: "RESERVED", 3: "ACPI", 4: "NVS", 5: "UNUSABLE"}


@functools.cache
def qemu_full_version():
    """The version of the QEMU that is run, as text."""
    done = subprocess.run([QEMU, "--version"], capture_output=True, text=True, check=True)
    return re.search(r"version (\S+)", done.stdout)[1]


def qemu_version():
    """(major, minor) of the QEMU that is run."""
    return tuple(map(int, qemu_full_version().split(".")[:2]))


# High bytes of the device ids that QEMU 10.0's igd_gen() knows: up to Gen12, without Meteor Lake.
QEMU_10_KNOWS = (0x01, 0x04, 0x0A, 0x0C, 0x0D, 0x0F, 0x16, 0x19, 0x22, 0x31, 0x3E, 0x45, 0x46, 0x4C,
                 0x4E, 0x59, 0x5A, 0x87, 0x8A, 0x9A, 0x9B, 0xA7)


def may_use_kvm():
    """Whether KVM is open to this user. Some KVMs do not run firmware, though."""
    return os.access("/dev/kvm", os.R_OK | os.W_OK)


def e820_type(e820, start, size):
    """The one type that all of [start, start + size) has in a memory map, else None."""
    types, at = set(), start
    for base, length, kind in sorted(e820):
        if base <= at < base + length:
            types.add(kind)
            at = base + length
        if at >= start + size:
            return types.pop() if len(types) == 1 else None
    return None


@dataclass
class Machine:
    """What to start. Sizes are in bytes.

    opregion and stolen are the content of etc/igd-opregion and etc/igd-bdsm-size (None: no such
    file), base that of etc/igd-stolen-base. via="fw_cfg" hands the first two to the firmware
    directly (QEMU's -fw_cfg), for any value, with legacy mode off;
    via="qemu" gives the OpRegion to the device and leaves both files to QEMU's igd.c.
    """
    out: Path                       # the Makefile's OUT
    firmware: Path
    machine: str = "pc"
    accel: str = "tcg"              # kvm, or tcg with properties
    memory: str = "1G"
    device: int | None = 0x3E92     # PCI device id; None: no IGD
    class_code: int = 0x0300
    address: str = "2.0"
    second: str | None = None       # address of a second IGD
    opregion: bytes | None = None
    stolen: bytes | None = None
    base: bytes | None = None
    via: str = "fw_cfg"
    rom: bytes | None = None        # option ROM, and where the firmware shall find it:
    rom_from: str = "bar"           # bar, romfile, fw_cfg, vgaroms or genroms
    any_lpc: bool | None = None     # the ROM may run with any LPC bridge; None: unless QEMU gives
                                    # it the host's ids
    sim: dict = field(default_factory=dict)    # further keys of tests/sim/igd_sim.h
    guest: str = "probe"            # tests/machine/guest; suspend is woken whenever it sleeps
    orders: bytes = b""             # what the guest is to do, at the end of its boot sector
    disk: str = "ide"               # ide, or ramdisk: in fw_cfg, read without any waiting
    kernel: Path | None = None      # started by QEMU's -kernel in place of guest; woken likewise
    options: str = ""               # further properties of the vfio-pci device
    extra: list = field(default_factory=list)  # further arguments for QEMU, {folder} filled in
    expect_stolen: int = 0          # what the simulated device shall find
    size_in_ggc: bytes | None = None    # what GGC says, as in etc/igd-bdsm-size
    timeout: float = 60

    @property
    def qemu_gives_size(self):
        """Whether this QEMU adds etc/igd-bdsm-size itself, from GGC, and refuses a second one."""
        return qemu_version() == (10, 0) and self.device is not None \
            and self.class_code == 0x0300 and self.device >> 8 in QEMU_10_KNOWS

    def command(self, folder):
        """Writes what QEMU needs into folder, and the command line; returns (arguments,
        environment)."""
        folder.mkdir(parents=True, exist_ok=True)
        for stale in ("report.json", "screen.txt", "screen.png", "opregion.dump", "firmware.log",
                      "monitor.log"):
            (folder / stale).unlink(missing_ok=True)
        args = [QEMU, "-machine", self.machine, "-accel", self.accel, "-m", self.memory,
                "-nodefaults", "-no-user-config", "-display", "none", "-vga", "none",
                "-bios", str(self.firmware),
                "-chardev", f"file,id=debug,path={folder}/firmware.log",
                "-device", f"isa-debugcon,iobase={DEBUG_PORT:#x},chardev=debug",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=1"]
        guest = self.out / f"tests/guest/{self.guest}.img"
        if self.guest == "reset":
            args += ["-device", "pvpanic"]
        if self.orders:
            image = bytearray(guest.read_bytes())
            image[SIGNATURE - len(self.orders):SIGNATURE] = self.orders
            guest = folder / "guest.img"
            guest.write_bytes(image)
        if self.kernel:
            args += ["-kernel", str(self.kernel)]
        elif self.disk == "ide":
            args += ["-drive", f"file={guest},format=raw,if=ide,snapshot=on"]
        else:
            # SeaBIOS takes it for a floppy by its size.
            (folder / "floppy.img").write_bytes(guest.read_bytes().ljust(1440 << 10, b"\0"))
            args += ["-fw_cfg", f"name=floppyimg/probe,file={folder}/floppy.img"]
        any_lpc = self.any_lpc
        if any_lpc is None:
            any_lpc = self.via == "fw_cfg" or not self.machine.startswith("pc")
        if self.rom is not None and any_lpc:
            args += ["-fw_cfg", "name=opt/org.seabios/igd-any-lpc,string=1"]
        files = {"etc/igd-stolen-base": self.base}
        if self.via == "fw_cfg":
            files |= {"etc/igd-opregion": self.opregion, "etc/igd-bdsm-size": self.stolen}
            if self.qemu_gives_size and self.stolen == self.size_in_ggc:
                del files["etc/igd-bdsm-size"]
        for name, data in files.items():
            if data is not None:
                path = folder / name.replace("/", "-")
                path.write_bytes(data)
                args += ["-fw_cfg", f"name={name},file={path}"]
        (folder / "zeros").write_bytes(bytes(8))
        args += [argument.replace("{folder}", str(folder)) for argument in self.extra]
        environment = dict(os.environ)
        if self.device is not None:
            args += self._rom(folder) + self._devices(folder)
            environment |= {"LD_PRELOAD": str(self.out / "tests/igd-sim.so"),
                            "IGD_SIM": str(folder / "sim.cfg")}
        added = [f"{key}={environment[key]}" for key in ("LD_PRELOAD", "IGD_SIM")
                 if key in environment]
        (folder / "command").write_text(shlex.join(added + args) + "\n")
        return args, environment

    def _rom(self, folder):
        if self.rom is None:
            return []
        path = folder / "option.rom"
        path.write_bytes(self.rom)
        # QEMU wants a comma in a value doubled.
        name = {"fw_cfg": f"pci8086,,{self.device:04x}.rom", "vgaroms": "vgaroms/igd.rom",
                "genroms": "genroms/igd.rom"}
        if self.rom_from not in name:
            return []
        return ["-fw_cfg", f"name={name[self.rom_from]},file={path}"]

    def _devices(self, folder):
        keys = {"device": f"{self.device:#06x}", "class": f"{self.class_code:#06x}",
                "hostbridge": "8086:3ec2:07:1043:8694", "lpc": "8086:a305:10:1043:8694",
                "report": folder / "report.json", "screen": folder / "screen",
                "opregion_dump": folder / "opregion.dump",
                "expect_stolen_bytes": self.expect_stolen}
        if self.rom is not None and self.rom_from == "bar":
            keys["rom"] = folder / "option.rom"
        options = self.options
        if self.via == "fw_cfg" and qemu_version() >= (10, 0):
            options += ",x-igd-legacy-mode=off"
        if self.rom is not None and self.rom_from == "romfile":
            options += f",romfile={folder}/option.rom"
        if self.opregion:
            (folder / "opregion.bin").write_bytes(self.opregion)
            keys["expect_opregion"] = folder / "opregion.bin"
            if self.via == "qemu":
                keys["opregion"] = folder / "opregion.bin"
        keys |= self.sim
        (folder / "sim.cfg").write_text(
            "".join(f"{key} = {value}\n" for key, value in keys.items() if value is not None))
        args = []
        for number, address in enumerate(filter(None, (self.address, self.second))):
            # What vfio-pci looks for in sysfs; the group's folder need not be there.
            sysfs = folder / f"sysfs{number}"
            sysfs.mkdir(exist_ok=True)
            for link, target in (("iommu_group", "/nonexistent/iommu_groups/7"),
                                 ("subsystem", "/sys/bus/pci")):
                if not (sysfs / link).is_symlink():
                    (sysfs / link).symlink_to(target)
            args += ["-device", f"vfio-pci,sysfsdev={sysfs},addr={address}{options}"]
        return args

    def run(self, folder):
        """Runs the machine until the guest ends it. Everything is kept in folder."""
        folder = Path(folder).resolve()
        args, environment = self.command(folder)
        monitored = self.guest != "probe" or self.kernel
        if monitored:
            # Stopped until the monitor listens: before that, events are lost.
            args += ["-S", "-qmp", "stdio"]
        with open(folder / "qemu.log", "w", encoding="utf-8") as log, \
                open(folder / "monitor.log", "w", encoding="utf-8") as monitor, \
                subprocess.Popen(args, env=environment, text=True, stdin=subprocess.PIPE,
                                 stdout=subprocess.PIPE, stderr=log) as process:
            late = threading.Timer(self.timeout, process.kill)
            late.start()
            for event in process.stdout:
                monitor.write(event)
                for command in answer(json.loads(event)) if monitored else ():
                    process.stdin.write(json.dumps({"execute": command}) + "\n")
                process.stdin.flush()
            status = process.wait()
            late.cancel()
        return Result(folder, status, (folder / "qemu.log").read_text(errors="replace"))


def answer(event):
    """The commands that QEMU's monitor is to be given after an event so that a stopped machine
    starts, is woken when its guest has suspended to RAM, and is reset when its guest says so to
    the pvpanic device, which does no more than tell the monitor."""
    if "QMP" in event:
        return ["qmp_capabilities", "cont"]
    return {"SUSPEND": ["system_wakeup"], "GUEST_CRASHLOADED": ["system_reset"]}.get(
        event.get("event"), [])


class Answer(NamedTuple):
    """What INT 15h returned."""
    carry: int
    ax: int
    bx: int
    cx: int
    dx: int


@dataclass
class Memory:
    """What a guest was told of its memory (guest/report.inc); empty, None: nothing.

    e820      [(start, bytes, type)] from INT 15h E820h, called with a buffer of 20 bytes
    e820_24   the same with 24 bytes
    int15     {AX: Answer}: E801h, 8800h, 8A00h; E820h with a buffer of 19 bytes, which are too few
    int12     KiB
    cmos      {index: byte}: 15h to 18h, 30h, 31h, 34h, 35h, 5Bh to 5Dh
    """
    e820: list
    e820_24: list
    int15: dict
    int12: int | None
    cmos: dict


@dataclass
class Seen:
    """What the guest reported at one time.

    config    {offset: value} of the dwords that it read at 00:02.0
    memory    a Memory
    pm1a      ACPI's PM1a_CNT; FFFFh: nothing is there; None: not reported
    """
    config: dict
    memory: Memory
    pm1a: int | None


def without_trials(writes):
    """config_writes of a report without those by which the firmware tries whether BDSM keeps what
    it has: another address, and at once the first value again."""
    kept = []
    for write in writes:
        if kept and write["offset"] in (BDSM, BDSM64) and write["offset"] == kept[-1]["offset"] \
                and write["resets"] == kept[-1]["resets"] \
                and write["value"] ^ kept[-1]["value"] == BDSM_TRIAL:
            kept.pop()
        else:
            kept.append(write)
    return kept


class Result:
    """What a run left behind.

    status    QEMU's exit status, negative when it ran into the timeout
    log       the debug port: firmware and guest, as text
    runs      [{what: the rest of the line}] of what the stand-in VBIOS reported (tests/vbios), one
              for each time that it ran
    vbios     the last of them, {} if there is none
    igd       the firmware's lines that start with "igd: ", without that prefix
    guest     what the guest saw at its start, a Seen
    e820      the memory map in it
    woken     [Seen] of what it saw whenever it was woken
    resets    why QEMU's monitor says that the machine was reset, one word for each time
    report    the simulated device's report (tests/sim/igd_sim.h), None without a device
    config_writes
              the report's, without trials of BDSM
    screen    the text on the simulated monitor
    opregion  guest memory at ASLS, whole pages; None where ASLS points at no memory
    """

    def __init__(self, folder, status, stderr):
        self.folder, self.status, self.stderr = folder, status, stderr
        self.log = self._text("firmware.log")
        self.runs = [dict(re.findall(r"^vbios: (mmio bdsm|pmio bdsm|\S+) ?(.*)$", run, re.M))
                     for run in re.split(r"^(?=vbios: tsc )", self.log, flags=re.M)[1:]]
        self.vbios = self.runs[-1] if self.runs else {}
        self.igd = re.findall(r"^igd: (.*)$", self.log, re.M)
        self.guest = next(self._reported("guest"), Seen({}, Memory([], [], {}, None, {}), None))
        self.e820 = self.guest.memory.e820
        self.woken = list(self._reported("woken"))
        self.resets = re.findall(r'"event": "RESET", .*"reason": "([^"]+)"',
                                 self._text("monitor.log"))
        report = self._text("report.json")
        self.report = json.loads(report) if report else None
        self.config_writes = without_trials(self.report["config_writes"]) if report else []
        self.screen = self._text("screen.txt")
        dump = folder / "opregion.dump"
        self.opregion = dump.read_bytes() if dump.exists() else None

    def _reported(self, who):
        """A Seen for each report by who."""
        for text in re.split(rf"^(?={who}: config 5c )", self.log, flags=re.M)[1:]:
            def lines(name, text=text):
                found = re.findall(rf"^{who}: {name}((?: [0-9a-f]+)+)$", text, re.M)
                return [tuple(int(x, 16) for x in line.split()) for line in found]

            def last(name):
                return ([value for value, in lines(name)] or [None])[-1]

            int15 = {asked: Answer(carry, *(value & 0xFFFF for value in registers))
                     for asked, carry, *registers in lines("int15")}
            memory = Memory(lines("e820"), lines("e820-24"), int15, last("int12"),
                            dict(lines("cmos")))
            yield Seen(dict(lines("config")), memory, last("pm1a"))

    def _text(self, name):
        path = self.folder / name
        return path.read_text(errors="replace") if path.exists() else ""

    def keep_screen(self, out, name):
        """Keeps a screenshot where people look for it."""
        (out / "guests").mkdir(exist_ok=True)
        shutil.copy(self.folder / "screen.png", out / f"guests/{name}.png")

    @property
    def logged_e820(self):
        """The memory map at POST's end, from the log, as e820: it is there without a guest too."""
        entries = re.findall(r"^  \d+: (\w{16}) - (\w{16}) = (\d+) \w+$",
                             self.log.rpartition("e820 map has")[2], re.M)
        return [(int(start, 16), int(end, 16) - int(start, 16), int(kind))
                for start, end, kind in entries]

    @property
    def guest_done(self):
        """Whether the guest got to its end, by its own signal."""
        return self.status == EXIT_GUEST_DONE and "guest: done" in self.log

    def tsc(self, who):
        """The time stamp counter that who ("guest", "vbios") reported at its entry."""
        found = re.search(rf"^{who}: tsc (\w{{16}})$", self.log, re.M)
        return int(found[1], 16) if found else None

    def writes(self, *offsets):
        """Values written to these config registers, in order."""
        return [w["value"] for w in self.config_writes if w["offset"] in offsets]

    def e820_type(self, start, size):
        """The one type that all of [start, start + size) has in the guest's map, else None."""
        return e820_type(self.e820, start, size)
