# SPDX-License-Identifier: LGPL-3.0-only
"""The series of each SeaBIOS release: it applies as it is, patch by patch, explains itself, and
makes images that do what those of the release with all the tests do."""
# Copyright (C) 2026 The seabios-igd authors

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from test_machines import TABLE, all_is_as_expected

ROOT = Path(__file__).resolve().parents[2]
LISTED = [line.split()[0] for line in (ROOT / "patches/releases").read_text().splitlines()
          if not line.startswith("#")]
# Those whose trees are here; make check-patches has built their images.
RELEASES = os.environ["IGD_RELEASES"].split()
BUILDS = "QEMU=y ROM_SIZE=256"
# One of each kind: generations, classes, places, a VBIOS, INT 15h, S3, and no IGD. The BARs are
# those that do not fit below 4 GiB: what else makes them go there is not the same in all releases.
ROWS = ("gen6-to-gen9-pc-0162", "gen11-and-newer-q35-9a49", "class-0380-gen12-q35",
        "place-top-pc-256M", "place-register-q35-1G-9a49", "bars-high-4g-aperture-q35-6G",
        "vbios-pc", "vbios-q35-1G", "128k-image-gen7-pc", "hooks-lvds-pc", "s3-vbios-pc",
        "s3-gen12-q35", "no-device-no-files-pc")

each_release = pytest.mark.parametrize("release", RELEASES)
each_listed = pytest.mark.parametrize("release", LISTED)


def series(folder):
    """The patches of a folder, in the order of its series file."""
    return [folder / name for name in (folder / "series").read_text().split()]


def message(patch):
    """Subject without its number, and text of a patch's message."""
    head, _, text = patch.read_text().partition("\n---\n")[0].partition("\n\n")
    subject = re.search(r"^Subject: \[PATCH \d+/\d+\] (.*(?:\n .*)*)", head, re.M)[1]
    return subject.replace("\n", ""), text


def files(folder):
    """{name: content} of a source tree, without what building leaves in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file() and path.name != ".done" and "kconfig" not in path.parts
            and "__pycache__" not in path.parts and ".git" not in path.parts}


def run(*command, **options):
    """Runs a command and asserts that it succeeds, with what it said if it does not."""
    done = subprocess.run(list(map(str, command)), text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **options)
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout


def git(tree, *arguments, **options):
    """Runs git as a user who has no configuration."""
    return run("git", "-C", tree, "-c", "user.name=Test", "-c", "user.email=test@localhost",
               *arguments, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull,
                                             "GIT_CONFIG_NOSYSTEM": "1"}, **options)


@pytest.fixture
def built(out):
    """Where the trees and images of a release are."""
    return lambda release: out / "release" / release


@each_listed
def test_a_message_says_interface_reason_and_how_it_was_tested(release, out):
    whole = series(out / "patches" / release) if release in RELEASES else []
    for patch in series(ROOT / "patches" / release) + whole:
        subject, text = message(patch)
        assert re.match(r"[\w, ]+: ", subject), f"{patch.name}: no area in {subject!r}"
        paragraphs = text.split("\n\n")
        assert not re.match("Interface|Tested", paragraphs[0]), f"{patch.name}: no reason first"
        for what in ("Interface: ", "Tested"):
            assert any(p.startswith(what) for p in paragraphs), f"{patch.name}: no {what!r}"
        assert max(map(len, text.split("\n"))) <= 80, patch.name


@each_listed
def test_every_release_has_the_same_patches(release):
    ours, first = (series(ROOT / "patches" / name) for name in (release, LISTED[0]))
    assert [p.name for p in ours] == [p.name for p in first]
    assert [message(p) for p in ours] == [message(p) for p in first]


def test_every_series_is_listed():
    assert sorted(LISTED) == sorted(p.name for p in (ROOT / "patches").iterdir() if p.is_dir())


@pytest.mark.parametrize("release, said", (("9.9", "must be one of 1."),
                                           ("master", "say where its tree is, SEABIOS=DIR")))
def test_a_release_that_cannot_be_had_is_refused(release, said):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(["make", "-C", ROOT, f"SEABIOS_RELEASE={release}", "SEABIOS="], text=True,
                          env=clean, capture_output=True, check=False)
    assert done.returncode != 0 and said in done.stderr


@each_release
def test_a_series_applies_without_fuzz_and_offset(release, built, tmp_path):
    # git knows no fuzz, and what it writes has the place and the number of each line right.
    run(ROOT / "scripts/series", "hooks", built(release) / "tree/stock",
        ROOT / "patches" / release, tmp_path / "written")
    for patch in series(ROOT / "patches" / release):
        assert (tmp_path / "written" / patch.name).read_text() == patch.read_text(), \
            "edited by hand, or the first release's have changed: make series"


@each_release
def test_an_image_builds_after_each_patch(release, built, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(built(release) / "tree/stock", tree)
    for source in [*ROOT.glob("src/*/*.[ch]"), ROOT / "Kconfig"]:
        shutil.copy(source, tree / "src/fw")
    for patch in series(ROOT / "patches" / release):
        run("patch", "-d", tree, "-p1", "--fuzz=0", "-i", patch)
        has_option = "src/fw/Kconfig" in (tree / "src/Kconfig").read_text()
        run(ROOT / "scripts/build-image", tree, tmp_path / "build",
            BUILDS + (" IGD=y" if has_option else ""), "bios.bin", "again")
    assert has_option


@each_release
@pytest.mark.parametrize("image", ("256k", "128k"))
def test_igd_n_equals_the_untouched_release(image, release, built):
    igd, noigd, stock = ((built(release) / f"build/{variant}-{image}/bios.bin").read_bytes()
                         for variant in ("igd", "noigd", "stock"))
    assert noigd == stock
    assert igd != stock and len(igd) == len(stock)
    assert release == "master" or f"{release}-seabios-igd".encode() in igd


@each_release
@pytest.mark.parametrize("image", ("coreboot/bios.bin.elf", "csm/Csm16.bin"))
def test_other_targets_build_without_the_module(image, release, built):
    path = built(release) / f"build/igd-{image}"
    assert path.stat().st_size > 65536
    assert "CONFIG_IGD" not in (path.parent / ".config").read_text()


@each_release
def test_git_am_makes_the_tree_that_make_builds_from(release, built, out, tmp_path):
    shutil.copytree(built(release) / "tree/stock", tmp_path / "tree",
                    ignore=shutil.ignore_patterns(".done"))
    tree = tmp_path / "tree"
    git(tree, "init", "-q")
    git(tree, "add", "-f", ".")
    git(tree, "commit", "-qm", release)
    git(tree, "am", *series(out / "patches" / release))
    hooks = [message(p)[0] for p in series(ROOT / "patches" / release)]
    subjects = git(tree, "log", "--reverse", "--format=%s").splitlines()
    assert subjects[-len(hooks):] == hooks
    assert len(subjects) == 3 + len(hooks)
    got, expected = files(tree), files(built(release) / "tree/igd")
    assert sorted(got) == sorted(expected)
    assert not [name for name in got if got[name] != expected[name]]
    if release == LISTED[0]:
        # SeaBIOS's build asks git for a version, where there is a git tree.
        shutil.rmtree(tree / ".git")
        run(ROOT / "scripts/build-image", tree, tmp_path / "build", BUILDS, "bios.bin")
        assert (tmp_path / "build/bios.bin").read_bytes() == \
            (built(release) / "build/igd-256k/bios.bin").read_bytes()


@each_release
@pytest.mark.parametrize("row", [row for row in TABLE if row.name in ROWS],
                         ids=lambda row: row.name)
def test_some_machines_do_what_all_do_with_the_first_release(row, release, built):
    out = built(release)
    all_is_as_expected(row, out, out / f"build/igd-{row.firmware}/bios.bin",
                       out / "machines" / row.name)


def test_the_rows_above_are_in_the_table():
    assert sorted(ROWS) == sorted(row.name for row in TABLE if row.name in ROWS)
