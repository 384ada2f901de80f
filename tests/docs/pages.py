# SPDX-License-Identifier: LGPL-3.0-only
"""What the manual's pages hold: headings, links, blocks of code, and code inside a line."""
# Copyright (C) 2026 The seabios-igd authors

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Block:
    """A block of code: the name of its page, the number of its first line, and its text."""
    page: str
    line: int
    text: str

    def __str__(self):
        return f"{self.page}:{self.line}"

    @property
    def commands(self):
        """[[word, ...]] of the shell commands in it, without comments."""
        return [words for line in self.text.replace("\\\n", " ").splitlines()
                if (words := shlex.split(line, comments=True))]


def anchor(heading):
    """The anchor that GitHub makes of a heading."""
    text = re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", ""))
    return text.replace(" ", "-")


class Page:
    """A page of Markdown as this project writes it: code is indented, not fenced."""

    def __init__(self, path):
        self.path, self.name = path, str(path.relative_to(ROOT))
        self.prose, self.blocks = [], []        # prose: (number, line)
        self._read(path.read_text().splitlines())

    def _read(self, lines):
        # Inside a list's item code is indented by four more than its text.
        item, code, blank = 0, [], True
        for number, line in enumerate(lines + ["end"], 1):
            indent = len(line) - len(line.lstrip())
            if line.strip() and (code or blank) and indent >= item + 4:
                code.append((number, line))
            elif not line.strip() and code:
                code.append((number, ""))
            else:
                if code:
                    self._add(code)
                code = []
                if found := re.match(r"(?:[-*]|\d+\.) +", line):
                    item = len(found[0])
                elif line.strip() and not indent and blank:
                    item = 0
                if number <= len(lines):
                    self.prose.append((number, line))
            blank = not line.strip()

    def _add(self, code):
        texts = [line for _, line in code]
        least = min(len(line) - len(line.lstrip()) for line in texts if line)
        text = "\n".join(line[least:] for line in texts).rstrip()
        self.blocks.append(Block(self.name, code[0][0], text))

    @property
    def anchors(self):
        return [anchor(line.lstrip("#")) for _, line in self.prose if re.match("#+ ", line)]

    @property
    def spans(self):
        """[(number, text)] of the code inside lines; a | in a table's cell is written as \\|."""
        return [(number, span.replace(r"\|", "|")) for number, line in self.prose
                for span in re.findall(r"`([^`]+)`", line)]

    @property
    def links(self):
        """[(number, target)]."""
        return [(number, target) for number, line in self.prose
                for target in re.findall(r"\]\(([^)]*)\)", re.sub(r"`[^`]*`", "", line))]

    def rows(self, heading):
        """The rows of the tables below a heading, each a list of its cells."""
        below, rows = False, []
        for _, line in self.prose:
            if re.match("#+ ", line):
                below = line.lstrip("# ") == heading
            elif below and line.startswith("|") and not line.startswith("| ---"):
                rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        return rows


PAGES = [Page(path) for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]]
BLOCKS = [block for page in PAGES for block in page.blocks]


def page(name):
    """The page of that name, "guide.md"."""
    return next(each for each in PAGES if each.path.name == name)
