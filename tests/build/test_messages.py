# SPDX-License-Identifier: LGPL-3.0-only
"""The log's formats: one that does not fit its arguments fails the build, without any flag."""
# Copyright (C) 2026 The seabios-igd authors

import re
import shutil
import subprocess

import pytest

from test_build import ROOT, make

MESSAGES = (ROOT / "src/igd/igd_messages.h").read_text()
LINES = re.findall(r"^IGD_MESSAGE\(.*", MESSAGES, re.M)
CODES = [re.match(r"IGD_MESSAGE\(\w+, (\w+)", line)[1] for line in LINES]
# A conversion, and one that takes another argument. An address that is cut to 32 bits counts.
OTHER = {"%u": "%s", "%x": "%s", "%02x": "%s", "%04x": "%s", "%s": "%u", "%llx": "%x"}
FORMAT_ERROR = r"error: .*format"


@pytest.fixture
def library(tmp_path):
    return shutil.copytree(ROOT / "src/igd", tmp_path / "igd")


def compiled(library, old=None, new=None):
    """Compiles the messages, with one line changed, without any flag for warnings."""
    if old:
        assert MESSAGES.count(old) == 1, old
        (library / "igd_messages.h").write_text(MESSAGES.replace(old, new))
    return subprocess.run(["gcc", "-c", "-o", library / "igd_message.o",
                           library / "igd_message.c"], capture_output=True, text=True, check=False)


def fails(done, name):
    """Checks that a compiler names the format and where it is."""
    assert done.returncode != 0 and re.search(FORMAT_ERROR, done.stderr), done.stderr
    assert name in done.stderr


def test_the_messages_compile_without_a_warning(library):
    done = compiled(library)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("code", [code for code, line in zip(CODES, LINES) if "%" in line])
def test_a_wrong_conversion_fails_the_build(library, code):
    line = LINES[CODES.index(code)]
    wrong = re.sub(r"%(?:0\d)?(?:llx|[uxs])", lambda match: OTHER[match[0]], line, count=1)
    fails(compiled(library, line, wrong), code)


@pytest.mark.parametrize("code", ["IGD_ERR_OPREGION_BYTES", "IGD_WARN_RVDA", "IGD_WARN_SWITCH"])
def test_a_missing_argument_fails_the_build(library, code):
    line = LINES[CODES.index(code)]
    fails(compiled(library, line, re.sub(r", LIMIT\)$", ")", line)), code)


@pytest.mark.parametrize("code", ["IGD_ERR_OPREGION_BYTES", "IGD_WARN_VBT_MISSING"])
def test_one_argument_too_many_fails_the_build(library, code):
    line = LINES[CODES.index(code)]
    fails(compiled(library, line, f"{line[:-1]}, LIMIT)"), code)


@pytest.mark.parametrize("wrong", ["igd: device %s:", "igd: device "], ids=["conversion", "count"])
def test_what_the_glue_says_is_checked_as_well(out, tmp_path, wrong):
    tree = shutil.copytree(out / "tree/igd", tmp_path / "tree", symlinks=True)
    header, = tree.glob("src/**/igd_messages.h")
    text = header.read_text()
    assert text.count('"igd: device %02x:') == 1
    header.write_text(text.replace('"igd: device %02x:', f'"{wrong}'))
    source, = tree.glob("src/*/igd_memory.c")
    shutil.copy(out / "build/igd-256k/.config", tmp_path)
    done = make(tree, "PYTHON=/usr/bin/python3 -B", f"KCONFIG_CONFIG={tmp_path}/.config",
                f"OUT={tmp_path}/", tmp_path / source.relative_to(tree).with_suffix(".o"))
    fails(done, "IGD_SAYS_DEVICE")
