# SPDX-License-Identifier: LGPL-3.0-only
"""One text file with what a report of success or failure needs (docs/hardware.md), and without what
tells whose machine it is, unless that is asked for."""
# Copyright (C) 2026 The seabios-igd authors
#
# What goes in is listed, so that nothing else does. What could still be hidden in it, in a line of
# the log for instance, is struck out.

import datetime
import re

from . import doctor, log
from .host import DEVICES

# Fields of DMI that many machines have in common; serial numbers and UUIDs are others.
DMI = ("sys_vendor", "product_name", "board_name", "bios_version", "bios_date")
# Kernel parameters that matter; others may name disks and networks.
PARAMETERS = re.compile(r"(?:intel_iommu|iommu|vfio|i915|xe|video|pci|kvm|module_blacklist"
                        r"|modprobe\.blacklist|initcall_blacklist)\b")
# SeaBIOS's lines beside ours. What it says of disks has their serial numbers.
LINES = re.compile(r"igd: |vbios: |SeaBIOS \(version |BUILD: |Found QEMU|Running on |RamSize"
                   r"|PCI: |e820 map has|  \d+: \w{16} - \w{16} = |Scan for VGA|Turning on vga"
                   r"|Found option rom|Running option rom|In resume")
PRIVATE = (re.compile(r"\b(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}\b", re.I),
           re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I))
STRUCK = "(struck out)"
HEAD = """\
seabios-igd report

Please fill in what is in <brackets>, look through the rest, and send it as docs/hardware.md says.
{privacy}

{row}

what was done, and what was seen: <text mode? boot loader? driver? after sleep? code 43?>"""
PLAIN = ("It has no serial numbers, MAC addresses and EDIDs, and of the firmware's log the lines "
         "that matter.")
ALL = "It has all of the firmware's log and the displays' EDIDs: serial numbers may be in both."


def plain(text, _level):
    """Text without colours."""
    return text


def last_boot(text):
    """The part of a firmware log from its last boot on, with the line that names the version."""
    lines = text.splitlines()
    start = max((i for i, line in enumerate(lines) if line.startswith(log.BANNER)), default=0)
    return lines[max(start - 1, 0):]


def firmware_version(lines):
    found = re.search(r"SeaBIOS \(version ([^)]+)\)", "\n".join(lines))
    return found[1] if found else "<version>"


def versions(host, facts, lines):
    release = host.text("etc/os-release") or ""
    name = re.search(r'^PRETTY_NAME="?([^"\n]*)', release, re.M)
    parameters = [text for text in facts.parameters if PARAMETERS.match(text)]
    firmware = firmware_version(lines) if lines else "no log was given (--log FILE)"
    return [f"host      {name[1] if name else 'not known'}",
            f"kernel    {facts.kernel or 'not known'}",
            f"          {' '.join(parameters) or 'no parameters that matter'}",
            f"QEMU      {'%d.%d' % facts.qemu if facts.qemu else 'not found'}",
            f"firmware  {firmware}"] + [
                f"{field:13} {text}" for field in DMI
                if (text := host.text(f"sys/class/dmi/id/{field}"))]


def number(value):
    return "not readable" if value is None else f"{value:#x}"


def device(host, facts):
    """The IGD's ids and registers, and the ids of the bridges that drivers look at."""
    if not facts.igd:
        return ["there is no Intel display device"]
    lines = [f"{facts.family.name}, Gen{facts.family.gen}",
             f"GGC {number(facts.ggc)}  BDSM {number(facts.bdsm)}"
             + (f"  its upper half {number(facts.bdsm_high)}" if facts.family.gen >= 11 else "")
             + f"  ASLS {number(facts.asls)}"]
    for address in (facts.igd.address, "0000:00:00.0", "0000:00:1f.0"):
        ids = [host.text(f"{DEVICES}/{address}/{name}") or "none" for name in
               ("vendor", "device", "class", "revision", "subsystem_vendor", "subsystem_device")]
        lines.append(f"{address}  " + " ".join(ids))
    return lines


def edids(host):
    """{connector: bytes} of the displays that are connected."""
    return {name: data for name in host.names("sys/class/drm")
            if (data := host.data(f"sys/class/drm/{name}/edid"))}


def row(facts, lines):
    """The line for the table in docs/hardware.md."""
    gpu = f"{facts.family.name}, {facts.igd.device:04x}, Gen{facts.family.gen}" if facts.igd \
        else "<id>"
    qemu = "%d.%d" % facts.qemu if facts.qemu else "<QEMU>"
    return (f"| {datetime.date.today()} | {gpu} | {facts.kernel or '<kernel>'}, {qemu} "
            f"| <wish>, <guest> | {firmware_version(lines)} | <works / does not, what> | <link> |")


def write(host, facts, text, private):
    """The report. text: the firmware's log, None if there is none. private: what is left out
    otherwise shall be in it."""
    lines = last_boot(text) if text is not None else []
    told = log.read("\n".join(lines))
    kept = lines if private else [line for line in lines if LINES.match(line)]
    parts = {"versions": versions(host, facts, lines), "device": device(host, facts),
             "igd doctor": doctor.as_text(doctor.examine(facts), plain)}
    if text is not None:
        title = "the firmware's log, last boot" + ("" if private else ", lines that matter")
        parts |= {"igd log": log.as_text(told, plain), title: kept}
    if private:
        parts |= {f"EDID of {name}": [data.hex()] for name, data in edids(host).items()}
    out = HEAD.format(privacy=ALL if private else PLAIN, row=row(facts, lines)) + "\n"
    for title, part in parts.items():
        out += f"\n== {title}\n" + "".join(line.rstrip() + "\n" for line in part)
    for pattern in () if private else PRIVATE:
        out = pattern.sub(STRUCK, out)
    return out
