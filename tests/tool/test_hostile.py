# SPDX-License-Identifier: LGPL-3.0-only
"""Whatever igd is given, files, folders, arguments, programs or somewhere to write, it ends with
its exit code, and an error is one line that names its cause."""
# Copyright (C) 2026 The seabios-igd authors

import ast
import json
import os
import re
import subprocess
from dataclasses import replace

import pytest

from hosts import IGD, MACHINES, bare, build, fake_qemu
from igd_host import cli, host
from make_inputs import image
from opregion import opregion
from test_log import BOOT
from tool import ROOT, TOOL, igd, igd_json, run

READERS = ("decode", "rom", "log")
# What no firmware has written, and the exit code: 1 where it was read and refused.
CONTENTS = {"empty": b"", "zeros": bytes(8192), "cut": b"IntelGraphicsMem", "text": b"\xff\xfe\0",
            "cut-opregion": opregion()[:8191], "cut-rom": image()[:100]}
# Files of a host that are not as Linux shows them.
WRONG = {"empty": b"", "zeros": bytes(64), "no-text": b"\xff\xfe\n", "words": b"one two\n",
         "large": b"0x" + b"f" * 100 + b"\n", "letters": b"0xzz\n"}
GOOD = MACHINES["coffee-lake"]
HOST_FILES = [
    f"sys/bus/pci/devices/{IGD}/{name}" for name in ("vendor", "device", "class", "config", "rom")
] + ["sys/class/iommu/dmar0/intel-iommu/cap", "sys/kernel/debug/dri/1/i915_opregion",
     "sys/kernel/debug/dri/1/i915_vbt", "proc/cmdline", "proc/cpuinfo", "proc/sys/kernel/osrelease",
     "sys/module/vfio_pci/parameters/disable_vga", f"boot/config-{GOOD.kernel}"]


@pytest.fixture(name="inside")
def fixture_inside(capsys):
    """Runs igd in this process, which takes a tenth of the time."""
    def inside(*arguments):
        status = cli.main([str(argument) for argument in arguments])
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())
    return inside


def one_line(done, *words):
    """Asserts that a run of igd was not done, and says why in a line with these words."""
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize("command", READERS)
@pytest.mark.parametrize("content", CONTENTS)
def test_a_file_without_sense_is_refused_with_exit_code_1(command, content, tmp_path, inside):
    path = tmp_path / "file"
    path.write_bytes(CONTENTS[content])
    text, told = inside(command, path), inside(command, path, "--json")
    for done in (text, told):
        assert (done.returncode, bool(done.stdout), done.stderr) == (1, True, ""), done
    assert json.loads(told.stdout)["findings"] or command == "log"


@pytest.mark.parametrize("command", READERS)
def test_what_is_no_file_is_exit_code_2(command, tmp_path, inside):
    (tmp_path / "dangling").symlink_to("nothing")
    for path, why in ((tmp_path, "Is a directory"), (tmp_path / "dangling", "No such file"),
                      ("", "No such file"), ("/proc/self/mem", "Input/output error")):
        for more in ([], ["--json"]):
            one_line(inside(command, path, *more), f"igd: {path}: {why}")


@pytest.mark.parametrize("command", READERS)
def test_a_file_without_end_is_exit_code_2(command):
    one_line(run(command, "/dev/zero"), "/dev/zero: more than 64 MiB")


def test_what_cannot_be_written_is_exit_code_2(tmp_path, inside):
    (tmp_path / "file").write_bytes(image())
    root = build(replace(GOOD, rom=image()), tmp_path / "root")
    for path, why in ((tmp_path, "Is a directory"), (tmp_path / "none/copy", "No such file"),
                      ("/dev/full", "No space left")):
        one_line(inside("rom", tmp_path / "file", "--fix", path), f"igd: {path}: {why}")
        one_line(inside("dump-vbios", path, "--root", root), f"igd: {path}: {why}")
        one_line(inside("report", path, "--root", root), f"igd: {path}: {why}")


@pytest.mark.parametrize("content", [*WRONG, "folder"])
def test_a_host_with_a_wrong_file_is_judged_all_the_same(content, tmp_path, inside):
    shown = replace(GOOD, opregion=opregion(), vbt=b"$VBT")
    for number, name in enumerate(HOST_FILES):
        path = build(shown, tmp_path / str(number)) / name
        assert path.exists()
        path.unlink()
        if content == "folder":
            path.mkdir()
        else:
            path.write_bytes(WRONG[content])
        done = inside("doctor", "--root", tmp_path / str(number), "--json", "--qemu", "/bin/true")
        assert (done.returncode, done.stderr) == (1, ""), (name, done)
        assert json.loads(done.stdout)["checks"], name


@pytest.mark.parametrize("packed", [b"", b"\x1f\x8b", b"\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff\xff",
                                    b"CONFIG_VFIO_PCI=m"], ids=range(4))
def test_a_packed_configuration_that_is_broken_is_none(packed, tmp_path):
    root = build(GOOD, tmp_path)
    (root / f"boot/config-{GOOD.kernel}").unlink()
    (root / "proc/config.gz").write_bytes(packed)
    out = igd("doctor", "--root", root, "--qemu", "/bin/true", status=1)
    assert "unknown  vfio-pci: the kernel's configuration is neither in" in out, out


def test_a_folder_without_a_host_is_exit_code_2(tmp_path, inside):
    (tmp_path / "file").touch()
    for root in (tmp_path, tmp_path / "none", tmp_path / "file"):
        for command in (["doctor"], ["doctor", "--json"], ["command", "legacy"],
                        ["libvirt", "driver"], ["proxmox", "second"], ["dump-vbios", "/dev/null"],
                        ["report", "/dev/null"]):
            one_line(inside(*command, "--root", root), f"{root}: no sys/bus/pci")


@pytest.mark.parametrize("arguments,words", [
    (["doctor", "--address", "2.0"], "'2.0' is no PCI address; 00:02.0 is one"),
    (["doctor", "--address", "0001:00:02.0"], "is no PCI address"),
    (["command", "legacy", "--memory", "0"], "'0' is no number of MiB from 64 on"),
    (["libvirt", "legacy", "--memory", "-4096"], "'-4096' is no number of MiB"),
    (["rom", "--device", "8086:3e92", "file"], "'8086:3e92' is no device id; 3e92 is one")],
    ids=range(5))
def test_a_wrong_argument_is_named_with_a_right_one(arguments, words):
    done = run(*arguments)
    assert done.returncode == 2 and words in done.stderr.splitlines()[-1], done.stderr


@pytest.mark.parametrize("script", ["echo 'QEMU version nine'", "printf '\\377\\376\\n'", "exit 3",
                                    "sleep 60 & exec cat", "exec sleep 60"], ids=range(5))
def test_a_program_that_is_no_qemu_is_told_so(script, tmp_path, monkeypatch):
    monkeypatch.setattr(host, "QEMU_SECONDS", 0.2)
    path = tmp_path / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    assert host.qemu_version(path) is None      # it may not be started
    path.chmod(0o755)
    assert host.qemu_version(path) is None


def test_a_guest_cannot_write_to_the_terminal_by_the_log(tmp_path):
    log = tmp_path / "log"
    # Zeros: QEMU writes on where it was after somebody has cut the file.
    boot = BOOT[BOOT.index("BUILD: "):].encode()
    log.write_bytes(bytes(100) + boot + b"igd: \x1b]0;owned\x07 \xff\x9b31m new\r\n")
    out = igd("log", log)
    assert "  .]0;owned. ..31m new" in out.splitlines(), out
    assert igd_json("log", log)["boots"] == 1
    igd("report", tmp_path / "report", "--root", bare(tmp_path), "--log", log, "--private")
    assert not re.search(r"[^\n\x20-\x7e]", (tmp_path / "report").read_text())


def test_a_hosts_files_cannot_write_to_the_terminal(tmp_path):
    root = build(GOOD, tmp_path / "root")
    (root / "proc/cmdline").write_bytes(b"intel_iommu=on,\x1b]0;owned\x07\x9b\xc2\x9b\0\xc3\xbc\n")
    out = igd("doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"))
    assert "intel_iommu=on,?]0;owned?\ufffd??\xfc" in out, out


def to(where, *arguments, **environment):
    """A run of igd by a shell that sends its standard output somewhere."""
    return subprocess.run(["sh", "-c", f'"$0" "$@" {where}', TOOL, *arguments], text=True,
                          capture_output=True, check=False, env=os.environ | environment)


@pytest.mark.parametrize("more", [[], ["--json"], ["--help"]], ids=["text", "json", "help"])
def test_somewhere_to_write_that_is_full_or_closed_is_no_reason_to_fall(more, tmp_path):
    root = build(GOOD, tmp_path / "root")
    arguments = ["doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"), *more]
    full, closed, cut = (to(where, *arguments) for where in (">/dev/full", ">&-", "| :"))
    assert (full.returncode, full.stderr) == (
        2, "igd: standard output: No space left on device\n"), full
    assert (closed.returncode, closed.stderr) == (0, ""), closed
    assert cut.stderr == "", cut


def test_what_an_encoding_lacks_is_written_otherwise(tmp_path):
    root = build(replace(GOOD, kernel="6.1-\u00e4"), tmp_path / "root")
    (root / "proc/cmdline").write_text("intel_iommu=\u00fc\n")
    done = to("", "doctor", "--root", root, "--qemu", fake_qemu(tmp_path, "10.0"),
              PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "intel_iommu=\\xfc" in done.stdout, done


@pytest.mark.parametrize("path", sorted((ROOT / "scripts/igd_host").glob("*.py")),
                         ids=lambda path: path.name)
def test_python_39_can_run_it(path):
    tree = ast.parse(path.read_text(), feature_version=(3, 9))
    kinds = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    unions = [kind for kind in kinds if isinstance(kind, ast.BinOp)]
    later = [node for node in tree.body if isinstance(node, ast.ImportFrom)
             and [name.name for name in node.names] == ["annotations"]]
    assert bool(later) == bool(unions), "X | None is evaluated where annotations are"
