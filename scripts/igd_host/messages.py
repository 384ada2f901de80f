# SPDX-License-Identifier: LGPL-3.0-only
"""What the firmware says in its log, read from the C header igd_messages.h, and what the page
docs/messages.md says of each message. Findings become lines, and lines become messages again."""
# Copyright (C) 2026 The seabios-igd authors

import functools
import re
from typing import NamedTuple

from . import shared

PREFIX = "igd: "
TEXT = r'"((?:[^"\\]|\\.)*)"'
CONVERSION = re.compile(r"(%(?:0\d)?(?:ll)?[uxs])")
# What a conversion can print, as a regular expression.
PRINTED = {"u": r"(\d+)", "x": "([0-9a-f]+)", "s": "(.*)"}

# What the library's switches (enum igd_switch) and parts of legacy VGA (enum igd_vga_dead, from
# bit 0 on) are called in a line; tests/tool compares both with the library.
SWITCHES = ("igd-primary", "igd-any-lpc", "igd-seconds", "igd-5f35", "igd-5f40", "igd-5f51",
            "igd-5f52")
VGA_PARTS = (" decode", " bridge", " GGC", " registers", " memory")
# For each argument that igd_messages.h names: the values that it gives to the format, and what
# stands for them in docs/messages.md.
ARGUMENTS = {
    "VALUE": (lambda number: (number & 0xFFFFFFFF,), ("N",)),
    "VALUE64": (lambda number: (number,), ("N",)),
    "LIMIT": (lambda number: (number,), ("N",)),
    "KIB": (lambda number: (number >> 10 & 0xFFFFFFFF,), ("N",)),
    "MIB": (lambda number: (min(number >> 20, 0xFFFFFFFF),), ("N",)),
    "BDF": (lambda number: ((number & 0xFFFFFFFF) >> 8, number >> 3 & 0x1F, number & 7),
            ("BB", "DD", "F")),
    "SEGMENT": (lambda number: (number >> 16 & 0xFFFF,), ("SEGMENT",)),
    "OFFSET": (lambda number: (number & 0xFFFF,), ("OFFSET",)),
    "SWITCH_NAME": (lambda number: (SWITCHES[number],), ("NAME",)),
    "VGA_NAMES": (lambda number: tuple(name if number >> bit & 1 else ""
                                       for bit, name in enumerate(VGA_PARTS)), VGA_PARTS),
}


def fill(form, values):
    """What printf() makes of a format and values, each a number or a text. Python knows no ll."""
    return form.replace("%ll", "%") % tuple(values)


def expression(form, texts=()):
    """The regular expression, with a group for each conversion, of what printf() makes of a format.
    texts: what each %s can be, if that is known."""
    texts, result = iter(texts), ""
    for number, part in enumerate(CONVERSION.split(form)):
        if not number % 2:
            if "%" in part:
                raise ValueError(f"{form!r} has a conversion that is not known")
            result += re.escape(part)
        elif part == "%s" and (choice := next(texts, None)):
            result += f"({'|'.join(map(re.escape, choice))})"
        else:
            result += PRINTED[part[-1]]
    return re.compile(result)


class Message(NamedTuple):
    """A line IGD_MESSAGE of igd_messages.h."""
    level: str          # error, warning or note
    code: str           # of enum igd_code
    cause: str          # a printf format
    cure: str
    arguments: tuple    # (a name of ARGUMENTS, "value" or "limit")

    @property
    def form(self):
        """The printf format of the whole line, without "igd: "."""
        return f"{self.level}: {self.cause}; {self.cure}"

    @property
    def shown(self):
        """The line as docs/messages.md shows it: N stands for a number."""
        words = [word for name, _ in self.arguments for word in ARGUMENTS[name][1]]
        return fill(CONVERSION.sub("%s", self.form), words)

    def values(self, value, limit):
        """What the conversions get, for the two numbers of a finding."""
        numbers = {"value": value, "limit": limit}
        return [printed for name, which in self.arguments
                for printed in ARGUMENTS[name][0](numbers[which])]

    def expression(self):
        """The regular expression of its lines, without "igd: "."""
        choices = [("", part) for name, _ in self.arguments if name == "VGA_NAMES"
                   for part in VGA_PARTS]
        return expression(self.form, choices)


def read_arguments(text):
    """The arguments of a Message: "VALUE, MIB(limit)" is (("VALUE", "value"), ("MIB", "limit"))."""
    return tuple((name, which or ("limit" if name == "LIMIT" else "value"))
                 for name, which in re.findall(r"(\w+)(?:\((\w+)\))?", text))


def unescape(text):
    r"""The text between the quotes of a C string that has no other escapes than \" and \n."""
    return text.replace(r"\"", '"').replace(r"\n", "\n")


@functools.cache
def header():
    """igd_messages.h, without comments that are lines."""
    return re.sub(r"^//.*\n", "", shared.read("igd_messages.h"), flags=re.M)


@functools.cache
def messages():
    """{code: Message}, in the order of enum igd_code."""
    rows = re.findall(rf"^IGD_MESSAGE\((\w+), (\w+), {TEXT}, {TEXT}((?:, \w+(?:\(\w+\))?)*)\)$",
                      header(), re.M)
    return {code: Message(level, code, unescape(cause), unescape(cure), read_arguments(arguments))
            for level, code, cause, cure, arguments in rows}


@functools.cache
def says():
    """{name: printf format} of the status lines, without "igd: " and the line's end. The name is
    what follows IGD_SAYS_, in small letters."""
    rows = re.findall(rf"^#define IGD_SAYS_(\w+) {TEXT}$", header(), re.M)
    return {name.lower(): unescape(form).removeprefix(PREFIX).rstrip("\n") for name, form in rows}


class Condition(NamedTuple):
    """A line IGD_CONDITION of igd_messages.h."""
    field: str      # of struct igd_report
    name: str
    needs: tuple    # of LINUX, WINDOWS, VBIOS
    cure: str


@functools.cache
def conditions():
    """[Condition], numbered from 1 on."""
    rows = re.findall(rf"^IGD_CONDITION\((\w+), +{TEXT}, +([A-Z| ]+), +{TEXT}\)$", header(), re.M)
    return [Condition(field, name.rstrip(), tuple(needs.split(" | ")), cure)
            for field, name, needs, cure in rows]


@functools.cache
def beyond():
    """{field of struct igd_report: words} of what is found beyond the conditions."""
    return dict(re.findall(rf"^IGD_BEYOND\((\w+), +{TEXT}\)$", header(), re.M))


class Finding(NamedTuple):
    """What was found, as the library's struct igd_finding: a code of enum igd_code and its two
    numbers."""
    code: str
    value: int = 0
    limit: int = 0

    @property
    def level(self):
        """error, warning or note."""
        return messages()[self.code].level

    @property
    def text(self):
        """The firmware's line for it, without "igd: "."""
        message = messages()[self.code]
        return fill(message.form, message.values(self.value, self.limit))

    @property
    def cause(self):
        """The part of the line that says what was found."""
        return self.text.removesuffix("; " + messages()[self.code].cure)


class Line(NamedTuple):
    """A line of a log that is a message."""
    code: str
    text: str       # the line, without "igd: "
    printed: tuple  # the values in it, as they stand there

    @property
    def level(self):
        """error, warning or note."""
        return messages()[self.code].level

    @property
    def cause(self):
        """The part of the line that says what was found, without the level."""
        return self.text.removesuffix("; " + messages()[self.code].cure) \
            .removeprefix(self.level + ": ")


@functools.cache
def expressions():
    """[(code, regular expression of its lines)]."""
    return [(code, message.expression()) for code, message in messages().items()]


def read_line(text):
    """The Line that a line of the log, without "igd: ", is; None: it is no message."""
    for code, pattern in expressions():
        if found := pattern.fullmatch(text):
            return Line(code, text, found.groups())
    return None


def as_json(found):
    """What programs get of a Finding or a Line."""
    return {"code": found.code, "level": found.level, "text": found.text}


# A symptom that nobody notices, and a cure that is not needed.
NONE = ("None.", "None is needed.")


class Explanation(NamedTuple):
    """What docs/messages.md says of a message: whole sentences, without marks of Markdown."""
    symptom: str
    cause: str
    cure: str


def plain(markdown):
    """Text without Markdown's links and marks, in one line."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", markdown).replace("`", "")
    return " ".join(text.split())


@functools.cache
def explanations():
    """{code: Explanation}, in the order of docs/messages.md. A stanza starts with the code as a
    heading."""
    result = {}
    for stanza in re.split(r"^#+ ", shared.read("messages.md"), flags=re.M):
        code = stanza.partition("\n")[0]
        if not code.startswith("IGD_"):
            continue
        items = re.findall(r"^- (\w+): (.*(?:\n  .*)*)", stanza, re.M)
        fields = {name.lower(): plain(text) for name, text in items}
        result[code] = Explanation(**fields)
    return result
