# SPDX-License-Identifier: LGPL-3.0-only
"""What all tests are given: the Makefile's OUT and CACHE. Writes what scripts/matrix reads."""
# Copyright (C) 2026 The seabios-igd authors

import datetime
import json
import os
import re
import sys
from pathlib import Path

import pytest

for folder in ("machine", "vbios", "guests", "fuzz", "build"):
    sys.path.insert(0, str(Path(__file__).parent / folder))


@pytest.fixture(scope="session")
def out():
    """Where the images and the simulated IGD were built."""
    return Path(os.environ["IGD_OUT"])


@pytest.fixture(scope="session")
def cache():
    """Where the files are that were fetched."""
    return Path(os.environ["IGD_CACHE"])


def pytest_terminal_summary(terminalreporter):
    """Writes to the file IGD_MATRIX which QEMU ran and, for each kind of machine, how many rows of
    machines.cfg passed with our image, and how many there are."""
    if "IGD_MATRIX" not in os.environ:
        return
    from machine import qemu_full_version    # pylint: disable=import-outside-toplevel
    from test_machines import TABLE          # pylint: disable=import-outside-toplevel
    passed = {re.search(r"::test_machine\[(.*)\]$", report.nodeid)[1]
              for report in terminalreporter.stats.get("passed", [])}
    machines = {machine: [row.name for row in TABLE if row.machine.startswith(machine)]
                for machine in ("pc", "q35")}
    Path(os.environ["IGD_MATRIX"]).write_text(json.dumps({
        "qemu": qemu_full_version(), "date": str(datetime.date.today()),
        "machines": {machine: [sum(name in passed for name in names), len(names)]
                     for machine, names in machines.items()}}))
