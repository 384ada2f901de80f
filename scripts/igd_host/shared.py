# SPDX-License-Identifier: LGPL-3.0-only
"""The files that the tool has in common with the firmware and with the manual."""
# Copyright (C) 2026 The seabios-igd authors

from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCE_TREE = HERE.parent.parent
# Where they are in the source tree. Installed, they lie beside the modules.
FOLDERS = {"igd_messages.h": "src/igd", "igd_families.h": "src/igd", "messages.md": "docs"}


def read(name):
    """The text of one of these files."""
    installed = HERE / name
    path = installed if installed.exists() else SOURCE_TREE / FOLDERS[name] / name
    return path.read_text(encoding="utf-8")
