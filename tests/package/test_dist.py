# SPDX-License-Identifier: LGPL-3.0-only
"""make dist: a release that is the same each time, and that builds without network."""
# Copyright (C) 2026 The seabios-igd authors

import email.utils
import os
import re
import subprocess
import tarfile

import pytest

from test_build import ROOT, make, sha256
from test_debian import VERSION

NAME = f"seabios-igd-{VERSION}"


@pytest.fixture(scope="module")
def release(out, cache):
    """The tarball."""
    done = make(ROOT, "dist", f"OUT={out}", f"CACHE={cache}")
    assert done.returncode == 0, done.stderr
    return out / f"{NAME}.tar.gz"


@pytest.fixture(scope="module")
def unpacked(release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    subprocess.run(["tar", "-C", folder, "-xf", release], check=True)
    return folder / NAME


def test_a_release_has_the_projects_files_and_seabios(release):
    tracked = subprocess.run(["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files"], text=True,
                             capture_output=True, check=True).stdout.splitlines()
    with tarfile.open(release) as tar:
        files = {info.name for info in tar if info.isfile()}
        owners = {(info.uid, info.gid, info.mtime) for info in tar}
    want = {f"{NAME}/{name}" for name in tracked if (ROOT / name).exists()}
    assert files - want == {f"{NAME}/seabios_1.17.0.orig.tar.gz"}
    assert not want - files
    # Who made it, and when, does not show: the date is the changelog's.
    date = re.search("^ -- .*>  (.*)$", (ROOT / "debian/changelog").read_text(), re.M)[1]
    assert owners == {(0, 0, email.utils.parsedate_to_datetime(date).timestamp())}


def test_a_release_made_of_an_unpacked_one_is_the_same(release, unpacked):
    done = make(unpacked, "dist")
    assert done.returncode == 0, done.stderr
    assert sha256(unpacked / f"out/{NAME}.tar.gz") == sha256(release)


def test_a_release_builds_the_same_images_without_network(unpacked, out):
    sudo = [] if os.getuid() == 0 else ["sudo"]
    # In a network namespace of its own a process has no interface that is up.
    done = subprocess.run([*sudo, "unshare", "--net", "env", "-i", "PATH=/usr/bin:/bin", "bash",
                           "-c", "! grep -qv 'lo:' <(tail -n +3 /proc/net/dev) && make -C \"$0\"",
                           unpacked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for image in ("seabios.bin", "seabios-128k.bin"):
        assert sha256(unpacked / "out" / image) == sha256(out / image)
