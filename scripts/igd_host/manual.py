# SPDX-License-Identifier: LGPL-3.0-only
"""The manual page and bash's completion of igd, both made of its argparse parser."""
# Copyright (C) 2026 The seabios-igd authors
#
# usage: python3 -m igd_host.manual page|completion

import argparse
import re
import sys

from . import cli

FILES = ("FILE", "COPY", "DIR", "PROGRAM")      # metavars that stand for a file's name
INTRODUCTION = """.\\" SPDX-License-Identifier: LGPL-3.0-only
.\\" Made of igd's own help by igd_host/manual.py. Copyright (C) 2026 The seabios-igd authors
.TH IGD 1 "" seabios-igd
.SH NAME
igd \\- pass an Intel integrated GPU through to a guest"""
SEE_ALSO = """.SH SEE ALSO
.BR qemu\\-system\\-x86_64 (1),
.BR seabios\\-igd (7),
.BR virsh (1)
.PP
QEMU's docs/igd\\-assign.txt explains what an assigned IGD needs of host and firmware."""


def commands(parser):
    """{name: (summary, its parser)} of the subcommands."""
    action = next(action for action in parser._actions
                  if isinstance(action, argparse._SubParsersAction))
    summaries = {choice.dest: choice.help for choice in action._choices_actions}
    return {name: (summaries[name], part) for name, part in action.choices.items()}


def arguments(parser):
    """The arguments of a subcommand without its help."""
    return [action for action in parser._actions
            if not isinstance(action, argparse._HelpAction)]


def roff(text):
    """A text as roff takes it: what it would read as a request or an escape is protected."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.M)


def paragraphs(text):
    """A description: paragraphs, and as they are those whose lines start with spaces."""
    out = []
    for part in text.strip("\n").split("\n\n"):
        head, _, rest = part.partition("\n")
        if part.startswith(" "):
            out += [".PP", ".nf", roff(part), ".fi"]
        elif rest.startswith(" "):      # "wishes:" and its table
            out += [".PP", roff(head), ".nf", roff(rest), ".fi"]
        else:
            out += [".PP", roff(part)]
    return out


def argument_names(action):
    """How an argument is written: "--fix COPY", "FILE"."""
    value = action.metavar if action.nargs != 0 else None
    if not action.option_strings:
        return f"\\fI{roff(action.metavar)}\\fR"
    names = ", ".join(f"\\fB{roff(name)}\\fR" for name in action.option_strings)
    return names + (f" \\fI{value}\\fR" if value else "")


def page(parser):
    """The manual page."""
    out = [INTRODUCTION, ".SH SYNOPSIS"]
    for name, (_, part) in commands(parser).items():
        options = ["[" + argument_names(action) + "]" if action.option_strings
                   else argument_names(action) for action in arguments(part)]
        out += [".br" if out[-1] != ".SH SYNOPSIS" else ".nh",
                f"\\fBigd {roff(name)}\\fR " + " ".join(options)]
    out += [".SH DESCRIPTION", *paragraphs(parser.description)[1:], ".SH COMMANDS"]
    for name, (_, part) in commands(parser).items():
        out += [f".SS igd {roff(name)}", *paragraphs(part.description)[1:]]
        for action in arguments(part):
            out += [".TP", argument_names(action), roff(action.help % vars(action))]
    out.append(".SH EXIT STATUS")
    for code, meaning in re.findall(r"^  (\d)  (.*)$", cli.EXIT_CODES, re.M):
        out += [".TP", code, roff(meaning)]
    return "\n".join([*out, SEE_ALSO, ""])


COMPLETION = """\
# SPDX-License-Identifier: LGPL-3.0-only
# Completes igd in bash. Made of igd's parser by igd_host/manual.py.
# Copyright (C) 2026 The seabios-igd authors
_igd_files()
{{
    compopt -o filenames 2> /dev/null   # not inside a completion: nothing to be said
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}}
_igd()
{{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W '{commands} --help' -- "$word")
        return
    fi
    case $before in
        {with_file}) _igd_files "$word"; return ;;
        {with_value}) return ;;
    esac
    local words files=
    case ${{COMP_WORDS[1]}} in
{cases}
        *) return ;;
    esac
    if [ -n "$files" ] && [[ $word != -* ]]; then
        _igd_files "$word"
    else
        mapfile -t COMPREPLY < <(compgen -W "$words --help" -- "$word")
    fi
}}
complete -F _igd igd
"""


def completion(parser):
    """A file for bash-completion."""
    cases, options = [], {}
    for name, (_, part) in commands(parser).items():
        words, files = [], ""
        for action in arguments(part):
            words += action.option_strings or action.choices or ()
            options |= {option: action for option in action.option_strings}
            if not action.option_strings and action.metavar in FILES:
                files = " files=y"
        cases.append(f"        {name}) words='{' '.join(words)}'{files} ;;")
    takes = {option: action.metavar for option, action in options.items() if action.nargs != 0}
    return COMPLETION.format(
        commands=" ".join(commands(parser)), cases="\n".join(cases),
        with_file="|".join(option for option, kind in takes.items() if kind in FILES),
        with_value="|".join(option for option, kind in takes.items() if kind not in FILES))


if __name__ == "__main__":
    print({"page": page, "completion": completion}[sys.argv[1]](cli.parser()), end="")
