# SPDX-License-Identifier: LGPL-3.0-only
"""A failure's report ends with the command that runs that test alone."""
# Copyright (C) 2026 The seabios-igd authors

import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    report = (yield).get_result()
    if report.failed:
        target = "check-install" if item.path.name == "test_install.py" else "check-deb"
        name = item.name.split("@")[0].replace("[", " and ").rstrip("]")
        report.sections.append(
            ("rerun alone", f"make {target} PYTEST_ARGS=\"-k '{name}'\""))
