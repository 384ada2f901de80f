# SPDX-License-Identifier: LGPL-3.0-only
"""Starts a guest with a QEMU command line that is meant for a real host, on the simulated IGD."""
# Copyright (C) 2026 The seabios-igd authors

import re
import shlex
import subprocess

from machine import EXIT_GUEST_DONE, QEMU, Machine
from opregion import opregion, vbt
from vbios_rom import stand_in

HOST = re.compile(r"host=(?:0000:)?00:02\.0")
# Options whose value is one of the host's, and what takes their place here.
HERE = {"-cpu": [], "-vnc": ["-display", "none"]}


def starts(arguments, out, folder):
    """Asserts that a guest starts and that the firmware finds no error. arguments: without the
    program."""
    machine = Machine(out=out, firmware=out / "build/igd-256k/bios.bin", via="qemu",
                      opregion=opregion(vbt("MAILBOX4", 0x10CC)), rom=stand_in(out, lpc=0xA305))
    # The simulated device, and what vfio-pci looks for; this command line is not used.
    _, environment = machine.command(folder)
    log = folder / "firmware.log"
    args, values = [QEMU, "-no-user-config"], iter(arguments)
    for value in values:
        if value in HERE:
            args += HERE[value]
            next(values)
        elif value == "-bios":
            args += [value, str(machine.firmware)]
            next(values)
        elif value == "-drive":
            next(values)
        else:
            value = HOST.sub(f"sysfsdev={folder}/sysfs0", value.replace("accel=kvm", "accel=tcg"))
            value = re.sub(r"(?<=path=)\S+firmware\.log", str(log), value)
            args.append(value.replace("mon:stdio", f"file:{folder}/serial.log"))
    if "-bios" not in args:
        args += ["-bios", str(machine.firmware)]
    if "-display" not in args:
        args += ["-display", "none"]
    if not any("iobase=0x402" in value for value in args):
        args += ["-chardev", f"file,id=debug,path={log}",
                 "-device", "isa-debugcon,iobase=0x402,chardev=debug"]
    args += ["-device", "isa-debug-exit,iobase=0xf4,iosize=1", "-drive",
             f"file={out}/tests/guest/probe.img,format=raw,if=ide,snapshot=on"]
    (folder / "command").write_text(shlex.join(args) + "\n")
    done = subprocess.run(args, env=environment, capture_output=True, text=True, check=False,
                          timeout=120)
    assert done.returncode == EXIT_GUEST_DONE, \
        f"expected exit code {EXIT_GUEST_DONE}, got {done.returncode}\n{shlex.join(args)}\n" \
        f"{done.stderr}"
    said = re.findall(r"^igd: (.*)", log.read_text(errors="replace"), re.M)
    errors = [line for line in said if line.startswith("error")]
    assert said and not errors, f"expected no error, got {errors or said}; {folder}"


def of_proxmox(lines):
    """The arguments that Proxmox VE makes of lines for a pc, by our reading of its manual."""
    assert set(lines) == {"args", "bios", "cpu", "hostpci0", "machine", "memory", "tablet", "vga"}
    assert (lines["machine"], lines["bios"], lines["vga"]) == ("pc", "seabios", "none")
    host, legacy = lines["hostpci0"].split(",")
    assert (host, legacy) == ("0000:00:02.0", "legacy-igd=1")
    return ["-nodefaults", "-vga", "none", "-machine", "pc,accel=kvm", "-cpu", lines["cpu"],
            "-m", lines["memory"],
            "-device", "piix3-usb-uhci,id=uhci,bus=pci.0,addr=0x1.0x2", "-device",
            f"vfio-pci,host={host},id=hostpci0,bus=pci.0,addr=0x2,x-vga=on",
            *shlex.split(lines["args"])]
