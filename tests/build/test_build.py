# SPDX-License-Identifier: LGPL-3.0-only
"""The build: same input, same image; nobody pays for IGD=n; nothing foreign gets in."""
# Copyright (C) 2026 The seabios-igd authors

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
IMAGES = {"256k": "seabios.bin", "128k": "seabios-128k.bin"}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tree_sha256(folder):
    """One hash over the names and contents of all files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = "".join(f"{sha256(path)} {path.relative_to(folder)}\n" for path in files)
    return hashlib.sha256(lines.encode()).hexdigest()


@pytest.fixture
def clone(tmp_path):
    """A second folder with the files that git knows, as they are now."""
    names = subprocess.run(["git", "-c", "safe.directory=*", "-C", ROOT, "ls-files", "-z"],
                           capture_output=True, check=True).stdout.decode().split("\0")
    folder = tmp_path / "another-folder"
    for name in filter(None, names):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture
def offline(tmp_path):
    """An environment in which apt and wget fail and say so."""
    folder = tmp_path / "offline"
    folder.mkdir()
    for name in ("apt-get", "apt", "wget", "curl", "git"):
        (folder / name).write_text(f"#!/bin/sh\necho '{name}: there is no network' >&2\nexit 9\n")
        (folder / name).chmod(0o755)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


def make(folder, *arguments, **environment):
    """Runs make as a user would: nothing of the make that runs these tests is inherited."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFL"))}
    return subprocess.run(["make", "-C", folder, *map(str, arguments)], env=clean | environment,
                          text=True, capture_output=True, check=False)


@pytest.fixture
def built_clone(clone, out):
    """A clone in which make has built the images, as it has here."""
    for name in ("tree/stock", "tree/igd", "build/igd-256k", "build/igd-128k"):
        shutil.copytree(out / name, clone / "out" / name, symlinks=True)
    for name in ("stock.list", "igd.list"):
        shutil.copy2(out / name, clone / "out" / name)
    return clone


@pytest.mark.parametrize("image", IMAGES)
def test_igd_n_equals_the_untouched_tree_but_for_line_numbers(image, out):
    # The patches move lines, and some messages of SeaBIOS have their line number in them. The plain
    # trees are the two with 0 for each of these.
    for variant in ("stock", "igd"):
        tree, plain = out / f"tree/{variant}", out / f"tree/plain-{variant}"
        done = subprocess.run(["diff", "-rq", "-x", ".done", "-x", "kconfig", "-x", "__pycache__",
                               tree, plain], capture_output=True, text=True, check=False)
        source, made = ((folder / "src/output.h") for folder in (tree, plain))
        assert done.stdout == f"Files {source} and {made} differ\n"
        assert made.read_text() == source.read_text().replace("__LINE__", "0")
    noigd, stock = (out / f"build/plain-{variant}-{image}/bios.bin"
                    for variant in ("noigd", "stock"))
    assert noigd.read_bytes() == stock.read_bytes()


@pytest.mark.parametrize("image", IMAGES)
def test_igd_n_brings_the_image_without_the_module_and_without_it_ours_is_back(
        image, built_clone, cache, out):
    ours, stock = ((out / f"build/{variant}-{image}/bios.bin").read_bytes()
                   for variant in ("igd", "stock"))
    name = IMAGES[image]
    for arguments in (["IGD=n"], [], ["IGD=n"]):
        done = make(built_clone, f"CACHE={cache}", f"out/{name}", *arguments)
        assert done.returncode == 0, done.stderr
        got = (built_clone / "out" / name).read_bytes()
        if not arguments:
            assert got == ours
            continue
        # Stock's image with other line numbers, in some 13 bytes.
        assert len(got) == len(stock)
        assert sum(a != b for a, b in zip(got, stock)) < 50


def test_another_folder_offline_gives_the_same_images(clone, cache, offline, out):
    done = make(clone, f"CACHE={cache}", **offline)
    assert done.returncode == 0, done.stderr
    for image, name in IMAGES.items():
        assert sha256(clone / "out" / name) == sha256(out / f"build/igd-{image}/bios.bin")


def test_a_tree_of_the_users_is_built_from_and_left_alone(clone, out, tmp_path):
    tree = tmp_path / "seabios"
    shutil.copytree(out / "tree/stock", tree, ignore=shutil.ignore_patterns(".done"))
    # A change by which the image can be told from any other: two texts of one length.
    before, after = "No bootable device.", "Nothing boots here."
    source = tree / "src/boot.c"
    source.write_text(source.read_text().replace(before, after))
    as_it_was = tree_sha256(tree)
    done = make(clone, f"CACHE={tmp_path / 'empty'}", f"SEABIOS={tree}", "out/seabios.bin")
    assert done.returncode == 0, done.stderr
    assert tree_sha256(tree) == as_it_was
    ours = (out / "build/igd-256k/bios.bin").read_bytes()
    assert before.encode() in ours
    assert (clone / "out/seabios.bin").read_bytes() == ours.replace(before.encode(), after.encode())


def test_each_file_that_is_ours_or_patched_compiles_by_itself_without_a_warning(out, tmp_path):
    # SeaBIOS's own build tries this with all its files; scripts/build-image leaves it out.
    tree = out / "tree/igd"
    ours = {path.relative_to(tree).with_suffix(".o") for path in tree.glob("src/*/igd_*.c")}
    changed = {path.relative_to(tree).with_suffix(".o") for path in tree.glob("src/**/*.c")
               if not path.name.startswith("igd_")
               and path.read_bytes() != (out / "tree/stock" / path.relative_to(tree)).read_bytes()}
    assert len(ours) > 5 and len(changed) > 5, (ours, changed)
    shutil.copy(out / "build/igd-256k/.config", tmp_path)
    done = make(tree, "PYTHON=/usr/bin/python3 -B", f"KCONFIG_CONFIG={tmp_path}/.config",
                f"OUT={tmp_path}/", *(tmp_path / name for name in sorted(ours | changed)))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_tarball_with_another_sha256_is_refused(clone, cache, offline, tmp_path):
    (bad := tmp_path / "bad").mkdir()
    for tarball in cache.glob("seabios_*"):
        (bad / tarball.name).write_bytes(tarball.read_bytes() + b"\0")
    done = make(clone, f"CACHE={bad}", **offline)
    assert done.returncode != 0
    assert re.search(r"refused: sha256 of \S+ is [0-9a-f]{64}, must be [0-9a-f]{64}", done.stderr)
    assert not (clone / "out/seabios.bin").exists()


def test_a_failing_step_names_its_log(clone, tmp_path):
    (empty := tmp_path / "no-seabios").mkdir()
    done = make(clone, f"SEABIOS={empty}")
    assert done.returncode != 0
    log = re.search(r"the end of (\S+):", done.stderr)
    assert log and (clone / log[1]).exists(), done.stderr
    assert f"{empty} is no SeaBIOS tree" in done.stderr


def test_the_record_of_what_stock_seabios_fails_is_not_where_pytest_has_its_folder():
    said = make(ROOT, "-n", "check-stock").stdout
    record, folder = (re.search(rf"{name}=(\S+)", said)[1]
                      for name in ("IGD_STOCK", "--basetemp"))
    assert not Path(record).is_relative_to(folder), record


def test_images_grow_by_no_more_than_their_limit(out):
    done = subprocess.run([ROOT / "scripts/size", out], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_only_int15_s3_and_some_variables_stay_in_the_f_segment(out):
    # "kept after POST" of scripts/size: the growth, with its sign. The log's formats have 5 KiB.
    # The most of it is the watchdog's, whose interrupt handler is 16-bit code (igd_watch.c).
    done = subprocess.run([ROOT / "scripts/size", out], capture_output=True, text=True, check=False)
    growth = [int(x) for x in re.findall(r"kept after POST +\d+ +\d+ +([+-]\d+)", done.stdout)]
    assert len(growth) == 2 and max(growth) <= 2112, done.stdout
