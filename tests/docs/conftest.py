# SPDX-License-Identifier: LGPL-3.0-only
"""A failure's report ends with the command that runs that test alone."""
# Copyright (C) 2026 The seabios-igd authors

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[1] / "tool"), str(Path(__file__).parents[2] / "scripts")]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.failed:
        name = item.name.replace("[", " and ").rstrip("]")
        report.sections.append(
            ("rerun alone", f"make check-docs PYTEST_ARGS=\"-k '{name}'\""))


@pytest.fixture(scope="session")
def judges(cache):
    """Debian's own tools for the same, unpacked by the Makefile."""
    return cache / "tool-judges"
