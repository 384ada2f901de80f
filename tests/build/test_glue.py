# SPDX-License-Identifier: LGPL-3.0-only
"""The glue's shape: one file a job, calls in one direction, one state."""
# Copyright (C) 2026 The seabios-igd authors

import re
from pathlib import Path

import pytest

GLUE = Path(__file__).resolve().parents[2] / "src/seabios"
HEADER = GLUE / "igd_state.h"


def code(path):
    """A file's text without comments and strings."""
    return re.sub(r'//.*|"(?:[^"\\]|\\.)*"', "", path.read_text())


def defined(path):
    """The functions and variables that a file defines for other files, without its statics."""
    text = code(path)
    functions = re.findall(r"^(?!static)[a-z][\w *]*\n(igd_\w+)\(", text, re.M)
    return functions + re.findall(r"^(?!static|extern)[a-z][\w ]*?(igd_\w+)(?: VARFSEG)?;$", text,
                                  re.M)


def uses(files):
    """{file: the other files of the glue that it uses}"""
    homes = {name: path.name for path in files for name in defined(path)}
    return {path.name: {home for name, home in homes.items()
                        if home != path.name and re.search(rf"\b{name}\b", code(path))}
            for path in files}


def circle(graph):
    """A list of nodes each of which leads to the next, and the last to the first; [] if there is
    none."""
    def walk(path):
        for after in sorted(graph[path[-1]]):
            if after in path:
                return path[path.index(after):]
            if found := walk(path + [after]):
                return found
        return []
    return next(filter(None, (walk([node]) for node in sorted(graph))), [])


def test_a_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}) == ["b", "d"]
    assert circle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_files_of_the_glue_call_each_other_in_one_direction():
    graph = uses(sorted(GLUE.glob("*.c")))
    assert graph["igd_setup.c"] >= {"igd_log.c", "igd_memory.c", "igd_vga.c", "igd_vbios.c"}, graph
    assert circle(graph) == []
    # The head of igd_state.h gives the order.
    order = [f"{name}.c" for name in re.findall(r"igd_\w+", re.search(
        r"in this order:\n((?://.*\n)+?)#", HEADER.read_text())[1])]
    assert sorted(order) == sorted(graph)
    for number, name in enumerate(order):
        assert graph[name] <= set(order[:number]), f"{name} uses {graph[name]}"


def test_headers_of_the_glue_include_none_of_each_other_in_a_circle():
    graph = {path.name: {name for name in re.findall(r'#include "(\w+\.h)"', path.read_text())
                         if (GLUE / name).exists()} for path in GLUE.glob("*.h")}
    assert len(graph) >= 2 and circle(graph) == []


@pytest.mark.parametrize("path", sorted(GLUE.glob("*.c")), ids=lambda path: path.name)
def test_nothing_but_the_one_state_is_remembered(path):
    # Variables at file scope; constants are none. The watchdog's 16-bit code has its own.
    watch = ["igd_watch_esp", "igd_watch_ss", "igd_watch_code", "igd_watch_where", "igd_watch_pm1",
             "igd_watch_ticks"]
    variables = re.findall(r"^(?!static const|extern|typedef)[a-z][\w ]*?\**(igd\w*)(?:\[.*\])?"
                           r"(?: VARFSEG| = .*)?;", code(path), re.M)
    assert variables == {"igd_int15.c": ["igd"], "igd_watch.c": watch}.get(path.name, [])


def warnings(log):
    """The compiler's warnings in a build's log, without where they are."""
    return {re.sub(r"^\S+: ", "", line) for line in log.read_text().splitlines()
            if re.search(r"^[^ ]+:\d+:\d+: warning: ", line)}


@pytest.mark.parametrize("image", ("256k", "128k"))
def test_our_image_is_built_with_no_warning_that_stocks_is_not(image, out):
    ours, stock = (out / f"log/build-{variant}-{image}.log" for variant in ("igd", "stock"))
    assert "Compiling whole program" in ours.read_text()
    assert warnings(ours) - warnings(stock) == set()
