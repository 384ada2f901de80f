# SPDX-License-Identifier: LGPL-3.0-only
"""The patches on each SeaBIOS release: each hunk has one place, an image builds after each patch,
and the images do what those of the first release do, which has all the tests."""
# Copyright (C) 2026 The seabios-igd authors

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rows import TABLE
from test_machines import all_is_as_expected

ROOT = Path(__file__).resolve().parents[2]
LISTED = [line.split()[0] for line in (ROOT / "patches/releases").read_text().splitlines()
          if not line.startswith("#")]
# The releases whose trees are here; make check-patches has built their images.
RELEASES = os.environ["IGD_RELEASES"].split()
BUILDS = "QEMU=y ROM_SIZE=256"
# One of each kind: generations, classes, places, a VBIOS, INT 15h, S3, and no IGD. The BARs are
# those that do not fit below 4 GiB: what else makes them go there is not the same in all releases.
ROWS = ("gen6-to-gen9-pc-0162", "gen11-and-newer-q35-9a49", "class-0380-gen12-q35",
        "place-top-pc-256M", "place-register-q35-1G-9a49", "bars-high-4g-aperture-q35-6G",
        "vbios-pc", "vbios-q35-1G", "128k-image-gen7-pc", "hooks-lvds-pc", "s3-vbios-pc",
        "s3-gen12-q35", "no-device-no-files-pc")

PATCHES = ROOT / "patches"
# A release's own patches; each replaces the common patch of the same name.
OWN = sorted(PATCHES.glob("*/*"))

each_release = pytest.mark.parametrize("release", RELEASES)


def series(folder):
    """The patches of a folder, in the order of its series file."""
    return [folder / name for name in (folder / "series").read_text().split()]


def hooks(release):
    """The patches that a release is built with."""
    return [own if (own := PATCHES / release / patch.name) in OWN else patch
            for patch in series(PATCHES)]


def hunks(patch):
    """(file, the text that a hunk expects in it), one a hunk."""
    for part in re.split(r"^--- a/", patch.read_text(), flags=re.M)[1:]:
        file, *bodies = re.split(r"^@@ .*\n", part, flags=re.M)
        for body in bodies:
            body = body.partition("\n-- \n")[0].splitlines()
            yield file.split()[0], "".join(line[1:] + "\n" for line in body if line[0] in " -")


def layer(folder):
    """A copy of what lays a tree, whose patches may be changed."""
    for name in ("scripts/lay", "scripts/hunks", "patches", "src", "Kconfig"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    return folder


def lay(folder, stock, release):
    """Lays a tree as make does. Returns exit status and what was said."""
    done = subprocess.run([folder / "scripts/lay", "igd", stock, folder / "tree", release],
                          text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout


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


@pytest.mark.parametrize("release", RELEASES + ["patches/"])
def test_a_message_says_interface_reason_and_how_it_was_tested(release, out):
    kept = series(PATCHES) + [patch for patch in OWN if patch.suffix == ".patch"]
    for patch in kept if release == "patches/" else series(out / "patches" / release):
        subject, text = message(patch)
        assert re.match(r"[\w, ]+: ", subject), f"{patch.name}: no area in {subject!r}"
        paragraphs = text.split("\n\n")
        assert not re.match("Interface|Tested", paragraphs[0]), f"{patch.name}: no reason first"
        for what in ("Interface: ", "Tested"):
            assert any(p.startswith(what) for p in paragraphs), f"{patch.name}: no {what!r}"
        assert max(map(len, text.split("\n"))) <= 80, patch.name


def test_what_a_release_has_of_its_own_stands_for_a_patch_with_the_same_message():
    common = {patch.name: patch for patch in series(PATCHES)}
    assert sorted(common) == sorted(path.name for path in PATCHES.glob("*.patch"))
    for patch in OWN:
        assert patch.parent.name in LISTED, f"{patch}: the release is not in patches/releases"
        assert patch.name in common, f"{patch}: there is no patches/{patch.name} that it replaces"
        assert message(patch) == message(common[patch.name]), patch


@pytest.mark.parametrize("release, said", (("9.9", "must be one of 1."),
                                           ("master", "say where its tree is, SEABIOS=DIR")))
def test_a_release_that_cannot_be_had_is_refused(release, said):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    done = subprocess.run(["make", "-C", ROOT, f"SEABIOS_RELEASE={release}", "SEABIOS="], text=True,
                          env=clean, capture_output=True, check=False)
    assert done.returncode != 0 and said in done.stderr


@each_release
def test_each_hunk_has_one_place_and_a_patch_of_its_own_was_needed(release, built, tmp_path):
    tree = shutil.copytree(built(release) / "tree/stock", tmp_path / "tree")

    def found(patch):
        """How often what each hunk expects is there: in whole lines, so with a newline before."""
        return [("\n" + (tree / file).read_text(encoding="latin-1")).count("\n" + text)
                for file, text in hunks(patch)]

    for patch in hooks(release):
        assert set(found(patch)) == {1}, (patch, found(patch))
        if patch in OWN:
            assert set(found(PATCHES / patch.name)) != {1}, f"{patch} is not needed"
        run("patch", "-d", tree, "-p1", "--fuzz=0", "-i", patch)


@each_release
def test_the_patches_are_as_git_writes_them(release, built, tmp_path):
    # With the line numbers of the first release, and each own one with those of its release.
    run(ROOT / "scripts/series", "hooks", built(release) / "tree/stock", release, tmp_path)
    for patch in hooks(release):
        if release == LISTED[0] or patch in OWN:
            assert (tmp_path / patch.name).read_text() == patch.read_text(), \
                f"{patch}: make series-{release}, then copy it from out/series/{release}"


def test_a_hunk_without_a_place_is_refused_by_name(built, tmp_path):
    stock = shutil.copytree(built(LISTED[0]) / "tree/stock", tmp_path / "stock")
    source = stock / "src/vgahooks.c"
    source.write_text(source.read_text().replace("handle_155f(struct", "handle_int155f(struct"))
    status, said = lay(layer(tmp_path), stock, LISTED[0])
    assert status == 1
    assert re.search(r"patches/0009-\S+\.patch, line \d+: src/vgahooks\.c has the lines of this "
                     r"hunk 0 times, must have them once\n", said), said
    assert f"patches/{LISTED[0]}/0009-" in said
    assert not (tmp_path / "tree/.done").exists()


def test_a_hunk_with_two_places_is_refused(built, tmp_path):
    stock = shutil.copytree(built(LISTED[0]) / "tree/stock", tmp_path / "stock")
    source = stock / "src/vgahooks.c"
    # patch would take the nearer one.
    source.write_text(source.read_text() + "#if 0\n" + source.read_text() + "#endif\n")
    status, said = lay(layer(tmp_path), stock, LISTED[0])
    assert status == 1
    assert "src/vgahooks.c has the lines of this hunk 2 times, must have them once" in said


def test_a_patch_of_a_release_takes_the_place_of_that_for_all(built, tmp_path):
    folder = layer(tmp_path)
    stock = shutil.copytree(built(LISTED[0]) / "tree/stock", tmp_path / "stock")
    common = next((folder / "patches").glob("0009-*"))
    # A release in which the function is called otherwise.
    source = stock / "src/vgahooks.c"
    source.write_text(source.read_text().replace("handle_155f(struct", "handle_int155f(struct"))
    own = folder / "patches/1.15.0" / common.name
    own.parent.mkdir()
    own.write_text(common.read_text().replace(" handle_155f(struct", " handle_int155f(struct"))
    status, said = lay(folder, stock, "1.15.0")
    assert status == 0, said
    assert "handle_int155f(struct bregs *regs)\n{\n    if (CONFIG_IGD && igd_155f(regs))" in \
        (folder / "tree/src/vgahooks.c").read_text()


@each_release
def test_an_image_builds_after_each_patch(release, built, tmp_path):
    tree = tmp_path / "tree"
    shutil.copytree(built(release) / "tree/stock", tree)
    for source in [*sorted(ROOT.glob("src/*/*.[ch]")), ROOT / "Kconfig"]:
        shutil.copy(source, tree / "src/fw")
    for patch in hooks(release):
        run("patch", "-d", tree, "-p1", "--fuzz=0", "-i", patch)
        has_option = "src/fw/Kconfig" in (tree / "src/Kconfig").read_text()
        run(ROOT / "scripts/build-image", tree, tmp_path / "build",
            BUILDS + (" IGD=y" if has_option else ""), "bios.bin", "again")
    assert has_option


@each_release
@pytest.mark.parametrize("image", ("256k", "128k"))
def test_igd_n_equals_the_untouched_release_but_for_line_numbers(image, release, built):
    # The plain ones have 0 for each line number in a message: the patches move lines.
    igd, noigd, stock = ((built(release) / f"build/{variant}-{image}/bios.bin").read_bytes()
                         for variant in ("igd", "plain-noigd", "plain-stock"))
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
    expected = [message(patch)[0] for patch in hooks(release)]
    subjects = git(tree, "log", "--reverse", "--format=%s").splitlines()
    assert subjects[-len(expected):] == expected
    assert len(subjects) == 3 + len(expected)
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
