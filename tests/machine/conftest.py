# SPDX-License-Identifier: LGPL-3.0-only
"""What the machine tests are given: the Makefile's OUT and the corpus of VBTs."""
# Copyright (C) 2026 The seabios-igd authors

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def out():
    """Where the images and the simulated IGD were built."""
    return Path(os.environ["IGD_OUT"])
