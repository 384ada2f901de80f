# SPDX-License-Identifier: LGPL-3.0-only
"""Runs the command igd as a user does."""
# Copyright (C) 2026 The seabios-igd authors

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "scripts/igd"


def run(*arguments, command=TOOL, environment=None):
    """Runs igd."""
    return subprocess.run([str(command), *map(str, arguments)], capture_output=True, text=True,
                          check=False, env=os.environ | (environment or {}))


def igd(*arguments, status=0, **keywords):
    """What a run of igd prints, on standard error if it has failed, after a look at its exit code.
    A failure shows the run."""
    done = run(*arguments, **keywords)
    assert done.returncode == status, \
        f"expected exit code {status}, got {done.returncode}\n$ {' '.join(map(str, done.args))}\n" \
        f"{done.stdout}{done.stderr}"
    return done.stdout if status != 2 else done.stderr


def igd_json(*arguments, status=0):
    return json.loads(igd(*arguments, "--json", status=status))


def doctor(root, qemu):
    """({check: its JSON}, {wish: obstacles}) of igd doctor on a host below root."""
    done = run("doctor", "--root", root, "--qemu", qemu, "--json")
    assert done.returncode in (0, 1), done.stderr
    told = json.loads(done.stdout)
    checks = {check["name"]: check for check in told["checks"]}
    assert done.returncode == any(check["state"] == "missing" for check in told["checks"])
    return checks, {wish: row["obstacles"] for wish, row in told["wishes"].items()}


def states(checks):
    return {name: check["state"] for name, check in checks.items() if check["state"] != "ok"}


def damage(data, chance, places, values):
    """Damages a bytearray as a random.Random will have it: up to three bytes at these places get
    one of these values, or any, and one copy in ten is cut."""
    for _ in range(chance.randrange(1, 4)):
        if places:
            data[chance.choice(places)] = chance.choice((*values, chance.randrange(256)))
    if chance.random() < 0.1:
        del data[chance.randrange(len(data) + 1):]


def judges_environment(judges):
    """In which the programs of the Makefile's JUDGES find their libraries."""
    libraries = [str(judges / folder / "x86_64-linux-gnu") for folder in ("usr/lib", "lib")]
    return os.environ | {"LD_LIBRARY_PATH": os.pathsep.join(libraries)}
