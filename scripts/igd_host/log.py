# SPDX-License-Identifier: LGPL-3.0-only
"""The firmware's log: what its lines say, and for people what that means and what cures it."""
# Copyright (C) 2026 The seabios-igd authors

from __future__ import annotations      # "X | None", before Python 3.10

import functools
import re
import textwrap
from dataclasses import dataclass, field

from . import messages
from .messages import PREFIX

# What SeaBIOS says after each reset, and only then; its version it says once more on the screen.
BANNER = "BUILD: "

# What the library says of a condition (src/igd/igd_report.c); tests/tool compares.
STATES = ("ok", "missing", "not needed", "not tried")
GUESTS = ("Linux", "Windows", "VBIOS")
TABLE_HEAD = re.compile("condition +state +for")

# What cures a condition: QEMU's way is in the log itself.
LIBVIRT = {
    1: "property x-igd-opregion, bool, true", 2: "property x-igd-lpc, bool, true; machine pc",
    3: "<address type='pci' domain='0' bus='0' slot='2' function='0'/>",
    4: "property x-pci-class-code, unsigned, 196608 (QEMU 11.1)",
    5: "property x-vga, bool, true", 6: "<rom file='FILE'/>",
}

# What takes from a guest's driver, or from the VBIOS, what it needs, although the conditions of the
# table are met.
DRIVERS, NOT_LINUX, VBIOS = ("Linux", "Windows"), ("Windows",), ("VBIOS",)
SPOILERS = {
    "IGD_ERR_STOLEN_FILE": NOT_LINUX + VBIOS, "IGD_ERR_STOLEN_LIMIT": NOT_LINUX + VBIOS,
    "IGD_ERR_STOLEN_ADDRESS": NOT_LINUX + VBIOS, "IGD_ERR_STOLEN_ROOM": NOT_LINUX + VBIOS,
    "IGD_ERR_BDSM": DRIVERS + VBIOS, "IGD_WARN_BDSM": DRIVERS, "IGD_WARN_GMS": DRIVERS,
    "IGD_WARN_GMS_ZERO": NOT_LINUX, "IGD_NOTE_NO_STOLEN": NOT_LINUX,
    "IGD_NOTE_STOLEN_ZERO": NOT_LINUX, "IGD_WARN_STOLEN_BASE": NOT_LINUX,
    "IGD_WARN_STOLEN_BASE_VALUE": NOT_LINUX, "IGD_WARN_STOLEN_BASE_FILE": NOT_LINUX,
    "IGD_NOTE_STOLEN_BASE": NOT_LINUX, "IGD_ERR_ROM_CACHE": VBIOS, "IGD_ERR_ROM_NO_STOLEN": VBIOS,
    "IGD_ERR_ROM_LPC": VBIOS, "IGD_ERR_ROM_HANGS": VBIOS,
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
    status: dict = field(default_factory=dict)      # {a name of status_lines(): its values}
    conditions: list = field(default_factory=list)
    beyond: list = field(default_factory=list)      # what was found beyond them
    found: list = field(default_factory=list)       # messages.Line
    unknown: list = field(default_factory=list)     # lines that this tool does not know

    @property
    def empty(self):
        return not (self.status or self.conditions or self.found or self.unknown)

    @property
    def missing(self):
        return [row for row in self.conditions if row.state == "missing"]


@functools.cache
def status_lines():
    """{name: regular expression} of the lines that say what was done."""
    return {name: messages.expression(form) for name, form in messages.says().items()}


def read_condition(line):
    """The Condition that a line is, or None."""
    names = "|".join(re.escape(row.name) for row in messages.conditions())
    found = re.fullmatch(rf"(\d) ({names}) +({'|'.join(STATES)})((?: +(?:{'|'.join(GUESTS)}))*)"
                         r"(?:; (.+))?", line)
    return found and Condition(int(found[1]), found[2], found[3], found[4].split(), found[5])


def read_beyond(line):
    """What the line says that was found beyond the conditions, or None."""
    if not line.startswith("+ "):
        return None
    found = line[2:].split(", ")
    return found if set(found) <= set(messages.beyond().values()) else None


def read_line(line, log):
    """Adds what one line, without "igd: ", says to a Log."""
    for name, pattern in status_lines().items():
        if found := pattern.fullmatch(line):
            log.status[name] = found.groups()
            return
    if TABLE_HEAD.fullmatch(line):
        return
    if condition := read_condition(line):
        log.conditions.append(condition)
    elif message := messages.read_line(line):
        log.found.append(message)
    elif beyond := read_beyond(line):
        log.beyond += beyond
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
        bus, slot, function, device, class_code, gen, name = status["device"]
        lines.append(f"set up {name} (Gen{gen}), 8086:{device} class {class_code} at "
                     f"{bus}:{slot}.{function}")
    if "opregion" in status:
        major, minor, kib, _ = status["opregion"]
        lines.append(f"accepted an OpRegion {major}.{minor} of {kib} KiB"
                     + (f' with VBT "{status["vbt"][0]}"' if "vbt" in status else " without VBT"))
    if "asls" in status:
        start, _, asls = status["asls"]
        lines.append(f"put it at {int(start, 16):#x}; ASLS " + (
            "points there" if start == asls else f"points elsewhere, {int(asls, 16):#x}"))
    if "stolen" in status:
        mib, start, _, register, bdsm, why = status["stolen"]
        lines.append(f"reserved {mib} MiB of stolen memory at {int(start, 16):#x} ({why}); BDSM "
                     f"[{register}h] reads {int(bdsm, 16):#x}")
    if "boot_display" in status:
        lines.append("made the IGD the boot display")
    if "rom" in status:
        size, source, match = status["rom"]
        lines.append(f"took a VBIOS of {size} bytes from {source}, accepted by {match}")
    if "cache" in status:
        held, given = (int(value, 16) for value in status["cache"])
        lines.append((f"found BDSM {held:#x} saved in the VBIOS" if held else
                      "found no BDSM saved in the VBIOS")
                     + (f", and set it to {given:#x}" if given != held else ", and left it so"))
    if "cut_off" in status:
        lines.append(f"cut off the VBIOS on S3 resume, at {':'.join(status['cut_off'])}")
    return lines + log.beyond


def lacking(log, state):
    """{Linux, Windows or VBIOS: [number of each condition in a state that it needs]}. Nobody whom
    this guest does not have, by the log."""
    return {who: [row.number for row in log.conditions
                  if who in row.needed_by and row.state == state]
            for who in GUESTS
            if any(who in row.needed_by for row in log.conditions)}


def is_spoiler(line, log):
    """Whether a message of SPOILERS takes something from somebody in this very log."""
    if line.code in ("IGD_NOTE_NO_STOLEN", "IGD_NOTE_STOLEN_ZERO"):
        # If GMS tells a size, the firmware goes by that.
        return line.printed == ("0",)
    if line.code == "IGD_WARN_BDSM":
        # Stolen memory is where BDSM points, if that is RAM.
        points, reserved = (int(value, 16) >> 20 for value in line.printed)
        return points != reserved
    if "STOLEN_BASE" in line.code:
        # Windows' drivers compare the address from Gen12 on.
        return "device" in log.status and int(log.status["device"][5]) >= 12
    return line.code in SPOILERS


def spoiled(log):
    """{Linux, Windows or VBIOS: [what takes from it what it needs, as the log says it]}. The same
    keys as lacking()."""
    return {who: [line.cause for line in log.found
                  if who in SPOILERS.get(line.code, ()) and is_spoiler(line, log)]
            for who in lacking(log, "missing")}


def troubles(log):
    """Whether there is an error, or something that somebody lacks, or no word of the firmware."""
    return log.empty or bool(log.missing) or "cut_off" in log.status \
        or any(f.level == "error" for f in log.found) or any(spoiled(log).values())


def explained(code):
    """What programs get of docs/messages.md."""
    explanation = messages.explanations()[code]
    return {"symptom": explanation.symptom, "meaning": explanation.cause, "cure": explanation.cure}


def as_json(log):
    """What igd log --json prints."""
    return {"boots": log.boots, "done": done(log),
            "conditions": [vars(row) | {"libvirt": LIBVIRT[row.number]
                                        if row.state == "missing" else None}
                           for row in log.conditions],
            "missing_for": lacking(log, "missing"),
            "not_tried_for": lacking(log, "not tried"), "spoiled_for": spoiled(log),
            "beyond": log.beyond,
            "findings": [messages.as_json(line) | explained(line.code) for line in log.found],
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
    for line in log.found:
        lines.append("  " + paint(line.text, line.level))
        for name, text in messages.explanations()[line.code]._asdict().items():
            if text not in messages.NONE:
                lines += textwrap.wrap(f"{name}: {text}", 94, initial_indent=INDENT,
                                       subsequent_indent=INDENT + "  ")
    if log.unknown:
        lines += ["lines that this tool does not know (is the firmware newer?)"]
        lines += ["  " + line for line in log.unknown]
    not_tried, spoilers = lacking(log, "not tried"), spoiled(log)
    for who, missing in lacking(log, "missing").items():
        lacks = ["lacks " + ", ".join(map(str, missing))] if missing else []
        if lacks or spoilers[who]:
            verdict = paint("; ".join(lacks + spoilers[who]), "missing")
        elif not_tried[who]:
            verdict = paint("not known, not tried: " + ", ".join(map(str, not_tried[who])), "note")
        else:
            verdict = paint("has all that it needs of the firmware", "ok")
        lines.append(f"{who}: {verdict}")
    return lines
