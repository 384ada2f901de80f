# SPDX-License-Identifier: LGPL-3.0-only
"""make install and uninstall: GNU's folders, nothing more, and all of it gone again."""
# Copyright (C) 2026 The seabios-igd authors

import email.utils
import fnmatch
import json
import os
import re
import shlex
import subprocess

import jsonschema
import pytest

from make_inputs import image
from pages import page
from test_build import ROOT, make, sha256

MODULES = sorted(path.name for path in (ROOT / "scripts/igd_host").glob("*.py"))
# Below PREFIX.
FILES = sorted([
    "bin/igd",
    "share/bash-completion/completions/igd",
    "share/doc/seabios-igd/README.md",
    *(f"share/doc/seabios-igd/docs/{path.name}" for kind in ("md", "png")
      for path in (ROOT / "docs").glob(f"*.{kind}")),
    "share/man/man1/igd.1",
    "share/man/man7/seabios-igd.7",
    "share/qemu/firmware/80-seabios-igd.json",
    *(f"share/seabios-igd/igd_host/{name}"
      for name in ("igd_families.h", "igd_messages.h", "messages.md")),
    *(f"share/seabios-igd/igd_host/{name}" for name in MODULES),
    "share/seabios-igd/seabios-128k.bin",
    "share/seabios-igd/seabios.bin",
])
# How SPDX calls the licences of debian/copyright.
SPDX = {"LGPL-3": "LGPL-3.0-only", "BSD-2-clause": "BSD-2-Clause", "Expat": "MIT",
        "BSD-3-clause-IBM": "BSD-3-Clause", "BSD-3-clause-Novell": "BSD-3-Clause",
        "public-domain": "LicenseRef-Fedora-Public-Domain"}
TARGETS = {"i386": "qemu-system-i386", "x86_64": "qemu-system-x86_64"}


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")
                  if not path.is_dir())


def run_make(target, out, **variables):
    done = make(ROOT, target, f"OUT={out}", *(f"{k}={v}" for k, v in variables.items()))
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def usr(out, tmp_path_factory):
    """PREFIX=/usr below a DESTDIR, as packages have it."""
    destdir = tmp_path_factory.mktemp("destdir")
    run_make("install", out, DESTDIR=destdir, PREFIX="/usr")
    return destdir / "usr"


def test_what_is_installed_is_what_is_listed(usr):
    assert files(usr.parent) == [f"usr/{name}" for name in FILES]


def test_programs_can_be_run_and_data_can_be_read_by_all(usr):
    modes = {name: (usr / name).stat().st_mode & 0o777 for name in FILES}
    assert modes == {name: 0o755 if name.startswith("bin/") else 0o644 for name in FILES}


def test_the_installed_images_are_those_that_were_built(usr, out):
    for name in ("seabios.bin", "seabios-128k.bin"):
        assert sha256(usr / "share/seabios-igd" / name) == sha256(out / name)


def test_without_prefix_it_goes_to_usr_local(out, tmp_path):
    run_make("install", out, DESTDIR=tmp_path)
    assert files(tmp_path) == [f"usr/local/{name}" for name in FILES]


def test_without_destdir_it_goes_to_prefix(out, tmp_path):
    run_make("install", out, PREFIX=tmp_path / "opt")
    assert files(tmp_path) == [f"opt/{name}" for name in FILES]


@pytest.mark.parametrize("variable, was", [
    ("bindir", "bin"), ("mandir", "share/man"), ("docdir", "share/doc/seabios-igd"),
    ("datadir", "share"), ("datarootdir", "share"), ("prefix", ""), ("exec_prefix", "bin"),
    ("pkgdatadir", "share/seabios-igd"), ("firmwaredir", "share/qemu/firmware")])
def test_gnus_variables_name_the_folders(out, tmp_path, variable, was):
    run_make("install", out, DESTDIR=tmp_path, PREFIX="/usr", **{variable: "/else"})
    # exec_prefix has bin below it; what datadir and datarootdir mean to mandir and docdir differs.
    keeps = ("share/man/", "share/doc/") if variable == "datadir" else ()
    under = {"exec_prefix": "else/bin"}.get(variable, "else")
    def moved(name):
        if (was and not name.startswith(was + "/")) or name.startswith(keeps or ("\0",)):
            return f"usr/{name}"
        return f"{under}/{name[len(was):].lstrip('/')}"
    assert files(tmp_path) == sorted(map(moved, FILES))


def test_descriptor_and_pages_name_the_image_where_it_is(out, tmp_path):
    run_make("install", out, DESTDIR=tmp_path, PREFIX="/opt/it")
    share = tmp_path / "opt/it/share"
    where = "/opt/it/share/seabios-igd/seabios.bin"
    descriptor = json.loads((share / "qemu/firmware/80-seabios-igd.json").read_text())
    assert descriptor["mapping"]["filename"] == where
    for page in ("man1/igd.1", "man7/seabios-igd.7"):
        text = (share / "man" / page).read_text().replace("\\-", "-")
        assert where in text and "/usr/share/seabios-igd" not in text, page


def test_the_installed_manuals_links_lead_somewhere(usr):
    # The page beside the modules is there for the tool.
    links = {(path, target) for path in (usr / "share/doc").rglob("*.md") for target in re.findall(
        r"\]\(([^)#]+)", re.sub("`[^`]*`", "", path.read_text())) if "://" not in target}
    assert len(links) > 20
    broken = [f"{path.name}: {target}" for path, target in links
              if not (path.parent / target).exists()]
    assert not broken


def test_uninstall_leaves_what_was_there_before(out, tmp_path):
    others = ["bin/other", "share/seabios-igd-2/x", "share/qemu/firmware/50-other.json",
              "share/doc/other/README.md", "share/man/man1/other.1"]
    for name in others:
        (tmp_path / "usr" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "usr" / name).write_text(name)
    for target in ("install", "uninstall"):
        run_make(target, out, DESTDIR=tmp_path, PREFIX="/usr")
    assert files(tmp_path) == sorted(f"usr/{name}" for name in others)
    # Folders that are shared may stay; those that are ours do not.
    assert not [path for path in tmp_path.rglob("*") if path.name in ("seabios-igd", "igd_host")]


def test_uninstall_keeps_what_a_user_has_put_into_our_folders(out, tmp_path):
    run_make("install", out, DESTDIR=tmp_path, PREFIX="/usr")
    mine = tmp_path / "usr/share/seabios-igd/mine.rom"
    mine.write_text("mine")
    run_make("uninstall", out, DESTDIR=tmp_path, PREFIX="/usr")
    assert files(tmp_path) == ["usr/share/seabios-igd/mine.rom"]


def test_uninstall_of_what_is_not_there_is_no_error(out, tmp_path):
    run_make("uninstall", out, DESTDIR=tmp_path, PREFIX="/usr")
    assert files(tmp_path) == []


def test_the_descriptor_is_one_by_qemus_schema(usr):
    schema = json.loads((ROOT / "tests/package/firmware.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    descriptor = json.loads((usr / "share/qemu/firmware/80-seabios-igd.json").read_text())
    jsonschema.validate(descriptor, schema, jsonschema.Draft7Validator)


def test_the_descriptors_machines_are_qemus(usr):
    descriptor = json.loads((usr / "share/qemu/firmware/80-seabios-igd.json").read_text())
    assert {target["architecture"] for target in descriptor["targets"]} == set(TARGETS)
    for target in descriptor["targets"]:
        machines = subprocess.run([TARGETS[target["architecture"]], "-machine", "help"], text=True,
                                  capture_output=True, check=True).stdout
        names = re.findall(r"^(pc-\S+)", machines, re.M)
        matched = [name for name in names
                   if any(fnmatch.fnmatch(name, glob) for glob in target["machines"])]
        assert {name.split("-")[1] for name in matched} == {"i440fx", "q35"}, matched


def test_the_installed_tool_runs_without_the_source_tree(usr, tmp_path):
    rom = tmp_path / "vbios.rom"
    rom.write_bytes(image()[:-1] + b"\x6a")
    log = tmp_path / "firmware.log"
    log.write_text("igd: warning: the OpRegion has no VBT; check the host's OpRegion\n")
    # What it says is read from its own header and page; the image it names is that beside it.
    texts = usr / "share/seabios-igd/igd_host/igd_messages.h"
    before = texts.read_text()
    texts.write_text(before.replace('0: mended", "harmless"', '0: mended", "installed"'))
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    said = {arguments: subprocess.run([usr / "bin/igd", *arguments], cwd=tmp_path, env=env,
                                      capture_output=True, text=True, check=False)
            for arguments in (("rom", str(rom)), ("command", "--help"), ("log", str(log)))}
    texts.write_text(before)
    assert "symptom: The driver guesses" in said["log", str(log)].stdout, said
    assert "mended; installed" in said["rom", str(rom)].stdout, said
    assert str(usr / "share/seabios-igd/seabios.bin") in "".join(
        said["command", "--help"].stdout.split()), said
    assert not list(usr.rglob("__pycache__"))


def test_the_manual_page_has_no_warnings(usr, cache):
    page = usr / "share/man/man7/seabios-igd.7"
    done = subprocess.run([cache / "mandoc/usr/bin/mandoc", "-T", "lint", "-W", "warning", page],
                          capture_output=True, text=True, check=False)
    # It has no date: that of a build would make every build another one.
    complaints = [line for line in done.stdout.splitlines() if "missing date" not in line]
    assert not complaints and not done.stderr, done.stdout + done.stderr


def test_the_manual_page_has_each_switch_of_the_manual(usr):
    page = (usr / "share/man/man7/seabios-igd.7").read_text().replace("\\-", "-")
    manual = (ROOT / "docs/firmware-interface.md").read_text()
    table = manual[manual.index("## Switches"):manual.index("## The log")]
    switches = re.findall(r"^\| `(igd-[\w-]+)` \| (.*?) \|$", table, re.M)
    assert len(switches) >= 7
    said = dict(re.findall(r"^\.TP\n\.B (igd-[\w-]+)\n((?:[^.].*\n)+)", page, re.M))
    want = {name: " ".join(meaning.split()) for name, meaning in switches}
    got = {name: " ".join(meaning.split()).rstrip(".") for name, meaning in said.items()}
    assert {k: v.lower() for k, v in got.items()} == {k: v.lower() for k, v in want.items()}


def test_the_manual_page_gives_qemu_what_readme_does(usr):
    text = (usr / "share/man/man7/seabios-igd.7").read_text().replace("\\-", "-")
    command = re.search(r"^qemu-system-x86_64 (?:.*\\e\n)*.*\n", text, re.M)[0]
    readme, = (block.text for block in page("README.md").blocks
               if block.text.startswith("qemu-system-x86_64 "))
    readme = readme.replace("out/seabios.bin", "/usr/share/seabios-igd/seabios.bin")
    assert shlex.split(command.replace("\\e\n", "")) == \
        shlex.split(readme.replace("\\\n", "").replace("out/firmware.log", "firmware.log"))


def test_the_manual_page_names_files_that_are_installed(usr):
    names = re.findall(r"^\.I (/\S+)$", (usr / "share/man/man7/seabios-igd.7").read_text(), re.M)
    assert len(names) == 5
    assert not [name for name in names
                if not (usr.parent / name.replace("\\-", "-").lstrip("/")).exists()]


def test_every_place_that_says_the_version_says_the_same():
    makefile = re.search(r"^VERSION := (\S+)", (ROOT / "Makefile").read_text(), re.M)[1]
    changelog = (ROOT / "debian/changelog").read_text()
    assert makefile == re.match(r"seabios-igd \((\S+)-\d+\)", changelog)[1]
    date = email.utils.parsedate_to_datetime(re.search("^ -- .*>  (.*)$", changelog, re.M)[1])
    spec = (ROOT / "packaging/seabios-igd.spec.in").read_text()
    assert re.search(r"%changelog\n\* (\w+ \w+ \d+ \d+) ", spec)[1] == date.strftime("%a %b %d %Y")


def test_all_packages_name_the_same_licences():
    # Of the images: the tree but for seabios/scripts.
    named = re.findall(r"^Files: (\S+)(?:.*\n)+?License: (.*)$",
                       (ROOT / "debian/copyright").read_text(), re.M)
    want = {SPDX[licence] for files, licences in named if not files.startswith("seabios/scripts/")
            for licence in licences.split(" and ")}
    spec = (ROOT / "packaging/seabios-igd.spec.in").read_text()
    assert set(re.search("^License: +(.*)$", spec, re.M)[1].split(" AND ")) == want
    # For Arch what has no licence needs no name.
    pkgbuild = (ROOT / "packaging/PKGBUILD.in").read_text()
    assert set(re.search(r"^license=\((.*)\)$", pkgbuild, re.M)[1].split()) == \
        want - {SPDX["public-domain"]}


@pytest.mark.parametrize("target", ["dist", "deb", "pkgbuild"])
def test_a_release_is_of_the_first_seabios_release_alone(target, out, tmp_path):
    done = make(ROOT, target, f"OUT={tmp_path}", f"SEABIOS={out}/tree/stock")
    assert done.returncode != 0 and "has SeaBIOS 1.17.0: leave out SEABIOS" in done.stderr
