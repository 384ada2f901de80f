# SPDX-License-Identifier: LGPL-3.0-only
"""What all tests are given: the Makefile's OUT and CACHE, the order in which they run at once, and
when one fails the command that reruns it. Writes what scripts/matrix and
scripts/stock read."""
# Copyright (C) 2026 The seabios-igd authors

import datetime
import json
import os
import re
import sys
from pathlib import Path

import pytest
from xdist.scheduler import LoadScheduling

for folder in ("machine", "vbios", "guests", "fuzz", "build", "tool", "docs", "../scripts"):
    sys.path.insert(0, str((Path(__file__).parent / folder).resolve()))


@pytest.fixture(scope="session")
def out():
    """Where the images and the simulated IGD were built."""
    return Path(os.environ["IGD_OUT"])


@pytest.fixture(scope="session")
def cache():
    """Where the files are that were fetched."""
    return Path(os.environ["IGD_CACHE"])


@pytest.fixture(scope="session")
def judges(cache):
    """Debian's own tools that judge the host tool and what the manual says of it, unpacked by the
    Makefile."""
    return cache / "tool-judges"


class OneAhead(LoadScheduling):
    """Gives a worker the test that it runs and the next one, as it needs both. Else pytest-xdist
    gives each worker an eighth of all tests: one would get all the long tests, which are
    neighbours, and the others have nothing to do in the end. Later releases have --maxschedchunk
    for this."""

    def _send_tests(self, node, num):
        super()._send_tests(node, max(0, min(num, 2 - len(self.node2pending[node]))))


def pytest_xdist_make_scheduler(config, log):
    # Of another --dist pytest-xdist makes its own.
    return OneAhead(config, log) if config.option.dist == "load" else None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):    # pylint: disable=unused-argument
    """Adds to a failure the command that reruns the test alone, and the folder that was its own."""
    report = (yield).get_result()
    if report.failed and "IGD_RERUN" in os.environ:
        kept = item.funcargs.get("tmp_path") if hasattr(item, "funcargs") else None
        report.sections.append((
            "rerun alone", f"{os.environ['IGD_RERUN']} PYTEST_ARGS=\"-k '{item.name}'\""
            + (f"\nlogs: {kept}" if kept else "")))


def pytest_terminal_summary(terminalreporter):
    if "IGD_MATRIX" in os.environ:
        write_matrix(terminalreporter, Path(os.environ["IGD_MATRIX"]))
    if "IGD_STOCK" in os.environ:
        write_stock(terminalreporter, Path(os.environ["IGD_STOCK"]))


def write_stock(terminalreporter, path):
    """Writes what stock SeaBIOS failed, a machine a line, after a line that says whether these are
    all machines."""
    from test_stock import BOOTING           # pylint: disable=import-outside-toplevel
    lines = sorted({value for kind in ("passed", "failed")
                    for report in terminalreporter.stats.get(kind, [])
                    for name, value in report.user_properties if name == "stock"})
    whole = "all machines" if len(lines) == len(BOOTING) else "some machines"
    path.write_text("\n".join([whole, *lines]) + "\n")


def write_matrix(terminalreporter, path):
    """Writes which QEMU ran and, for each kind of machine, how many of machines/*.cfg passed with
    our image, and how many there are."""
    from machine import qemu_full_version    # pylint: disable=import-outside-toplevel
    from rows import TABLE                   # pylint: disable=import-outside-toplevel
    passed = {re.search(r"::test_machine\[(.*)\]$", report.nodeid)[1]
              for report in terminalreporter.stats.get("passed", [])}
    machines = {machine: [row.name for row in TABLE if row.machine.startswith(machine)]
                for machine in ("pc", "q35")}
    path.write_text(json.dumps({
        "qemu": qemu_full_version(), "date": str(datetime.date.today()),
        "machines": {machine: [sum(name in passed for name in names), len(names)]
                     for machine, names in machines.items()}}))
