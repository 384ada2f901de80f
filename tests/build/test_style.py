# SPDX-License-Identifier: LGPL-3.0-only
"""The rules of docs/design.md that a machine can check."""
# Copyright (C) 2026 The seabios-igd authors

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / name for name in subprocess.run(
    ["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "-z"], capture_output=True,
    check=True).stdout.decode().split("\0") if name and (ROOT / name).exists()]
C_FILES = [path for path in FILES if path.suffix in (".c", ".h")]
CODE = [path for path in FILES if path.suffix in (".c", ".h", ".S", ".inc", ".py", ".cfg", ".mk")
        or path.name in ("Makefile", "Kconfig") or path.parent == ROOT / "scripts"
        or path == ROOT / ".ci/run"]


def name(path):
    return str(path.relative_to(ROOT))


def includes(path):
    return re.findall(r'^#include ([<"][^>"]+[>"])', path.read_text(), re.M)


@pytest.mark.parametrize("path", [p for p in C_FILES if p.parent.name == "igd"], ids=name)
def test_the_library_includes_only_itself(path):
    foreign = [i for i in includes(path) if not re.fullmatch(r'"igd\w*\.h"', i)]
    assert foreign == (["<stdint.h>"] if path.name == "igd_env.h" else [])


@pytest.mark.parametrize("path", [p for p in C_FILES if p.parent.name in ("igd", "seabios")],
                         ids=name)
def test_nothing_in_src_knows_of_tests(path):
    assert "cmocka" not in path.read_text()
    assert not [i for i in includes(path) if "test" in i or "sim" in i]


@pytest.mark.parametrize("path", CODE, ids=name)
def test_a_file_starts_with_licence_purpose_and_copyright(path):
    head = path.read_text().split("\n")[:8]
    assert any("SPDX-License-Identifier: LGPL-3.0-only" in line for line in head[:2]), head
    assert any("Copyright (C)" in line and "The seabios-igd authors" in line for line in head), head


@pytest.mark.parametrize("path", [p for p in C_FILES if p.parent.name in ("igd", "seabios")],
                         ids=name)
def test_every_file_scope_name_in_src_is_prefixed(path):
    text = re.sub(r"//.*", "", path.read_text())
    names = re.findall(r"^([a-z_]\w*)\(", text, re.M)
    names += re.findall(r"^static const [\w ]*?\**(\w+)(?:\[\w*\])? =", text, re.M)
    names += re.findall(r"^#define (\w+)", text, re.M)
    assert names or path.name in ("igd_env.h", "igd_families.h")
    # A name that a file undefines again does not reach the other files.
    gone = re.findall(r"^#undef (\w+)", text, re.M)
    wrong = [n for n in names if not re.match(r"igd_|IGD_|(NULL|offsetof)$", n) and n not in gone]
    assert not wrong


@pytest.mark.parametrize("path", CODE, ids=name)
def test_lines_are_at_most_100_characters(path):
    # Each message is one line, so that grep shows all of it.
    long = [i for i, line in enumerate(path.read_text().split("\n"), 1)
            if len(line) > 100 and not line.startswith(("IGD_MESSAGE(", "#define IGD_SAYS_"))]
    assert not long, f"lines {long}"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_path_of_this_machine_is_committed(path):
    # Put together here, so that this file passes its own test.
    text = path.read_bytes()
    for word in ("/ro" "ot/", "/wo" "rk/", "/ho" "me/", "deb.deb" "ian.org"):
        assert word.encode() not in text, word


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".patch"], ids=name)
def test_patches_carry_no_sign_off_and_a_zero_hash(path):
    text = path.read_text()
    assert text.startswith("From " + "0" * 40)
    assert "Signed-off-by" not in text
    assert path.name in (ROOT / "patches/series").read_text().split()
