# SPDX-License-Identifier: LGPL-3.0-only
"""The command line: which subcommands there are, what they print, and their exit codes."""
# Copyright (C) 2026 The seabios-igd authors

import argparse
import json
import os
import re
import sys
from pathlib import Path

from . import command, doctor, log, report, rom, vbt
from .host import Host, gather

EXIT_CODES = """exit codes:
  0  done, and nothing stands in the way
  1  done, and something does: an error, a refused file, a missing condition
  2  not done: wrong usage, or a file that cannot be read or written"""
ABOUT = """\
Passes an Intel integrated GPU (IGD) through to a guest with seabios-igd: checks the host, writes
QEMU's configuration, and explains firmware logs, OpRegions, VBTs and option ROMs.
Not tested on hardware: its developers have none."""
COLOURS = {"error": 31, "missing": 31, "warning": 33, "note": 36, "ok": 32}
# Installed it lies beside igd_host.
INSTALLED = Path(__file__).resolve().parents[1] / "seabios.bin"
FIRMWARE = str(INSTALLED) if INSTALLED.exists() else "/usr/share/seabios-igd/seabios.bin"
LOG = "/var/log/igd-firmware.log"
NO_VBIOS = "run it as root. There is a VBIOS only on hosts that start as a legacy BIOS (CSM) " \
    "with the IGD as first display; else take it from the vendor's firmware image, for romfile="
# The firmware has room for an OpRegion and SeaBIOS then.
LEAST_MB = 64
# No log, OpRegion or option ROM is larger; /dev/zero is.
FILE_BYTES = 64 << 20


class Failure(Exception):
    """The subcommand cannot do its job; exit code 2."""


def paint(text, level):
    """A text in the colour of a level, if standard output is a terminal (https://no-color.org)."""
    if level not in COLOURS or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\033[{COLOURS[level]}m{text}\033[0m"


def read_file(path):
    try:
        with open(path, "rb") as file:
            data = file.read(FILE_BYTES + 1)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error
    if len(data) > FILE_BYTES:
        raise Failure(f"{path}: more than {FILE_BYTES >> 20} MiB: this is another kind of file")
    return data


def read_log(path):
    """The text of a firmware log. A guest may write what it likes to the debug port, and a terminal
    does what control characters tell; zeros are where QEMU wrote on after somebody had cut it."""
    text = read_file(path).decode(errors="replace").replace("\0", "").replace("\r\n", "\n")
    return re.sub(r"[^\n\x20-\x7e]", ".", text)


def print_json(value):
    print(json.dumps(value, indent=2))


def print_findings(found):
    if found:
        print("the firmware's log would say")
    for finding in found:
        print("  " + paint(finding.text, finding.level))


def has_errors(found):
    return any(finding.level == "error" for finding in found)


def run_decode(args):
    region, table, found = vbt.read(read_file(args.file))
    if args.json:
        print_json(vbt.as_json(region, table, found))
    else:
        for line in vbt.as_text(region, table):
            print(line)
        print_findings(found)
        if not table and not found:
            print(paint("error: no VBT: the file is cut", "error"))
    return int(has_errors(found) or not table)


def write_file(path, data):
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error


def run_rom(args):
    data = read_file(args.file)
    report = rom.examine(data, args.device)
    if args.fix and report.fixed is None:
        raise Failure(f"{args.file} cannot be mended: {report.found[-1].text}")
    if args.fix:
        write_file(args.fix, report.fixed)
    if args.json:
        print_json(rom.as_json(data, report))
        return int(has_errors(report.found))
    for line in rom.as_text(data, report):
        print(line)
    print_findings(report.found)
    if args.fix:
        print(f"mended copy: {args.fix}")
    return int(has_errors(report.found))


def the_igd(host, address=None):
    """The device that is meant: that at an address, or the host's IGD."""
    igds = host.igds()
    found = [device for device in igds if address in (None, device.address)]
    if not found:
        others = ", ".join(device.address for device in igds)
        raise Failure("there is no Intel display device" + (f" at {address}" if address else "")
                      + (f"; there is one at {others}" if others else
                         "; igd doctor says what to do"))
    return found[0]


def the_host(args):
    """The Host below --root."""
    host = Host(args.root)
    if not host.exists("sys/bus/pci"):
        raise Failure(f"{args.root}: no sys/bus/pci is in it; --root names the folder that a host's"
                      " sys and proc are in")
    return host


def run_dump_vbios(args):
    igd = the_igd(the_host(args), args.address)
    try:
        data = igd.read_rom()
    except OSError as error:
        raise Failure(f"{igd.folder}/rom: {error.strerror}; {NO_VBIOS}") from error
    if not data:
        raise Failure(f"{igd.folder}/rom is empty; {NO_VBIOS}")
    write_file(args.file, data)
    report = rom.examine(data, igd.device)
    for line in rom.as_text(data, report):
        print(line)
    print_findings(report.found)
    print(f"written as it was read: {args.file}")
    return int(has_errors(report.found))


def run_log(args):
    told = log.read(read_log(args.file))
    if args.json:
        print_json(log.as_json(told))
    else:
        for line in log.as_text(told, paint):
            print(line)
    return int(log.troubles(told))


def look(args):
    """(Host, Facts); a host without an IGD has Facts, too."""
    host = the_host(args)
    igd = the_igd(host, args.address) if args.address or host.igds() else None
    return host, gather(host, igd, args.qemu)


def run_doctor(args):
    checks = doctor.examine(look(args)[1])
    if args.json:
        print_json(doctor.as_json(checks))
    else:
        for line in doctor.as_text(checks, paint):
            print(line)
    return int(any(check.state == doctor.MISSING for check in checks))


def run_report(args):
    host, facts = look(args)
    text = read_log(args.log) if args.log else None
    write_file(args.file, report.write(host, facts, text, args.private).encode())
    print(f"written: {args.file}; look through it before you send it (docs/hardware.md)")
    return 0


def make_plan(args):
    """(Plan, what stands in its way, one line each) for the host's IGD."""
    host = the_host(args)
    facts = gather(host, the_igd(host, args.address), args.qemu)
    checks = doctor.examine(facts)
    lines = {check.name: f"{check.title}: {check.found}" for check in checks}
    names = doctor.obstacles(checks, args.wish)
    if args.rom and args.wish != "legacy":
        raise Failure(f"a VBIOS is run for the wish legacy alone, not for {args.wish}")
    found = []
    if args.rom:
        found = rom.examine(read_file(args.rom), facts.igd.device).found
        names = [name for name in names if name not in ("vbios", "generation")]
        if has_errors(found):
            lines["rom"] = f"{args.rom}: {found[-1].text}"
            names.append("rom")
    plan = command.make(facts, args.wish, os.path.abspath(args.firmware), args.memory,
                        os.path.abspath(args.log), args.rom and os.path.abspath(args.rom))
    plan.notes += ["not known: " + lines[name] for name in doctor.unknown(checks, args.wish)]
    plan.notes += [f"{args.rom}: {warning.text}" for warning in found
                   if warning.code == "IGD_WARN_ROM_FAMILY"]
    if not os.path.exists(plan.firmware):
        plan.notes.append(f"{plan.firmware} is not there; --firmware names seabios-igd's image.")
    return plan, [lines[name] for name in names]


def finish_plan(plan, obstacles):
    """Says what else is to be known, where it is in nobody's way; returns the exit code."""
    for note in plan.notes:
        print(f"note: {note}", file=sys.stderr)
    for obstacle in obstacles:
        print(f"in the way: {obstacle} (igd doctor has the cure)", file=sys.stderr)
    return int(bool(obstacles))


def run_command(args):
    plan, obstacles = make_plan(args)
    if args.json:
        arguments = [text for part in command.qemu_arguments(plan, args.qemu) for text in part]
        print_json({"arguments": arguments, "notes": plan.notes, "obstacles": obstacles})
        return int(bool(obstacles))
    print(command.as_command(plan, args.qemu))
    return finish_plan(plan, obstacles)


def run_libvirt(args):
    plan, obstacles = make_plan(args)
    print(command.as_libvirt(plan))
    return finish_plan(plan, obstacles)


def run_proxmox(args):
    plan, obstacles = make_plan(args)
    if plan.rom_file:
        plan.notes.append(f"copy {plan.rom_file} to /usr/share/kvm.")
    if plan.ahci:
        plan.notes.append("the LPC bridge takes the place of the UHCI controller: usb0 and so on "
                          "need an ostype for which Proxmox VE takes XHCI (l26, win8 or newer).")
    print(command.as_proxmox(plan))
    return finish_plan(plan, obstacles)


def hex_id(text):
    """An argument that is a PCI device id."""
    if not re.fullmatch(r"(0x)?[0-9a-f]{1,4}", text.lower()):
        raise argparse.ArgumentTypeError(f"{text!r} is no device id; 3e92 is one")
    return int(text, 16)


def bdf(text):
    """An argument that is a PCI address. IGDs are in the domain 0000."""
    if not re.fullmatch(r"(0000:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]", text.lower()):
        raise argparse.ArgumentTypeError(f"{text!r} is no PCI address; 00:02.0 is one")
    return "0000:" + text.lower().removeprefix("0000:")


def mebibytes(text):
    """An argument that is a guest's memory."""
    if not re.fullmatch(r"[0-9]{1,8}", text) or int(text) < LEAST_MB:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of MiB from {LEAST_MB} on")
    return int(text)


def parser():
    """The argparse parser; the manual page and the completion are made of it, too."""
    raw = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="igd", description=ABOUT, epilog=EXIT_CODES,
                                  formatter_class=raw)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, run, summary, about):
        part = commands.add_parser(name, help=summary, description=about, epilog=EXIT_CODES,
                                   formatter_class=raw)
        part.set_defaults(run=run)
        return part

    def add_json(part):
        part.add_argument("--json", action="store_true", help="print JSON, for programs")

    def add_host(part):
        part.add_argument("--address", metavar="BDF", type=bdf, help="the device's address, \
00:02.0 (default: the first Intel display device)")
        part.add_argument("--root", default="/", metavar="DIR", help="where the host's sys and \
proc are (default: /)")

    def add_qemu(part):
        part.add_argument("--qemu", default="qemu-system-x86_64", metavar="PROGRAM",
                          help="which QEMU it is for (default: qemu-system-x86_64)")

    part = add("doctor", run_doctor, "check what passthrough needs of this host", """\
Checks the host: VT-d and IOMMU, the IGD, its driver and IOMMU group, vfio-pci, display, OpRegion,
VBIOS, stolen memory, address width and QEMU. Says for each what mends it, and in the end which
wishes (see igd command) the host can fulfil. Changes nothing. As root it sees more.""")
    add_host(part)
    add_qemu(part)
    add_json(part)

    wishes = "".join(f"  {wish:8}{about}\n" for wish, (about, _) in doctor.WISHES.items())

    def add_plan(name, run, summary, about):
        part = add(name, run, summary, about + "\n\nwishes:\n" + wishes)
        part.add_argument("wish", metavar="WISH", choices=doctor.WISHES,
                          help="what the guest shall have: " + ", ".join(doctor.WISHES))
        part.add_argument("--firmware", metavar="FILE", default=FIRMWARE,
                          help=f"the image of seabios-igd (default: {FIRMWARE})")
        part.add_argument("--rom", metavar="FILE", help="a VBIOS in place of the host's")
        part.add_argument("--memory", metavar="MIB", type=mebibytes, default=4096,
                          help="the guest's memory in MiB (default: 4096)")
        part.add_argument("--log", metavar="FILE", default=LOG,
                          help=f"where the firmware's log goes (default: {LOG})")
        add_host(part)
        add_qemu(part)
        return part

    add_json(add_plan("command", run_command, "write a QEMU command line", """\
Writes a QEMU command line for the host's IGD. Add the guest's disks, and a keyboard and a mouse
(usb-host). What stands in the way goes to standard error. Afterwards igd log explains the
firmware's log."""))
    add_plan("libvirt", run_libvirt, "write a libvirt domain", """\
Writes a libvirt domain (8.2 or newer) for the host's IGD. Add the guest's disks, and a keyboard and
a mouse, then virsh define. What stands in the way goes to standard error.""")
    add_plan("proxmox", run_proxmox, "write lines for Proxmox VE", """\
Writes lines for a guest's file in /etc/pve/qemu-server. What stands in the way goes to standard
error. Not tried on Proxmox VE.""")

    part = add("log", run_log, "explain a firmware log", """\
Explains the log that seabios-igd writes to the debug port: what was done, what is missing, what
each message means and what to do. Of several boots in one file it takes the last. QEMU writes it:

    -chardev file,id=debug,path=FILE -device isa-debugcon,iobase=0x402,chardev=debug""")
    part.add_argument("file", metavar="FILE", help="the firmware's log")
    add_json(part)

    part = add("decode", run_decode, "show what an OpRegion or a VBT holds", """\
Shows header, mailboxes, VBT, child devices and panel of an OpRegion or VBT, and what the firmware
would log. On a host with i915 both are here, with another card perhaps in dri/1; a VBT that is too
large for the OpRegion's 8 KiB is in the second alone:

    igd decode /sys/kernel/debug/dri/0/i915_opregion
    igd decode /sys/kernel/debug/dri/0/i915_vbt""")
    part.add_argument("file", metavar="FILE", help="the OpRegion or VBT")
    add_json(part)

    part = add("rom", run_rom, "show what an option ROM holds, and mend it", """\
Shows the images of an option ROM (VBIOS): whom they are for, build, VBT, checksum, and whether a
POST has used it and has left a BDSM in it. This firmware sets that BDSM in its own copy as QEMU
wants it. --fix sets it to 0 and mends the checksum, which is for other firmware with QEMU 10.0 and
newer. QEMU 2.6 to 9.2 in legacy mode wants the host's BDSM there.""")
    part.add_argument("file", metavar="FILE", help="the option ROM")
    part.add_argument("--device", type=hex_id, metavar="ID", help="the PCI device id to look \
for, hexadecimal (default: one that the first x86 image is for)")
    part.add_argument("--fix", metavar="COPY", help="write a copy to this file, with no \
saved BDSM and a right checksum")
    add_json(part)

    part = add("dump-vbios", run_dump_vbios, "read the host's VBIOS", """\
Writes the host's VBIOS to a file, for igd rom and for QEMU's romfile=. The kernel gives what is in
memory at C0000h: a shadow that the host's POST has used. igd rom shows it. Needs root.""")
    part.add_argument("file", metavar="FILE", help="where to write it")
    add_host(part)

    part = add("report", run_report, "collect what a report needs", """\
Writes what a report needs to one text file, of success as of failure: versions, the device's ids
and registers, igd doctor, and igd log. No serial numbers, MAC addresses or EDIDs unless --private
asks for them. Sends nothing. As root it sees more. Exit code 0: it is written.""")
    part.add_argument("file", metavar="FILE", help="where to write it")
    part.add_argument("--log", metavar="FILE", help="the firmware's log (default: none)")
    part.add_argument("--private", action="store_true", help="all of the log, and the displays' \
EDIDs, which have serial numbers")
    add_host(part)
    add_qemu(part)
    return top


def main(arguments=None):
    if sys.stdout is None:      # closed: nobody wants to read it
        sys.stdout = open(os.devnull, "w", encoding="utf-8")
    # What its encoding lacks is no reason to stop.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        args = parser().parse_args(arguments)
        status = args.run(args)
        sys.stdout.flush()
        return status
    except Failure as failure:
        print(f"igd: {failure}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130              # as shells have it for SIGINT
    except OSError as error:    # all others are Failures
        # Nothing is to be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0            # the reader has seen enough
        print(f"igd: standard output: {error.strerror}", file=sys.stderr)
        return 2
