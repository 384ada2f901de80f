# SPDX-License-Identifier: LGPL-3.0-only
"""The firmware's messages, read from igd_texts.txt, and findings that are worded by them."""
# Copyright (C) 2026 The seabios-igd authors

import functools
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
# Installed it lies beside the modules.
PLACES = (HERE / "igd_texts.txt", HERE.parent.parent / "src/igd/igd_texts.txt")
PREFIX = "igd: "


def parse(text):
    """{section: [(code or "", text)]} of igd_texts.txt."""
    sections, code = {}, ""
    for line in text.splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line.startswith('"'):
            rows.append((code, line[1:-1]))
            code = ""
        else:
            code = line
    return sections


@functools.cache
def sections():
    """parse() of the igd_texts.txt that came with this program."""
    return parse(next(path for path in PLACES if path.exists()).read_text())


@functools.cache
def messages():
    """{code: printf format, without "igd: "}, in the order of enum igd_code."""
    return {code: text.removeprefix(PREFIX) for code, text in sections()["messages"]}


class Finding(NamedTuple):
    """What was found, as the library's struct igd_finding: a code of enum igd_code and its two
    numbers."""
    code: str
    value: int = 0
    limit: int = 0

    @property
    def text(self):
        """The firmware's line for it, without "igd: "."""
        return messages()[self.code].replace("%llx", f"{self.value:x}") \
            .replace("%x", f"{self.limit:x}")

    @property
    def level(self):
        """error, warning or note."""
        return self.text.partition(":")[0]

    def as_json(self):
        return {"code": self.code, "level": self.level, "text": self.text}
