# SPDX-License-Identifier: LGPL-3.0-only
"""The Makefile and mk/: short, every file listed, and make help tells what there is."""
# Copyright (C) 2026 The seabios-igd authors

import re

from test_build import ROOT, make

MAKEFILE = (ROOT / "Makefile").read_text()
TOPICS = sorted(f"mk/{path.name}" for path in (ROOT / "mk").iterdir())
TARGET = re.compile(r"^([\w-]+):.*##(!?) (.*)", re.M)
VARIABLE = re.compile(r"^(\w+) *\?=(?:.*##(!?) (.*))?", re.M)


def explained(pattern, text):
    """{name: (its mark, its text)} of the targets or variables of a makefile."""
    return {name: (mark, about) for name, mark, about in pattern.findall(text)}


def printed(text):
    """{name: text} of the targets and of the variables that make help has printed."""
    return (dict(re.findall(r"^  make ([\w-]+) +(.*)", text, re.M)),
            dict(re.findall(r"^  ([A-Z_]+) +(.*)", text, re.M)))


def said(target):
    done = make(ROOT, "-s", "--no-print-directory", target)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_makefile_has_at_most_200_lines():
    assert len(MAKEFILE.splitlines()) <= 200


def test_the_makefile_includes_each_file_of_mk_and_says_what_it_has():
    assert sorted(re.findall(r"^include (mk/\w+\.mk) +# \w", MAKEFILE, re.M)) == TOPICS


def test_people_set_only_variables_of_the_makefile():
    for name in TOPICS:
        assert not VARIABLE.findall((ROOT / name).read_text()), name


def test_help_prints_what_is_marked_and_no_more_than_a_screen():
    texts = MAKEFILE + "".join((ROOT / name).read_text() for name in TOPICS)
    targets, variables = printed(said("help"))
    for got, pattern in ((targets, TARGET), (variables, VARIABLE)):
        assert got == {name: about for name, (mark, about) in explained(pattern, texts).items()
                       if mark}
    assert 8 <= len(targets) <= 16
    assert len(variables) <= 12


def test_help_all_prints_every_target_under_its_file_and_every_variable():
    text = said("help-all")
    _, *parts = re.split(r"^(?=\w+/\w+\.mk: |Makefile: )", text, flags=re.M)
    assert sorted(part.partition(":")[0] for part in parts) == ["Makefile", *TOPICS]
    for part in parts:
        name = part.partition(":")[0]
        want = explained(TARGET, (ROOT / name).read_text())
        assert printed(part)[0] == {target: about for target, (_, about) in want.items()}, name
    variables = explained(VARIABLE, MAKEFILE)
    assert all(about for _, about in variables.values()), variables
    assert printed(text)[1] == {name: about for name, (_, about) in variables.items()}


def test_texts_of_help_fit_into_100_columns():
    for line in said("help-all").splitlines():
        assert len(line) <= 100, line
