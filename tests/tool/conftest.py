# SPDX-License-Identifier: LGPL-3.0-only
"""What the tests of the host tool are given: its modules, and Debian's own tools."""
# Copyright (C) 2026 The seabios-igd authors

import pytest

import tool    # noqa: F401  the path of igd_host, for all tests here


@pytest.fixture(scope="session")
def judges(cache):
    """Debian's own tools for the same, unpacked by the Makefile."""
    return cache / "tool-judges"
