# SPDX-License-Identifier: LGPL-3.0-only
"""The firmware's log: what its lines say, and for people what that means and what cures it."""
# Copyright (C) 2026 The seabios-igd authors

from __future__ import annotations      # "X | None", before Python 3.10

import functools
import re
import textwrap
from dataclasses import dataclass, field

from .texts import PREFIX, Finding, messages, sections

# What SeaBIOS says after each reset, and only then; its version it says once more on the screen.
BANNER = "BUILD: "

# The lines that igd_printf() writes in src/seabios.
HEX = r"0x([0-9a-f]+)"
STATUS = {
    "device": re.compile(r"device (..:..\..) (8086:....) class (....) Gen(\d+) (.+)"),
    "stolen": re.compile(rf"stolen memory at {HEX}-{HEX} RESERVED, BDSM\[{HEX}\] {HEX}, (.+)"),
    "opregion": re.compile(rf"OpRegion (\d+)\.(\d+) size {HEX} mailboxes {HEX}"),
    "vbt": re.compile(rf'VBT "(.*)" at {HEX} size {HEX}'),
    "placed": re.compile(rf"OpRegion at {HEX}-{HEX} NVS, ASLS {HEX}"),
    "boot display": re.compile(r"boot display"),
    "rom": re.compile(rf"option ROM {HEX} bytes from (.+), accepted by (id|list|class)"),
}

HOST_OPREGION = "Look at the host's with: igd decode /sys/kernel/debug/dri/0/i915_opregion"
NEWER_QEMU = "Use QEMU 10.0 or newer."
ROMFILE = "Give the VBIOS as a file: romfile=FILE. igd rom shows what a file holds."
# What each message means, and what to do about it.
EXPLANATIONS = {
    "IGD_ERR_OPREGION_BYTES": ("Drivers map all five mailboxes, 8 KiB; this is less.",
                               HOST_OPREGION),
    "IGD_ERR_OPREGION_LIMIT": ("No OpRegion with its VBT is that large: it is something else.",
                               HOST_OPREGION),
    "IGD_ERR_OPREGION_SIGNATURE": ("It is not an OpRegion.", HOST_OPREGION),
    "IGD_ERR_OPREGION_HEADER": ("Drivers would read behind its end.", HOST_OPREGION),
    "IGD_ERR_OPREGION_ROOM": ("The guest has no memory left for it.",
                              "Give the guest more: 33 MiB and more have room."),
    "IGD_ERR_ASLS": ("The device does not keep the address, so no driver finds the OpRegion.",
                     "QEMU emulates the register with x-igd-opregion=on."),
    "IGD_ERR_STOLEN_FILE": ("Somebody else than QEMU has made this file.",
                            "Remove etc/igd-bdsm-size from -fw_cfg: QEMU makes it itself."),
    "IGD_ERR_STOLEN_LIMIT": ("Its address is a number of 32 bits: it must lie below 4 GiB.",
                             "Ask for less: x-igd-gms=N is N times 32 MiB for most devices."),
    "IGD_ERR_STOLEN_ADDRESS": ("Intel's drivers look for stolen memory at 00:02.0 alone.",
                               "Put the device there: addr=2.0."),
    "IGD_ERR_STOLEN_ROOM": ("It takes RAM below 4 GiB, and there is not enough.",
                            "Give the guest more memory, or less to the IGD with x-igd-gms."),
    "IGD_ERR_STOLEN_UNSET": ("The device says that there is stolen memory, and QEMU does not say "
                             "how much: a VBIOS would overwrite other memory.", NEWER_QEMU),
    "IGD_ERR_BDSM": ("The device does not keep the address of stolen memory: the register is the "
                     "host's, read only.", NEWER_QEMU),
    "IGD_ERR_ROM_SIGNATURE": ("It is not an option ROM, or the ROM BAR is empty.",
                              ROMFILE),
    "IGD_ERR_ROM_PCIR": ("It does not say whom it is for.", ROMFILE),
    "IGD_ERR_ROM_BYTES": ("It is cut, or larger than what SeaBIOS has for option ROMs.", ROMFILE),
    "IGD_ERR_ROM_MATCH": ("It is for other devices, or for EFI alone.", ROMFILE),
    "IGD_ERR_VGA": ("Text mode and the VBIOS need the legacy VGA ranges. The numbers are added up: "
                    "what keeps accesses from the device.",
                    "Start QEMU with x-vga=on. 4, GGC, is the host firmware's doing: make the IGD "
                    "its primary display."),
    "IGD_ERR_NO_DEVICE": ("QEMU gives an OpRegion or stolen memory, but there is no Intel display "
                          "device in the guest.",
                          "Assign the IGD, and give no other device x-igd-* properties."),
    "IGD_WARN_SECOND_DEVICE": ("One Intel display device is set up, this is another one.",
                               "Assign one. A discrete GPU may stay: it needs nothing of us."),
    "IGD_WARN_DEVICE_ID": ("The device is newer than this firmware, which took it for the newest "
                           "it knows.", "Report the id if it works, and if it does not."),
    "IGD_WARN_RVDA": ("The OpRegion points at a VBT in the host's memory. The one in mailbox 4 is "
                      "taken, if there is one.", "Use Linux 5.16 or newer on the host."),
    "IGD_WARN_VBT_MISSING": ("Drivers guess which displays are connected; a laptop's panel may "
                             "stay dark.", HOST_OPREGION),
    "IGD_WARN_VBT_SIZE": ("This VBT is not taken, drivers do not take it either.", HOST_OPREGION),
    "IGD_WARN_VBT_CHECKSUM": ("Most VBTs of real machines have a wrong sum.", "Nothing."),
    "IGD_WARN_VBT_PADDED": ("Behind the VBT there is data that nobody reads.", "Nothing."),
    "IGD_WARN_BAR_HIGH": ("The VBIOS is 16 and 32-bit code and cannot reach the device there.",
                          "Set a smaller aperture in the host's setup."),
    "IGD_WARN_ROM_CHECKSUM": ("The host's POST has changed the image. The guest's copy is mended.",
                              "Nothing."),
    "IGD_WARN_STOLEN_ROUNDED": ("It is reserved in whole MiB.", "Nothing."),
    "IGD_WARN_STOLEN_BASE": ("Stolen memory is elsewhere than on the host. Windows' drivers for "
                             "Gen12 and newer may stop with code 43.",
                             "Give the guest RAM at that address, as the line says."),
    "IGD_WARN_STOLEN_BASE_VALUE": ("No guest can have stolen memory there.",
                                   "Correct what makes etc/igd-stolen-base."),
    "IGD_WARN_STOLEN_BASE_FILE": ("It must be a number of 8 bytes.",
                                  "Correct what makes etc/igd-stolen-base."),
    "IGD_WARN_GMS": ("Drivers would use memory that is not theirs.",
                     "Set x-igd-gms: QEMU then tells the device and the firmware the same."),
    "IGD_WARN_SWITCH": ("The value of a -fw_cfg opt/org.seabios/igd-* switch is not one.",
                        "Write one or two hexadecimal digits, without 0x."),
    "IGD_WARN_ROM_BDSM": ("The host's POST has left the address of its stolen memory in the VBIOS. "
                          "The guest's copy is mended.", "Nothing."),
    "IGD_NOTE_BGSM": ("The register is read only and the host's. Nobody has tried it here with "
                      "Windows.", "Place stolen memory where the host has it, by a QEMU that gives "
                      "etc/igd-stolen-base."),
    "IGD_NOTE_DBUF": ("The host's firmware has left the display buffer on. Nobody has tried it "
                      "here with Windows.", "Let the guest switch its display off and on again."),
    "IGD_NOTE_NO_OPREGION": ("QEMU gives no OpRegion: no driver and no VBIOS has a VBT.",
                             "Start QEMU with x-igd-opregion=on."),
    "IGD_NOTE_NO_STOLEN": ("QEMU does not say how much there is.", NEWER_QEMU),
    "IGD_NOTE_STOLEN_ZERO": ("QEMU says that the device has none, or does not know it.",
                             "If drivers need some, set x-igd-gms."),
    "IGD_NOTE_STOLEN_BASE": ("Where the host has it cannot be read from the device. It matters to "
                             "Windows' drivers for Gen12 and newer.",
                             "A QEMU that gives etc/igd-stolen-base."),
    "IGD_NOTE_GMS": ("More is reserved than drivers use; QEMU before 10.0 adds the GTT's size.",
                     "Nothing."),
    "IGD_NOTE_NO_ROM": ("Without a VBIOS the screen is dark until the OS's driver starts.",
                        ROMFILE + " Without one, a serial line shows the boot loader."),
    "IGD_NOTE_ROM_UNUSED": ("A VBIOS can drive a device of class 0300h at 00:02.0 only.",
                            "Use addr=2.0; make the IGD the host's primary display."),
}

# What cures a condition: QEMU's way is in the log itself.
LIBVIRT = {
    1: "property x-igd-opregion, bool, true", 2: "property x-igd-lpc, bool, true; machine pc",
    3: "<address type='pci' domain='0' bus='0' slot='2' function='0'/>",
    4: "property x-pci-class-code, unsigned, 196608 (QEMU 11.1)",
    5: "property x-vga, bool, true", 6: "<rom file='FILE'/>",
}


@dataclass
class Condition:
    """A row of the table of conditions."""
    number: int
    name: str
    state: str          # ok, missing, not needed, not tried
    needed_by: list     # of Linux, Windows, VBIOS
    cure: str | None    # for QEMU


@dataclass
class Log:
    """What a log says of the last boot in it."""
    boots: int = 0              # how many there are
    status: dict = field(default_factory=dict)      # {a name of STATUS: its fields}
    conditions: list = field(default_factory=list)
    beyond: list = field(default_factory=list)      # what was found beyond them
    found: list = field(default_factory=list)       # Finding
    unknown: list = field(default_factory=list)     # lines that this tool does not know

    @property
    def empty(self):
        return not (self.status or self.conditions or self.found or self.unknown)

    @property
    def missing(self):
        return [row for row in self.conditions if row.state == "missing"]


@functools.cache
def patterns():
    """[(code, regular expression)] of the messages."""
    result = []
    for code, text in messages().items():
        pattern = re.escape(text).replace("%llx", "([0-9a-f]+)").replace("%x", "([0-9a-f]+)")
        result.append((code, re.compile(pattern)))
    return result


def read_message(line):
    """The Finding that a line was made of, or None."""
    for code, pattern in patterns():
        found = pattern.fullmatch(line)
        if found:
            return Finding(code, *(int(number, 16) for number in found.groups()))
    return None


@functools.cache
def table():
    """(head, names of the conditions, states, what is beyond them) of the table."""
    parts = [text.removeprefix(PREFIX) for _, text in sections()["table_parts"]]
    plus = parts.index("+")
    return (parts[0], [re.sub(r"^\d ", "", part).rstrip() for part in parts[1:7]],
            [part.rstrip() for part in parts[7:11]],
            [part.strip(" ,") for part in parts[plus + 1:]])


def read_condition(line):
    """The Condition that a line is, or None."""
    _, names, states, _ = table()
    found = re.fullmatch(rf"(\d) ({'|'.join(map(re.escape, names))}) +({'|'.join(states)})"
                         r"((?: +(?:Linux|Windows|VBIOS))*)(?:; (.+))?", line)
    return found and Condition(int(found[1]), found[2], found[3], found[4].split(), found[5])


def read_line(line, log):
    """Adds what one line, without "igd: ", says to a Log."""
    for name, pattern in STATUS.items():
        found = pattern.fullmatch(line)
        if found:
            log.status[name] = found.groups()
            return
    head, _, _, beyond = table()
    if line == head:
        return
    if condition := read_condition(line):
        log.conditions.append(condition)
    elif finding := read_message(line):
        log.found.append(finding)
    elif line.startswith("+ ") and all(what in beyond for what in line[2:].split(", ")):
        log.beyond += line[2:].split(", ")
    else:
        log.unknown.append(line)


def read(text):
    """The Log of a firmware log's text."""
    log = Log()
    for line in text.splitlines():
        if line.startswith(BANNER):
            log = Log(boots=log.boots + 1)
        elif line.startswith(PREFIX):
            read_line(line.removeprefix(PREFIX).rstrip(), log)
    return log


# --- what people and programs read ------------------------------------------------------------

def done(log):
    """[what the firmware did], as sentences."""
    lines, status = [], log.status
    if "device" in status:
        address, ids, class_code, gen, name = status["device"]
        lines.append(f"set up {name} (Gen{gen}), {ids} class {class_code} at {address}")
    if "opregion" in status:
        major, minor, size, _ = status["opregion"]
        lines.append(f"accepted an OpRegion {major}.{minor} of {int(size, 16)} bytes"
                     + (f' with VBT "{status["vbt"][0]}"' if "vbt" in status else " without VBT"))
    if "placed" in status:
        start, _, asls = status["placed"]
        lines.append(f"put it at {int(start, 16):#x}; ASLS " + (
            "points there" if start == asls else f"points elsewhere, {int(asls, 16):#x}"))
    if "stolen" in status:
        start, end, register, bdsm, why = status["stolen"]
        mib = (int(end, 16) + 1 - int(start, 16)) >> 20
        lines.append(f"reserved {mib} MiB of stolen memory at {int(start, 16):#x} ({why}); BDSM "
                     f"[{register}h] reads {int(bdsm, 16):#x}")
    if "boot display" in status:
        lines.append("made the IGD the boot display")
    if "rom" in status:
        size, source, match = status["rom"]
        lines.append(f"took a VBIOS of {int(size, 16)} bytes from {source}, accepted by {match}")
    return lines + log.beyond


def lacking(log, state):
    """{Linux, Windows or VBIOS: [number of each condition in a state that it needs]}. Nobody whom
    this guest does not have, by the log."""
    return {who: [row.number for row in log.conditions
                  if who in row.needed_by and row.state == state]
            for who in ("Linux", "Windows", "VBIOS")
            if any(who in row.needed_by for row in log.conditions)}


def troubles(log):
    """Whether there is an error, or a condition that is missing, or no word of the firmware."""
    return log.empty or bool(log.missing) or any(f.level == "error" for f in log.found)


def as_json(log):
    """What igd log --json prints."""
    return {"boots": log.boots, "done": done(log),
            "conditions": [vars(row) | {"libvirt": LIBVIRT[row.number]
                                        if row.state == "missing" else None}
                           for row in log.conditions],
            "missing_for": lacking(log, "missing"),
            "not_tried_for": lacking(log, "not tried"), "beyond": log.beyond,
            "findings": [finding.as_json() | dict(zip(("meaning", "cure"),
                                                      EXPLANATIONS[finding.code]))
                         for finding in log.found],
            "unknown": log.unknown}


INDENT = "      "
NOTHING = {
    0: "This is no log of SeaBIOS. It comes from the debug port:\n"
       "  -chardev file,id=debug,path=FILE -device isa-debugcon,iobase=0x402,chardev=debug",
    1: "SeaBIOS has run, but not a word of seabios-igd is here: either this is stock SeaBIOS\n"
       "(-bios must name our image), or the guest has no Intel display device.",
}


def as_text(log, paint):
    """The same as lines. paint(text, level) gives a text its colour."""
    if log.empty:
        return [NOTHING[min(log.boots, 1)]]
    lines = []
    if log.boots > 1:
        lines.append(f"{log.boots} boots; this is the last one")
    lines += ["what was done"] + ["  " + line for line in done(log) or ["nothing"]]
    if log.missing:
        lines.append("what is missing")
    for row in log.missing:
        lines += ["  " + paint(f"{row.number} {row.name}", "missing")
                  + f", needed by {', '.join(row.needed_by)}",
                  f"{INDENT}QEMU: {row.cure}", f"{INDENT}libvirt: {LIBVIRT[row.number]}"]
    if log.found:
        lines.append("what else the firmware says")
    for finding in log.found:
        meaning, cure = EXPLANATIONS[finding.code]
        if cure != "Nothing.":
            meaning += " To do: " + cure
        lines += ["  " + paint(finding.text, finding.level)]
        lines += textwrap.wrap(meaning, 94, initial_indent=INDENT, subsequent_indent=INDENT)
    if log.unknown:
        lines += ["lines that this tool does not know (is the firmware newer?)"]
        lines += ["  " + line for line in log.unknown]
    not_tried = lacking(log, "not tried")
    for who, missing in lacking(log, "missing").items():
        if missing:
            verdict = paint("lacks " + ", ".join(map(str, missing)), "missing")
        elif not_tried[who]:
            verdict = paint("not known, not tried: " + ", ".join(map(str, not_tried[who])), "note")
        else:
            verdict = paint("has all that it needs of the firmware", "ok")
        lines.append(f"{who}: {verdict}")
    return lines
