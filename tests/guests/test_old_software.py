# SPDX-License-Identifier: LGPL-3.0-only
"""Old software on an assigned IGD: memtest86+ and GRUB 2 of Debian, and a walk over memory as in
DOS's days. The memory that they take for free must not be the IGD's, and their screens must show.

The guest's RAM is a file. Before the start each page is filled with bytes of its own, so that in
the end each page tells whether anybody has written there."""
# Copyright (C) 2026 The seabios-igd authors

import itertools
import json
import re
import struct
import subprocess
import threading
import time
from dataclasses import replace

import pytest
from PIL import Image

from machine import BDSM, MIB, PAGE, RAM, RESERVED, Machine, Result
from opregion import opregion, vbt
from vbios_rom import stand_in

STOLEN_BYTES = 16 * MIB
OPREGION = opregion(vbt("MAILBOX4", 0x10CC))
# tests/guests/walk.S
FILL_E801, FILL_88 = struct.pack("<I", 0xE801E801), struct.pack("<I", 0x88888888)
# INT 15h 88h tells at most this many KiB, and E801h counts in 64 KiB.
MOST_88, GRAIN_E801 = 64 * MIB, 64 << 10
WIDTH, HEIGHT = 640, 480                            # of the stand-in VBIOS's VBE mode
ENTRIES = ("Old system of the simulated IGD", "Memory test of the simulated IGD")   # grub.cfg


# --- machines ---------------------------------------------------------------------------------

def old_machine(out, name, variant="igd", memory_mb=64, device=0x3E92, vbe=False, **changes):
    """A Machine whose RAM is a file, with OpRegion, stolen memory and a VBIOS; and its folder.
    Prints where its logs are, which a failure shows."""
    folder = out / "guests" / (name if variant == "igd" else f"{name}-{variant}")
    print(f"logs: {folder}")
    return Machine(
        out=out, firmware=out / f"build/{variant}-256k/bios.bin", memory=f"{memory_mb}M",
        device=device, opregion=OPREGION, stolen=struct.pack("<Q", STOLEN_BYTES),
        rom=stand_in(out, device=device, vbe=vbe), options=",x-vga=on", expect_stolen=STOLEN_BYTES,
        extra=["-object", f"memory-backend-file,id=ram,size={memory_mb}M,"
               "mem-path={folder}/ram,share=on", "-machine", "memory-backend=ram"],
        **changes), folder


def pattern(page):
    """What a page of RAM holds before the start: never the same twice, never what a test of memory
    writes."""
    return struct.pack("<Q", (page + 1) * 0x9E3779B97F4A7C15 % (1 << 64)) * (PAGE // 8)


def fill(machine, folder):
    """Makes the file that is to be the machine's RAM."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = int(machine.memory.rstrip("M")) * MIB // PAGE
    (folder / "ram").write_bytes(b"".join(map(pattern, range(pages))))


def take_ram(folder):
    """What RAM holds in the end. The file goes: it is large."""
    ram = (folder / "ram").read_bytes()
    (folder / "ram").unlink()
    return ram


def run_until(machine, folder, shows):
    """Runs a machine until shows(TEXT) is true of its screen, a text of 25 lines, and returns its
    Result. AssertionError: that did not come within machine.timeout.

    QEMU's monitor reads the screen at B8000h, as the guest would: from the simulated VGA."""
    args, environment = machine.command(folder)
    shown, end = False, time.monotonic() + machine.timeout
    # Nothing is buffered: what cannot be written to a QEMU that has ended would come up later.
    with open(folder / "qemu.log", "w", encoding="utf-8") as log, subprocess.Popen(
            args + ["-qmp", "stdio"], env=environment, bufsize=0, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=log) as process:
        stuck = threading.Timer(machine.timeout + 10, process.kill)
        stuck.start()

        def ask(command, **arguments):
            order = json.dumps({"execute": command, "arguments": arguments}) + "\n"
            process.stdin.write(order.encode())
            for line in process.stdout:
                if not {"return", "error"}.isdisjoint(json.loads(line)):
                    return
            raise BrokenPipeError

        try:
            ask("qmp_capabilities")
            while not shown and time.monotonic() < end:
                time.sleep(0.2)
                ask("pmemsave", val=0xB8000, size=80 * 25 * 2, filename=f"{folder}/b8000")
                cells = (folder / "b8000").read_bytes()[::2].decode("cp437")
                shown = shows("\n".join(cells[at:at + 80] for at in range(0, len(cells), 80)))
            ask("quit")
        except BrokenPipeError:
            pass    # QEMU has ended by itself, or by the timer
        status = process.wait()
        stuck.cancel()
    result = Result(folder, status, (folder / "qemu.log").read_text(errors="replace"))
    assert shown and status == 0, \
        f"not shown in {machine.timeout} s, status {status}; in the end on screen:\n{result.screen}"
    return result


# --- what became of memory --------------------------------------------------------------------

def untouched(ram, start, end):
    """The bytes in whole pages of [start, end) that are as they were before the machine started."""
    return PAGE * sum(ram[page * PAGE:(page + 1) * PAGE] == pattern(page)
                      for page in range(-(-start // PAGE), end // PAGE))


def the_igds_is_left_alone(ram, base, result):
    """Asserts that nobody wrote to stolen memory at base or to the OpRegion."""
    got = untouched(ram, base, base + STOLEN_BYTES)
    assert got == STOLEN_BYTES, \
        f"of stolen memory at {base:#x} {got:#x} bytes untouched, expected {STOLEN_BYTES:#x}"
    asls = result.report["asls"]
    assert asls and ram[asls:asls + len(OPREGION)] == OPREGION, f"no OpRegion any more at {asls:#x}"


def all_is_overwritten(ram, ranges):
    """Asserts that there is nothing in [(start, end)] that nobody wrote to."""
    for start, end in ranges:
        got = untouched(ram, start, end)
        assert end > start and not got, f"in {start:#x}-{end:#x} {got:#x} bytes were not written to"


# --- pictures: a list of rows, each a list of pixels, 0xRRGGBB ---------------------------------

def png_picture(path):
    """The picture in a PNG."""
    with Image.open(path) as image:
        assert image.mode == "RGB", image.mode
        pixels = [red << 16 | green << 8 | blue for red, green, blue in image.getdata()]
        return [pixels[at:at + image.width] for at in range(0, len(pixels), image.width)]


def frame(ram, base):
    """The picture at the start of stolen memory."""
    pixels = [pixel & 0xFFFFFF for pixel, in struct.iter_unpack(
        "<I", ram[base:base + WIDTH * HEIGHT * 4])]
    return [pixels[at:at + WIDTH] for at in range(0, len(pixels), WIDTH)]


def drawn(font, text):
    """The rows of a text in a font of GRUB's (PFF2), a byte 0 or 1 each dot."""
    sections, at = {}, 0
    while at < len(font):
        name, size = struct.unpack_from(">4sI", font, at)
        sections[name] = font[at + 8:at + 8 + size]
        at = len(font) if name == b"DATA" else at + 8 + size
    offsets = {code: offset for code, _, offset in struct.iter_unpack(">IBI", sections[b"CHIX"])}
    ascent, = struct.unpack(">H", sections[b"ASCE"])
    descent, = struct.unpack(">H", sections[b"DESC"])
    rows = [bytearray() for _ in range(ascent + descent)]
    for character in text:
        at = offsets[ord(character)]
        width, height, left, bottom, advance = struct.unpack_from(">HHhhh", font, at)
        bits = "".join(f"{byte:08b}" for byte in font[at + 10:at + 10 + (width * height + 7) // 8])
        cell = [bytearray(advance) for _ in rows]
        for i in range(width * height):
            cell[ascent - bottom - height + i // width][left + i % width] = int(bits[i])
        for row, part in zip(rows, cell):
            row += part
    return rows


def is_in(picture, text_rows):
    """Whether a drawn text is somewhere in a picture, in one colour on another."""
    colours = sorted(set(itertools.chain.from_iterable(picture)))
    if len(colours) > 16:
        return False    # none of GRUB's screens
    number = {colour: i for i, colour in enumerate(colours)}
    rows = [bytes(number[pixel] for pixel in row) for row in picture]
    key = next(i for i, row in enumerate(text_rows) if any(row))
    for ink, paper in itertools.permutations(range(len(colours)), 2):
        wanted = [bytes(ink if dot else paper for dot in row) for row in text_rows]
        for y in range(len(rows) - len(wanted) + 1):
            x = rows[y + key].find(wanted[key])
            while x >= 0:
                if all(rows[y + i][x:x + len(row)] == row for i, row in enumerate(wanted)):
                    return True
                x = rows[y + key].find(wanted[key], x + 1)
    return False


# --- memtest86+ -------------------------------------------------------------------------------

def test_memtest_tests_all_free_memory_and_nothing_of_the_igd(out, cache):
    machine, folder = old_machine(out, "memtest", timeout=400)
    fill(machine, folder / "map")
    told = machine.run(folder / "map")
    take_ram(folder / "map")
    assert told.guest_done, f"no sign of the guest, status {told.status}"
    free = [(start, start + size) for start, size, kind in told.e820 if kind == RAM]

    fill(machine, folder)
    # Ten tests come before the last one, which mostly waits.
    result = run_until(replace(machine, extra=machine.extra + [
        "-kernel", str(cache / "old-software/boot/memtest86+x64.bin")]), folder,
        lambda text: "Test #10" in text)
    result.keep_screen(out, "memtest")
    assert "Memtest86+ v6" in result.screen, result.screen
    assert re.search(r"Errors: 0\s", result.screen), result.screen
    expected = sum(end - start for start, end in free) // MIB
    got = int(re.search(r"Memory *: *(\d+)MB", result.screen)[1])
    assert abs(got - expected) <= 1, f"memtest says {got} MB, told were {expected}"
    ram = take_ram(folder)
    all_is_overwritten(ram, [(max(start, MIB), end) for start, end in free if end > MIB])
    the_igds_is_left_alone(ram, result.report["bdsm"], result)


# --- a walk over memory -----------------------------------------------------------------------

WALKS = {
    # More than 88h can tell of; with less of it, 88h and E801h tell the same.
    "pc": {"memory_mb": 96},
    "pc-64m": {},
    "q35-gen12": {"machine": "q35", "device": 0x9A49, "memory_mb": 96},
    # RAM follows stolen memory: no call but E820h can tell of it.
    "host-base": {"memory_mb": 96, "base": struct.pack("<Q", 48 * MIB)},
}


def walk(out, name, variant="igd"):
    """Runs tests/guests/walk.S. Returns its Result, RAM in the end, and what it wrote to,
    [(start, end)]: the two ranges of E801h and that of 88h."""
    machine, folder = old_machine(out, f"walk-{name}", variant, guest="walk", **WALKS[name])
    fill(machine, folder)
    result = machine.run(folder)
    assert result.guest_done, f"no sign of the guest, status {result.status}"
    walked = [(int(start, 16), int(end, 16)) for start, end in re.findall(
        r"^guest: walked (\w{8}) (\w{8})$", result.log, re.M)]
    assert len(walked) == 3, walked
    return result, take_ram(folder), walked


@pytest.mark.parametrize("name", WALKS, ids="walk-{}".format)
def test_a_walk_over_all_memory_leaves_the_igds_alone(name, out):
    result, ram, walked = walk(out, name)
    result.keep_screen(out, "walk" if name == "pc" else f"walk-{name}")
    base = result.report["bdsm64" if WALKS[name].get("device") == 0x9A49 else "bdsm"]

    # The guest did write, and to all memory that is free.
    free, = [start + size for start, size, kind in result.e820 if kind == RAM and start == MIB]
    (first, second), (third, end), (_, end_88) = walked
    assert (first, second, third) == (MIB, 16 * MIB, 16 * MIB), walked
    assert free - GRAIN_E801 < end <= free <= base, f"{walked} for RAM to {free:#x}"
    assert min(free, MOST_88) - GRAIN_E801 < end_88 <= free, f"{walked} for RAM to {free:#x}"
    assert ram[MIB:end_88] == FILL_88 * ((end_88 - MIB) // 4), "88h: not all written over"
    assert ram[end_88:end] == FILL_E801 * ((end - end_88) // 4), "E801h: not all written over"
    all_is_overwritten(ram, walked)

    the_igds_is_left_alone(ram, base, result)
    for text in ("E801h: written over from 01000000 to", "88h, 87h: copied over from 00100000 to"):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"


@pytest.mark.parametrize("name", [name for name in WALKS if "base" not in WALKS[name]],
                         ids="walk-{}".format)
def test_the_same_walk_overwrites_stolen_memory_with_stock_seabios(name, out):
    result, ram, walked = walk(out, name, "stock")
    base = result.writes(BDSM)[-1]
    assert result.e820_type(base, STOLEN_BYTES) == RESERVED, f"{base:#x}: {result.e820}"
    got = untouched(ram, base, base + STOLEN_BYTES)
    assert got < STOLEN_BYTES, f"stolen memory at {base:#x} untouched; it walked {walked}"


# --- GRUB -------------------------------------------------------------------------------------

def test_grub_shows_its_menu_in_text_mode(out):
    machine, folder = old_machine(out, "grub-text", guest="grub")
    fill(machine, folder)
    result = run_until(machine, folder, lambda text: all(entry in text for entry in ENTRIES)
                       and "command-line" in text)
    take_ram(folder)
    result.keep_screen(out, "grub-text")
    for text in ("GNU GRUB  version 2.", f"*{ENTRIES[0]}", ENTRIES[1], "Use the ↑ and ↓ keys"):
        assert text in result.screen, f"{text!r} is not on the screen:\n{result.screen}"
    assert result.report["vga"]["mode"] == "text", result.report["vga"]


def test_grub_shows_its_menu_in_graphics_where_the_vbios_offers_vbe(out, cache):
    """GRUB draws through the aperture, whose address VBE has told it; the GTT leads that to stolen
    memory; the display plane shows what is there."""
    machine, folder = old_machine(out, "grub-vbe", guest="grub", vbe=True, sim={"bar2_gtt": "on"})
    fill(machine, folder)
    font = (cache / "old-software/usr/share/grub/ascii.pf2").read_bytes()
    texts = {text: drawn(font, text) for text in (*ENTRIES, "for a command-line.")}

    def shows_menu(_):
        log = (folder / "firmware.log").read_text(errors="replace")
        base = re.search(r"^igd: stolen memory of \d+ MiB at (0x\w+)-", log, re.M)
        if not base:
            return False
        with open(folder / "ram", "rb") as ram:
            ram.seek(int(base[1], 16))
            picture = frame(ram.read(WIDTH * HEIGHT * 4), 0)
        return all(is_in(picture, rows) for rows in texts.values())

    result = run_until(machine, folder, shows_menu)
    result.keep_screen(out, "grub-vbe")
    vga = result.report["vga"]
    assert (vga["mode"], vga["columns"], vga["rows"]) == ("plane", WIDTH, HEIGHT), vga
    picture = png_picture(folder / "screen.png")
    for text, rows in texts.items():
        assert is_in(picture, rows), f"{text!r} is not in {folder}/screen.png"
    ram, base = take_ram(folder), result.report["bdsm"]
    assert frame(ram, base) == picture, f"stolen memory at {base:#x} does not hold the picture"
    behind = base + WIDTH * HEIGHT * 4
    got = untouched(ram, behind, base + STOLEN_BYTES)
    assert got == base + STOLEN_BYTES - behind, f"{got:#x} bytes behind the picture untouched"
