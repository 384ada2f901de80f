# SPDX-License-Identifier: LGPL-3.0-only
"""Debian's i915 driver on a simulated Gen9 with a monitor: it finds what the firmware has set up,
and the console that it shows is fetched from the stolen memory that the firmware has reserved. On
Gen12, where no more than its outputs is simulated, it comes as far as these."""
# Copyright (C) 2026 The seabios-igd authors

import re
import struct

import pytest
from PIL import Image

from linux import recorded
from opregion import child_device, general_definitions, opregion, vbt
from test_linux import STOLEN, is_as_the_firmware_left_it, name, powered_off, start
from tool import doctor, igd_json
from vbios_rom import stand_in

GEN9 = [("12", "pc", "3e92"), ("13-backports", "q35", "3e92")]
GEN12 = [("12", "q35", "9a49"), ("13-backports", "pc", "9a49")]
# Driver and KMS messages (Linux, include/drm/drm_print.h).
DEBUG = "loglevel=8 drm.debug=0x06 log_buf_len=4M"
# What a kernel says when it or a driver finds something wrong. "Atomic update failure" is a matter
# of time: under TCG an update can take longer than it has until the next frame.
TROUBLE = r"WARNING:|Call Trace|\*ERROR\*(?! Atomic update failure)|GPU HANG"
# What i915 does when it has given the engines up; the display works without them.
WEDGED = "CI tainted"

# HDMI at port B, on the DDC pin that Cannon Point has for it (Linux, intel_vbt_defs.h,
# DEVICE_TYPE_HDMI, DVO_PORT_HDMIB; intel_gmbus.c, gmbus_pins_cnp).
HDMI = opregion(vbt("HDMI", 1000, blocks=[
    (254, bytes(5)), (1, bytes(12)),
    general_definitions(child_device(0x60D2, port=1, ddc_pin=1))]))

WIDTH, HEIGHT = 1024, 768
CELL_WIDTH, CELL_HEIGHT = 8, 16


def edid():
    """The EDID of a monitor with HDMI that likes 1024x768 at 60 Hz best (VESA E-EDID 1.4, CTA-861
    with HDMI's vendor block; the timing is VESA DMT's)."""
    def block(content):
        return content + bytes([-sum(content) & 0xFF])

    timing = struct.pack("<H12B4x", 6500, WIDTH & 0xFF, 320 & 0xFF, WIDTH >> 8 << 4 | 320 >> 8,
                         HEIGHT & 0xFF, 38, HEIGHT >> 8 << 4, 24, 136, 3 << 4 | 6, 0,
                         0x40, 0xF0).ljust(18, b"\0")
    texts = [b"\0\0\0\xFC\0seabios-igd\n ", b"\0\0\0\xFD\0" + bytes([50, 75, 30, 80, 17, 0]) +
             b"\n      ", b"\0\0\0\x10".ljust(18, b"\0")]
    base = struct.pack(
        ">8sHHIBBBB5B10s3s16s", b"\0" + b"\xFF" * 6 + b"\0",
        # "IGD", five bits a letter.
        9 << 10 | 7 << 5 | 4, 0, 0, 1, 36, 1, 4, 0x80, 40, 30, 120, 0x0A,
        bytes.fromhex("ee91a3544c99260f5054"), bytes(3), b"\1" * 16)
    hdmi = bytes([0x65, 0x03, 0x0C, 0x00, 0x10, 0x00])
    extension = bytes([2, 3, 4 + len(hdmi), 0]) + hdmi
    return block(base + timing + b"".join(texts) + b"\1") + block(extension.ljust(127, b"\0"))


def load(out, cache, case, **sim):
    """Boots a case and loads i915; returns (Result, Linux)."""
    _, _, device = case
    return start(out, cache, case, "i915", append=DEBUG, load=["i915"], opregion=HDMI,
                 sim={"bar2_gtt": "on"} | sim,
                 rom=stand_in(out, device=int(device, 16)), options=",x-vga=on")


def said(linux, *texts):
    """Asserts that each of these is in a message of the kernel's."""
    for text in texts:
        assert any(text in line for line in linux.messages), f"no message says {text!r}"


def has_found_what_the_firmware_left(result, linux, usable_kb):
    said(linux, f"graphic opregion physical addr: {result.report['asls']:#x}",
         "ACPI OpRegion version 2.1.0", "Found valid VBT in ACPI OpRegion (Mailbox #4)",
         'VBT signature "$VBT HDMI', "Adding HDMI connector on",
         f"Memory reserved for graphics device: {STOLEN >> 10}K, usable: {usable_kb}K")
    trouble = [line for line in linux.messages if re.search(TROUBLE, line)]
    assert trouble == [], "\n".join(trouble)


def igd_sees_what_i915_shows(result, cache, case):
    """Asserts that igd finds driver and OpRegion in what the kernel shows, and reads that as it
    reads what QEMU was given."""
    kernel, _, _ = case
    root = recorded(cache, kernel, result.folder)
    checks, _ = doctor(root, "qemu-system-x86_64")
    for check, state, found in (
            ("vt-d", "missing", ""), ("iommu", "missing", ""), ("group", "missing", "none"),
            ("driver", "missing", "i915, not vfio-pci"), ("opregion", "ok", 'VBT "HDMI"'),
            ("vfio-pci", "ok", "with IGD support; not loaded yet"),
            ("stolen", "ok", f"{STOLEN >> 20} MiB (GMS, DVMT pre-allocated) at "
                             f"{result.report['bdsm']:#x}")):
        assert (checks[check]["state"], found in checks[check]["found"]) == (state, True), \
            checks[check]
    given, folder = igd_json("decode", result.folder / "opregion.bin"), "sys/kernel/debug/dri/0"
    assert igd_json("decode", root / folder / "i915_opregion") == given
    alone = igd_json("decode", root / folder / "i915_vbt")
    assert alone["vbt"] | {"offset": given["vbt"]["offset"]} == given["vbt"]


def shows(picture, text):
    """Asserts that a picture shows a text, whatever the font: each character has one shape, and
    each shape is one character's."""
    assert picture.size == (WIDTH, HEIGHT), picture.size
    assert {len(row) for row in text} == {WIDTH // CELL_WIDTH}, text
    shapes = {}
    for y, row in enumerate(text):
        for x, character in enumerate(row):
            left, top = x * CELL_WIDTH, y * CELL_HEIGHT
            cell = picture.crop((left, top, left + CELL_WIDTH, top + CELL_HEIGHT)).tobytes()
            expected = shapes.setdefault(character, cell)
            assert cell == expected, f"row {y}, column {x}: {character!r} looks different"
    assert len(set(shapes.values())) == len(shapes) > 30, sorted(shapes)
    assert not any(shapes[" "]), "a blank is not black"


@pytest.mark.parametrize("case", GEN9, ids=name)
def test_i915_shows_the_console_out_of_the_reserved_stolen_memory(case, out, cache, tmp_path):
    (tmp_path / "edid").write_bytes(edid())
    result, linux = load(out, cache, case, edid=tmp_path / "edid")

    powered_off(result, linux, linux.started)
    has_found_what_the_firmware_left(result, linux, STOLEN >> 10)
    igd_sees_what_i915_shows(result, cache, case)
    is_as_the_firmware_left_it(case, result, linux, linux.started, driver=True)

    said(linux, "HDMI-A-1] status updated from unknown to connected",
         "output_types: HDMI", "fb0: i915drmfb frame buffer device",
         f"colour frame buffer device {WIDTH // CELL_WIDTH}x{HEIGHT // CELL_HEIGHT}")
    given_up = [line for line in linux.messages if WEDGED in line]
    assert given_up == [], given_up

    vga, base = result.report["vga"], result.report["bdsm"]
    assert (vga["mode"], vga["columns"], vga["rows"]) == ("plane", WIDTH, HEIGHT), vga
    first, last = vga["surface"]
    assert base <= first < last < base + STOLEN, \
        f"shown is {first:#x}-{last:#x}, stolen memory is {base:#x}-{base + STOLEN - 1:#x}"
    with Image.open(result.folder / "screen.png") as picture:
        shows(picture, linux.screen)
    assert any(linux.started.release in row for row in linux.screen), linux.screen
    if case == GEN9[0]:
        result.keep_screen(out, "linux-i915")


@pytest.mark.parametrize("case", GEN12, ids=name)
def test_i915_finds_on_gen12_what_the_firmware_left(case, out, cache):
    # What a host with stolen memory at 448 to 512 MiB leaves: the last MiB of it is reserved. The
    # firmware puts the guest's at the same place, which is the top of its RAM, too.
    result, linux = load(out, cache, case, stolen_reserved="0x1FF00001",
                         # Drivers take less for a device before its first production.
                         revision=1)
    powered_off(result, linux, linux.started)
    has_found_what_the_firmware_left(result, linux, (STOLEN >> 10) - 1024)
    is_as_the_firmware_left_it(case, result, linux, linux.started, driver=True,
                               place="STOLEN_RESERVED")
