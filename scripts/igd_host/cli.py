# SPDX-License-Identifier: LGPL-3.0-only
"""The command line: which subcommands there are, what they print, and their exit codes."""
# Copyright (C) 2026 The seabios-igd authors

import argparse
import json
import os
import sys

from . import vbt

EXIT_CODES = """exit codes:
  0  done, and nothing stands in the way
  1  done, and something does: an error, a refused file, a missing condition
  2  not done: wrong usage, or a file that cannot be read or written"""
ABOUT = """Passes an Intel integrated GPU (IGD) through to a guest with seabios-igd: checks the host,
writes QEMU's configuration, and explains firmware logs, OpRegions, VBTs and option ROMs.
Not tested on hardware: its developers have none."""
COLOURS = {"error": 31, "missing": 31, "warning": 33, "note": 36, "ok": 32}


class Failure(Exception):
    """The subcommand cannot do its job; exit code 2."""


def paint(text, level):
    """A text in the colour of a level, if standard output is a terminal (https://no-color.org)."""
    if level not in COLOURS or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\033[{COLOURS[level]}m{text}\033[0m"


def read_file(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from error


def print_json(value):
    print(json.dumps(value, indent=2))


def print_findings(found):
    for finding in found:
        print(paint(finding.text, finding.level))


def has_errors(found):
    return any(finding.level == "error" for finding in found)


def run_decode(args):
    region, table, found = vbt.read(read_file(args.file))
    if args.json:
        print_json(vbt.as_json(region, table, found))
    else:
        for line in vbt.as_text(region, table):
            print(line)
        print_findings(found)
        if not table and not found:
            print(paint("error: no VBT: the file is cut", "error"))
    return int(has_errors(found) or not table)


def parser():
    """The argparse parser; the manual page and the completion are made of it, too."""
    raw = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="igd", description=ABOUT, epilog=EXIT_CODES,
                                  formatter_class=raw)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name, run, summary, about):
        command = commands.add_parser(name, help=summary, description=about, epilog=EXIT_CODES,
                                      formatter_class=raw)
        command.set_defaults(run=run)
        return command

    def add_json(command):
        command.add_argument("--json", action="store_true", help="print JSON, for programs")

    command = add("decode", run_decode, "show what an OpRegion or a VBT holds", """\
Shows header, mailboxes, VBT, child devices and panel of an OpRegion or VBT, and what the firmware
would say of it. On a host with i915 both are here:

    igd decode /sys/kernel/debug/dri/0/i915_opregion
    igd decode /sys/kernel/debug/dri/0/i915_vbt""")
    command.add_argument("file", metavar="FILE", help="the OpRegion or VBT")
    add_json(command)
    return top


def main(arguments=None):
    args = parser().parse_args(arguments)
    try:
        return args.run(args)
    except Failure as failure:
        print(f"igd: {failure}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has seen enough; nothing is to be flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
