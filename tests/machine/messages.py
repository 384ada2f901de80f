# SPDX-License-Identifier: LGPL-3.0-only
"""Reads lines of the firmware's log back into codes and values, by src/igd/igd_messages.h. The
host tool reads them by itself: this is what judges it."""
# Copyright (C) 2026 The seabios-igd authors

import ast
import re
from pathlib import Path
from typing import NamedTuple

HEADER = (Path(__file__).resolve().parents[2] / "src/igd/igd_messages.h").read_text()
STRING = r'("(?:[^"\\]|\\.)*")'
CONVERSION = r"%02x:%02x\.%x|(?:%s){2,}|%(?:0\d)?(?:ll)?[uxs]"
STATES = {"ok": "ok", "missing": "missing", "not tried": "not-tried", "not needed": "not-needed"}


class Said(NamedTuple):
    """A line of the log: the name of its text in igd_messages.h and what was printed into it.
    Numbers are int; a device is text, "00:02.0"; adjacent %s are a word each.

    IGD_CONDITION has (number, field, state, who), IGD_BEYOND the fields, IGD_TABLE nothing.
    """
    code: str
    values: tuple = ()


def strings(name):
    """(arguments, as text; [the strings among them]) of each line NAME(...) of the header."""
    for arguments in re.findall(rf"^{name}\((.*)\)$", HEADER, re.M):
        yield arguments, [ast.literal_eval(text) for text in re.findall(STRING, arguments)]


def readers(text):
    """A regular expression for what is printed with a format, and a function of each group that
    gives a tuple of values."""
    pattern, functions = "", []
    for literal, conversion in re.findall(rf"([^%]*)({CONVERSION}|$)", text):
        pattern += re.escape(literal)
        if ":" in conversion:
            group, function = r"[\da-f]{2}:[\da-f]{2}\.[0-7]", lambda text: (text,)
        elif conversion.count("%") > 1:
            group, function = r"(?: \w+)*", lambda text: tuple(text.split())
        elif conversion.endswith("s"):
            group, function = ".+?", lambda text: (text,)
        elif conversion.endswith("u"):
            group, function = r"\d+", lambda text: (int(text),)
        elif conversion:
            width = re.search(r"0(\d)", conversion)
            group = rf"[\da-f]{{{width[1] if width else 1},}}"
            function = lambda text: (int(text, 16),)    # noqa: E731
        else:
            break
        pattern += f"({group})"
        functions.append(function)
    return re.compile(pattern), functions


FORMATS = {}
for said, (text, cure) in strings("IGD_MESSAGE"):
    severity, code = said.split(", ")[:2]
    FORMATS[code] = readers(f"{severity}: {text}; {cure}")
for code, text in re.findall(rf"^#define (IGD_SAYS_\w+) {STRING}$", HEADER, re.M):
    FORMATS[code] = readers(ast.literal_eval(text).removeprefix("igd: ").rstrip("\n"))
CONDITIONS = [(said.split(",")[0], *texts) for said, texts in strings("IGD_CONDITION")]
BEYOND = {words: said.split(",")[0] for said, (words,) in strings("IGD_BEYOND")}


def of_table(line):
    """The Said of a line of the table of conditions; None if it is not one."""
    if line == "condition           state      for":
        return Said("IGD_TABLE")
    if line.startswith("+ "):
        words = line.removeprefix("+ ").split(", ")
        return Said("IGD_BEYOND", tuple(map(BEYOND.get, words))) if set(words) <= set(BEYOND) \
            else None
    for number, (field, name, cure) in enumerate(CONDITIONS, 1):
        for state, word in STATES.items():
            start, end = f"{number} {name} {state:10}", f"; {cure}" if state == "missing" else ""
            who = line.ljust(len(start))[len(start):].removesuffix(end)
            if f"{start}{who}{end}".rstrip() == line \
                    and re.fullmatch(r"( (Linux|Windows|VBIOS))*", who):
                return Said("IGD_CONDITION", (number, field, word, who.strip()))
    return None


def read(line):
    """The Said of a line without its "igd: "; None if the firmware has no such line."""
    for name, (pattern, functions) in FORMATS.items():
        match = pattern.fullmatch(line)
        if match:
            values = (function(group) for function, group in zip(functions, match.groups()))
            return Said(name, sum(values, ()))
    return of_table(line)


def written(text):
    """The Said that "CODE VALUE ..." stands for."""
    name, *values = text.split()
    return Said(name, tuple(int(value, 0) if value[0].isdigit() and ":" not in value else value
                            for value in values))


def same(expected, got):
    """Whether a line is the expected one, of whose values "*" may be any."""
    return expected.code == got.code and len(expected.values) == len(got.values) and all(
        value in ("*", other) for value, other in zip(expected.values, got.values))
