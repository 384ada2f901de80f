# SPDX-License-Identifier: LGPL-3.0-only
"""The manual page, the completion and the help teach all that igd can do."""
# Copyright (C) 2026 The seabios-igd authors

import os
import pty
import re
import subprocess

import pytest

from hosts import bare
from igd_host import cli, doctor, manual
from tool import ROOT, TOOL, igd, run

PARSERS = {name: part for name, (_, part) in manual.commands(cli.parser()).items()}


def options(name):
    return {option for action in manual.arguments(PARSERS[name])
            for option in action.option_strings}


def complete(out, *words):
    """What bash offers for the last word."""
    script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _igd; ' \
        'printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-uc", script, "bash", out / "tool/igd.bash", "igd", *words],
                          capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return set(done.stdout.split())


def test_the_page_has_nothing_that_mandoc_complains_of(out, cache):
    done = subprocess.run([cache / "mandoc/usr/bin/mandoc", "-T", "lint", "-W", "warning",
                           out / "tool/igd.1"], capture_output=True, text=True, check=False)
    # It has no date: that of a build would make every build another one.
    complaints = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert not complaints and not done.stderr


def test_the_page_shows_every_subcommand_option_and_exit_code(out, cache):
    shown = subprocess.run([cache / "mandoc/usr/bin/mandoc", "-T", "ascii", out / "tool/igd.1"],
                           capture_output=True, text=True, check=True).stdout
    shown = re.sub(r".\x08", "", shown)
    for name in PARSERS:
        assert f"igd {name}" in shown
        section = shown.partition(f"   igd {name}\n")[2].partition("\n   igd ")[0]
        assert not {option for option in options(name) if option not in section}, name
    for wish, (about, _) in doctor.WISHES.items():
        assert f"{wish:8}{about}" in shown
    for code in "012":
        assert re.search(rf"^ +{code} +(not )?done", shown, re.M)
    assert "igd decode /sys/kernel/debug/dri/0/i915_vbt" in shown


def test_the_completion_offers_the_subcommands(out):
    assert complete(out, "") == set(PARSERS) | {"--help"}
    assert complete(out, "do") == {"doctor"}


@pytest.mark.parametrize("name", PARSERS)
def test_the_completion_offers_every_option_of_a_subcommand(name, out):
    assert complete(out, name, "-") == options(name) | {"--help"}


def test_the_completion_offers_wishes_and_files_where_they_belong(out):
    assert complete(out, "command", "l") == {"legacy"}
    assert complete(out, "log", "READ") == {"README.md"}
    assert complete(out, "command", "--firmware", "READ") == {"README.md"}
    assert complete(out, "command", "--memory", "") == set()


@pytest.mark.parametrize("name", ["", *PARSERS])
def test_help_teaches_and_tells_the_exit_codes(name):
    text = igd(*filter(None, [name]), "--help")
    assert "exit codes:" in text and len(text.splitlines()) > 10
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("arguments", [[], ["cure"], ["log"], ["command", "wealth"],
                                       ["rom", "x", "--device", "g"],
                                       ["rom", "x", "--device", "12345"]], ids="-".join)
def test_wrong_usage_is_exit_code_2(arguments):
    assert "usage: igd" in igd(*arguments, status=2)


def on_terminal(*arguments, **environment):
    """What igd writes to a terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen([TOOL, *arguments], stdout=slave,
                          env=os.environ | environment) as process:
        os.close(slave)
        text = b""
        try:
            while part := os.read(master, 4096):
                text += part
        except OSError:     # Linux's way to say that the other end is closed
            pass
        process.wait()
    os.close(master)
    return text.decode()


def test_colour_is_for_terminals_and_for_those_who_want_it(tmp_path):
    bare(tmp_path)
    assert "\033[31m" in on_terminal("doctor", "--root", tmp_path, NO_COLOR="")
    assert "\033" not in on_terminal("doctor", "--root", tmp_path, NO_COLOR="1")
    assert "\033" not in run("doctor", "--root", tmp_path).stdout


def test_a_reader_that_has_seen_enough_is_no_error():
    done = subprocess.run(f"{TOOL} doctor | true; exit ${{PIPESTATUS[0]}}", shell=True,
                          executable="/bin/bash", capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr and done.returncode in (0, 1)
