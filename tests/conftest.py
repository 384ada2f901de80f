# SPDX-License-Identifier: LGPL-3.0-only
"""What all tests are given: the Makefile's OUT and CACHE."""
# Copyright (C) 2026 The seabios-igd authors

import os
import sys
from pathlib import Path

import pytest

for folder in ("machine", "vbios"):
    sys.path.insert(0, str(Path(__file__).parent / folder))


@pytest.fixture(scope="session")
def out():
    """Where the images and the simulated IGD were built."""
    return Path(os.environ["IGD_OUT"])


@pytest.fixture(scope="session")
def cache():
    """Where the files are that were fetched."""
    return Path(os.environ["IGD_CACHE"])
