# SPDX-License-Identifier: LGPL-3.0-only
"""igd report collects what a report needs, and nothing that tells whose machine it is."""
# Copyright (C) 2026 The seabios-igd authors

import datetime

import pytest

from hosts import MACHINES, bare, build, fake_qemu
from tool import ROOT, igd

SERIALS = ("WD-WCC4E0000001", "PF0000XY", "52:54:00:12:34:56", "52-54-00-12-34-56",
           "4c4c4544-0042-3510-8053-b4c04f4b4d32", "00ffffffffffff00")
FIRMWARE_LOG = """\
SeaBIOS (version 1.16.0-old)
BUILD: gcc: (Debian) binutils: (Debian)
igd: of the boot before
SeaBIOS (version 1.17.0-seabios-igd)
BUILD: gcc: (Debian) binutils: (Debian)
igd: device 00:02.0 8086:3e92 class 0300 Gen9 Coffee Lake
igd: note: no etc/igd-opregion: ASLS is not written; use x-igd-opregion=on
AHCI/0: registering: "AHCI/0: WD-WCC4E0000001 ATA-9 Hard-Disk (931 GiBytes)"
PCI: net 52:54:00:12:34:56 52-54-00-12-34-56
  0: 0000000000000000 - 000000000009fc00 = 1 RAM
"""


@pytest.fixture(params=MACHINES)
def host(request, tmp_path):
    """One of the hosts, with what must not get out of it."""
    root = build(MACHINES[request.param], tmp_path / "root")
    secrets = {"sys/class/dmi/id/product_name": "ThinkStation",
               "sys/class/dmi/id/product_serial": "PF0000XY",
               "sys/class/dmi/id/product_uuid": "4c4c4544-0042-3510-8053-b4c04f4b4d32",
               "sys/class/net/eth0/address": "52:54:00:12:34:56",
               "etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"'}
    for name, text in secrets.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    cmdline = root / "proc/cmdline"
    cmdline.write_text(cmdline.read_text().rstrip()
                       + " root=UUID=4c4c4544-0042-3510-8053-b4c04f4b4d32 i915.modeset=0\n")
    (root / "sys/class/drm/card0-HDMI-A-1").mkdir(parents=True)
    (root / "sys/class/drm/card0-HDMI-A-1/edid").write_bytes(bytes.fromhex("00ffffffffffff00"))
    (tmp_path / "firmware.log").write_text(FIRMWARE_LOG)
    return MACHINES[request.param], root, tmp_path


def report(host, *more):
    _, root, folder = host
    told = igd("report", folder / "report.txt", "--root", root, "--qemu",
               fake_qemu(folder, "10.0"), *more)
    assert str(folder / "report.txt") in told
    return (folder / "report.txt").read_text()


def test_a_report_has_versions_device_doctor_and_log(host):
    machine, _, folder = host
    text = report(host, "--log", folder / "firmware.log")
    for part in ("versions", "device", "igd doctor", "igd log", "the firmware's log"):
        assert f"\n== {part}" in text, text
    for words in ("Debian GNU/Linux 12 (bookworm)", machine.kernel, "QEMU      10.0",
                  "firmware  1.17.0-seabios-igd", "ThinkStation", "i915.modeset=0",
                  "what this host can give",
                  f"0x8086 0x{machine.device:04x}", "set up Coffee Lake (Gen9)",
                  "igd: note: no etc/igd-opregion", "= 1 RAM"):
        assert words in text, f"expected {words!r} in\n{text}"
    assert "\033" not in text
    # Up to Gen10 BDSM is a dword.
    assert ("upper half" in text) == (machine.name in ("tiger-lake", "raptor-lake")), text


def test_nothing_of_the_boot_before_is_in_it(host):
    text = report(host, "--log", host[2] / "firmware.log")
    assert "1.16.0-old" not in text and "of the boot before" not in text


def test_it_has_no_serial_number_mac_address_or_edid(host):
    text = report(host, "--log", host[2] / "firmware.log")
    assert not [secret for secret in SERIALS if secret in text], text
    assert str(host[2]) not in text, "a path of the machine's is in it"


def test_private_adds_all_of_the_log_and_the_edids(host):
    text = report(host, "--log", host[2] / "firmware.log", "--private")
    assert "WD-WCC4E0000001" in text and "== EDID of card0-HDMI-A-1\n00ffffffffffff00\n" in text
    assert "serial numbers may be in both" in text
    # Nobody has asked for the machine's own.
    assert "PF0000XY" not in text and "4c4c4544" not in text


def test_without_a_log_it_says_so(host):
    text = report(host)
    assert "no log was given (--log FILE)" in text and "== igd log" not in text


def test_its_row_is_one_of_the_table_for_reports(host):
    machine = host[0]
    lines = report(host, "--log", host[2] / "firmware.log").splitlines()
    row = next(line for line in lines if line.startswith(f"| {datetime.date.today()} |"))
    head = next(line for line in (ROOT / "docs/hardware.md").read_text().splitlines()
                if line.startswith("| date |"))
    assert row.count("|") == head.count("|")
    assert f"{machine.device:04x}" in row and "1.17.0-seabios-igd" in row


def test_a_host_without_an_igd_is_reported_too(tmp_path):
    igd("report", tmp_path / "report.txt", "--root", bare(tmp_path), "--qemu", tmp_path / "none")
    text = (tmp_path / "report.txt").read_text()
    assert "there is no Intel display device" in text and "QEMU      not found" in text


def test_a_log_that_cannot_be_read_is_exit_code_2(tmp_path):
    assert "No such file" in igd("report", tmp_path / "report.txt", "--root", bare(tmp_path),
                                 "--log", tmp_path / "none", status=2)
    assert not (tmp_path / "report.txt").exists()
