# SPDX-License-Identifier: LGPL-3.0-only
"""docs/porting.md, "A new generation" and "A new message": followed in a copy of the project, with
the files counted that had to change."""
# Copyright (C) 2026 The seabios-igd authors

import re
import subprocess
import sys

import pytest

from test_build import ROOT, make

GENERATION = {
    "src/igd/igd_families.h": (
        r"(?=// The last row)",
        'IGD_FAMILY(0xe300, 0xff00, 35, IGD_GMS_GEN9, IGD_LPC_ANY, "Example Lake")\n'),
    "tests/unit/igd_device_test.c": (
        r'(?=    \{ 0xd700, 0xd7ff, 35)',
        '    { 0xe300, 0xe3ff, 35, IGD_GMS_GEN9, IGD_LPC_ANY, "Example Lake" },\n'),
    "docs/guide.md": (r"(?<=\| 35 \| Nova Lake)", ", Example Lake"),
}
# Found for a device that is no display. The .c is any that finds something.
MESSAGE = {
    "src/igd/igd_messages.h": (
        r"(?=// --- the option ROM ---)",
        "// the example's reason (its number)\n"
        'IGD_MESSAGE(warning, IGD_WARN_EXAMPLE, "an example of %u", "nothing to do", VALUE)\n'),
    "src/igd/igd_display.c": (
        r"(?<=uint8_t\nigd_judge_vga\(uint8_t dead, unsigned others, struct igd_findings \*found\)"
        r"\n\{\n)",
        "    if (others == 77)\n        igd_find(found, IGD_WARN_EXAMPLE, 77, 0);\n"),
    "tests/unit/igd_display_test.c": (
        r"(?=static int\nigd_test_|int\nmain\(void\))",
        "static void\nthe_example_is_found(void **state)\n{\n"
        "    struct igd_findings found = { .count = 0 };\n    (void)state;\n"
        "    igd_judge_vga(0, 77, &found);\n"
        "    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_EXAMPLE, 77, 0));\n}\n\n"),
    "docs/messages.md": (
        r"(?=\n## The option ROM)",
        "\n### IGD_WARN_EXAMPLE\n\n    igd: warning: an example of N; nothing to do\n\n"
        "- Symptom: There is none.\n- Cause: Somebody tries how a message is added.\n"
        "- Cure: None is needed.\n"),
}


@pytest.fixture(name="copy")
def fixture_copy(tmp_path):
    """A copy of what git knows, as a git repository of its own."""
    folder = tmp_path / "copy"
    names = subprocess.run(["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files"],
                           capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, names):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
            (folder / name).chmod((ROOT / name).stat().st_mode)
    git(folder, "init", "-q")
    git(folder, "add", "-Af")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@localhost", "commit", "-qm", "before")
    return folder


def git(folder, *arguments):
    return subprocess.run(["git", "-c", "safe.directory=*", "-C", folder, *arguments],
                          capture_output=True, text=True, check=True).stdout


def change(folder, edits):
    """Makes each edit, (where, what), at the first place that fits."""
    for name, (where, what) in edits.items():
        text = (folder / name).read_text()
        changed = re.sub(where, lambda _, text=what: text, text, count=1)
        assert changed != text, f"{name}: nothing fits {where}"
        (folder / name).write_text(changed)
    if "tests/unit/igd_display_test.c" in edits:
        path = folder / "tests/unit/igd_display_test.c"
        path.write_text(re.sub(r"(const struct CMUnitTest \w+\[\] = \{\n)",
                               r"\1        IGD_TEST(the_example_is_found),\n", path.read_text()))


def table_of(title):
    """The files that a section of porting.md lists."""
    section = (ROOT / "docs/porting.md").read_text().partition(f"## {title}\n")[2]
    return re.findall(r"^\| (.+?) \|", section.partition("\n## ")[0], re.M)[2:]


def passes(folder, out, cache, *target):
    done = make(folder, f"OUT={folder}/out", f"CACHE={cache}", *target)
    assert done.returncode == 0, f"{target}: {done.stdout[-3000:]}{done.stderr[-2000:]}"


def test_a_new_generation_changes_three_files(copy, out, cache):
    change(copy, GENERATION)
    changed = git(copy, "diff", "--name-only").split()
    assert len(changed) == 3
    assert [cell.strip("`") for cell in table_of("A new generation")] == list(GENERATION)
    assert set(changed) == set(GENERATION)
    passes(copy, out, cache, f"{copy}/out/tests/unit-m64/igd_device_test")
    subprocess.run([copy / "out/tests/unit-m64/igd_device_test"], check=True, capture_output=True)
    said = subprocess.run([sys.executable, "-B", "-c", "from igd_host import families; "
                           "print(families.family(0xe312))"], cwd=copy / "scripts", text=True,
                          capture_output=True, check=True).stdout
    assert "Example Lake" in said and "gen=35" in said
    passes(copy, out, cache, f"{copy}/out/seabios.bin")
    assert b"Example Lake" in (copy / "out/seabios.bin").read_bytes()


@pytest.mark.parametrize("missing", ["tests/unit/igd_device_test.c", "src/igd/igd_families.h"])
def test_a_generation_of_which_one_file_lacks_is_noticed(copy, out, cache, missing):
    change(copy, {name: edit for name, edit in GENERATION.items() if name != missing})
    passes(copy, out, cache, f"{copy}/out/tests/unit-m64/igd_device_test")
    assert subprocess.run([copy / "out/tests/unit-m64/igd_device_test"], check=False,
                          capture_output=True).returncode != 0


def test_a_new_message_changes_four_files(copy, out, cache):
    change(copy, MESSAGE)
    changed = git(copy, "diff", "--name-only").split()
    assert len(changed) == 4 and set(changed) == set(MESSAGE)
    assert len(table_of("A new message")) == 4
    passes(copy, out, cache, f"{copy}/out/tests/unit-m64/igd_display_test")
    done = subprocess.run([copy / "out/tests/unit-m64/igd_display_test"], check=False,
                          capture_output=True, text=True)
    assert done.returncode == 0 and "the_example_is_found" in done.stdout + done.stderr
    # The page is as the header says, and igd log explains the line.
    subprocess.run([copy / "scripts/messages"], check=True, capture_output=True, cwd=copy)
    (copy / "log").write_text("BUILD: x\nigd: warning: an example of 77; nothing to do\n")
    said = subprocess.run([copy / "scripts/igd", "log", copy / "log"], text=True, check=False,
                          capture_output=True).stdout
    assert "Somebody tries how a message is added." in said


def test_a_message_that_the_manual_does_not_explain_is_noticed(copy):
    change(copy, {name: edit for name, edit in MESSAGE.items() if not name.endswith(".md")})
    assert subprocess.run([copy / "scripts/messages"], check=False, capture_output=True,
                          cwd=copy).returncode != 0
