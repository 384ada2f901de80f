# SPDX-License-Identifier: LGPL-3.0-only
"""igd decode says of an OpRegion or VBT what the firmware's library says, and of its child devices
what Debian's intel_vbt_decode says."""
# Copyright (C) 2026 The seabios-igd authors

import random
import re
import struct
import subprocess

import pytest

import library
from igd_host import vbt
from opregion import END, opregion, panel_blocks, vbt as vbt_file
from test_vbts import CORPUS, OWN
from tool import ROOT, damage, igd, igd_json, judges_environment

REGIONS = {name: opregion(data) for name, data in CORPUS.items()} | {
    f"seed-{path.name}": path.read_bytes()
    for path in sorted((ROOT / "tests/fuzz/inputs/opregion").iterdir())}
# Sizes at their limits.
REGIONS |= {"padded-by-one": opregion(vbt_file("PADDED", 340, padding=b"\1")),
            "least-vbt": opregion(vbt_file("LEAST", 48)),
            "least-extended": opregion(vbt_file("LEAST", 48), extended=True),
            "vbt-one-too-short": opregion(vbt_file("SHORT", 48), extended=True, rvds=47)}
# Where a changed byte changes what is said: header, mailbox 3's RVDA, VBT header, start of blocks.
TELLING = ((0, 0x60), (0x3B8, 0x3C8), (0x400, 0x480), (END, END + 0x80))


def compare(data):
    """What igd decode reads of an OpRegion, after a comparison with the library."""
    expected, expected_found = library.read_opregion(data)
    region, table, found = vbt.read(data)
    assert found == expected_found
    assert (region is None) == (expected is None)
    if region:
        got = (region.size_bytes, *region.version, region.rvda_outside, region.mailboxes)
        assert got == (expected.size_bytes, expected.major, expected.minor,
                       bool(expected.rvda_outside), expected.mailboxes)
        assert (table is not None) == (expected.vbt_offset != 0)
    if table:
        assert (table.offset, len(table.data), table.name) \
            == (expected.vbt_offset, expected.vbt_bytes, expected.vbt_name.decode())
        panel = table.panel
        assert [panel.boot_display, panel.type, panel.lfp, panel.depth] == library.panel(table.data)
    return region, table, found


@pytest.mark.parametrize("name", REGIONS)
def test_an_opregion_is_read_as_the_firmware_reads_it(name):
    compare(REGIONS[name])


@pytest.mark.parametrize("name", REGIONS)
def test_a_damaged_opregion_is_read_as_the_firmware_reads_it(name):
    chance = random.Random(name)
    for _ in range(100):
        data = bytearray(REGIONS[name])
        places = [at for first, end in TELLING for at in range(first, min(end, len(data)))]
        damage(data, chance, places, (0, 1, 2, 0x7F, 0xFF))
        compare(bytes(data))


@pytest.mark.parametrize("seed", range(20))
def test_damaged_blocks_are_read_as_the_firmware_reads_them(seed):
    chance = random.Random(seed)
    for _ in range(100):
        content = panel_blocks(0x60D6, 0x1806, panel=chance.randrange(17), edp_depth=1 << 30)
        bdb = b"".join(struct.pack("<BH", number, len(data)) + data for number, data in content)
        data = bytearray(struct.pack("<20sHHHBBI16x", b"$VBT DAMAGED        ", 100, 48, 1000, 0, 0,
                                     48) + struct.pack("<16sHHH", b"BIOS_DATA_BLOCK ", 209, 22,
                                                       len(bdb)) + bdb).ljust(1000, b"\0")
        for _ in range(chance.randrange(4)):
            data[chance.randrange(48, 48 + 22 + len(bdb))] = chance.randrange(256)
        compare(opregion(bytes(data)))


def children_of_intel_vbt_decode(judges, path):
    """[{what: value}] of the child devices that Debian's intel_vbt_decode finds, and the
    resolution."""
    done = subprocess.run([judges / "usr/bin/intel_vbt_decode", path], capture_output=True,
                          text=True, check=True,
                          env=judges_environment(judges))
    fields = {"handle": "Device handle", "type": "Device type", "port": "DVO Port",
              "ddc_pin": "DDC pin", "aux_channel": "Aux channel"}
    children = []
    for text in done.stdout.split("Child device info:")[1:]:
        child = {key: re.search(rf"{label}: .*?\b0x([0-9a-f]+)", text)
                 for key, label in fields.items()}
        children.append({key: int(found[1], 16) for key, found in child.items() if found})
    names = re.findall(r"DVO Port: (\S+)", done.stdout)
    # As i915 takes it: the timing's. "WxH" before it is another field, which may differ.
    size = re.search(r"timings: (\d+) \d+ \d+ \d+ (\d+) ", done.stdout)
    return children, names, size and [int(size[1]), int(size[2])]


# VBTs of real machines, if there are any, and the one of our own with child devices.
JUDGED = ["edp"] + [name for name in CORPUS if name not in OWN]


@pytest.mark.parametrize("name", JUDGED)
def test_child_devices_agree_with_intel_vbt_decode(name, judges, tmp_path):
    path = tmp_path / "file.vbt"
    path.write_bytes(CORPUS[name])
    children, ports, resolution = children_of_intel_vbt_decode(judges, path)
    got = igd_json("decode", path)["vbt"]
    keys = ("handle", "type", "port", "ddc_pin", "aux_channel")
    assert [{key: child[key] for key in keys} for child in got["children"]] == children
    assert [vbt.PORTS[child["port"]] for child in got["children"]] == ports
    assert children or name != "edp"
    if got["panel"]["lfp"]:
        assert got["panel"]["resolution"] == resolution


def test_decode_shows_header_mailboxes_children_and_panel(tmp_path):
    path = tmp_path / "opregion"
    path.write_bytes(opregion(CORPUS["edp"], mailboxes=0x1D))
    out = igd("decode", path)
    for line in ("OpRegion 2.1, 8192 bytes",
                 "  mailboxes  1 ACPI, 3 ASLE, 4 VBT, 5 ASLE extension",
                 'VBT "EDP" at 0x400, 1000 bytes', "  5f40h panel type    16",
                 "  5f51h flat panel    eDP", "  5f52h colour depth  24 bits"):
        assert line in out.splitlines(), out
    assert len(re.findall("type 0x60d6 DisplayPort/HDMI|type 0x1806 eDP", out)) == 2, out


@pytest.mark.parametrize("content", [b"", b"$VBT", opregion(signature=b"IntelGraphicsMen"),
                                     opregion()], ids=["empty", "cut", "no-signature", "no-vbt"])
def test_a_file_without_vbt_is_exit_code_1(content, tmp_path):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert igd_json("decode", path, status=1)["vbt"] is None


def test_a_file_that_is_not_there_is_exit_code_2(tmp_path):
    assert igd("decode", tmp_path / "none", status=2) \
        == f"igd: {tmp_path / 'none'}: No such file or directory\n"
