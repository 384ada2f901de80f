# SPDX-License-Identifier: LGPL-3.0-only
"""Runs commands in a Debian root that scripts/debian-root made. The root stays unchanged."""
# Copyright (C) 2026 The seabios-igd authors

import os
import subprocess

# What is written goes to an overlay of the test's own. There is no network, nor anything of the
# environment; the time is that of the machine.
ENTER = """
mount -t overlay overlay -o "lowerdir=$1,upperdir=$2/written,workdir=$2/work" "$2/merged"
mount -t proc proc "$2/merged/proc"
mount -t sysfs sysfs "$2/merged/sys"
mount --rbind /dev "$2/merged/dev"
# Names in there come of process numbers, and each root counts its own.
mount -t tmpfs tmpfs "$2/merged/dev/shm"
# This shell stays process 1, which takes away what daemons leave: libvirt waits for that.
chroot "$2/merged" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
    DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 bash -euc "$3" || exit
"""


class Root:
    """A root and what was written over it, in the folder files."""

    def __init__(self, base, folder):
        self.base, self.folder, self.files = base, folder, folder / "written"
        for name in ("written", "work", "merged"):
            (folder / name).mkdir(parents=True)

    def try_run(self, command):
        """Runs a command of bash as root; its output has both streams."""
        sudo = [] if os.getuid() == 0 else ["sudo"]
        return subprocess.run([*sudo, "unshare", "--mount", "--pid", "--fork", "--net", "bash",
                               "-euc", ENTER, "bash", self.base, self.folder, command],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, text=True, errors="replace", check=False)

    def run(self, command):
        """Runs a command that must not fail; returns its output."""
        done = self.try_run(command)
        assert done.returncode == 0, \
            f"expected exit status 0, got {done.returncode}\n$ {command}\n{done.stdout[-4000:]}"
        return done.stdout
