# SPDX-License-Identifier: LGPL-3.0-only
"""Option ROMs: the images of a file, which of them is for a device, and what is to be mended in
it. Found and mended as the library does it (src/igd/igd_rom.c); tests/tool compares both."""
# Copyright (C) 2026 The seabios-igd authors
#
# Layout: PCI Firmware Specification 3.0, 5.1.

from __future__ import annotations      # "X | None", before Python 3.10

import re
import textwrap
from dataclasses import dataclass

from . import families, messages, vbt
from .filedata import at, checksum, u16, u32
from .messages import Finding

INTEL, VGA = 0x8086, 0x0300
SIGNATURE, UNIT_BYTES, HEADER_BYTES, PCIR_BYTES = b"\x55\xaa", 512, 0x1A, 0x18
X86, EFI = 0, 3
CODE_TYPES = {X86: "x86", 1: "Open Firmware", 2: "PA-RISC", EFI: "EFI"}

# The helper in Intel's VBIOS that returns the cached BDSM, or reads the register if the cache is 0
# (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series). Both times the cache's offset.
BDSM_HELPER = re.compile(rb"\x66\x2e\x83\x3e(..)\x00\x74\x07\x66\x2e\xa1\1\xeb\x0f\xb8\x5e\x10",
                         re.DOTALL)
# A text in Intel's VBIOSes.
BUILD_LINE = re.compile(rb"Build Number: ([\x20-\x7e]*)")
# Why an image is taken for a device, as the firmware's log says it (src/seabios/igd_vbios.c).
BY_LIST, BY_ID, BY_CLASS, BY_FORCE = "list", "id", "class", "class, though not in its list"


@dataclass
class Image:
    """One image of an option ROM."""
    offset: int         # in the file
    bytes: int          # that run, as its header says
    pcir: int           # offset of the PCI data structure in the file
    vendor: int
    device: int
    device_list: list | None    # of the devices that it is for; None: it has none
    revision: int
    class_code: int     # base class and subclass
    code_type: int
    chain_bytes: int    # until the next image
    last: bool

    def match(self, vendor, device, class_code):
        """Why it is taken for a device, one of BY_*; None: it is not. QEMU writes the device's id
        into every image, so a list decides, if there is one."""
        if self.code_type != X86 or self.vendor != vendor:
            return None
        by_id, by_class = self.device == device, self.class_code == class_code
        if self.device_list is None:
            return BY_ID if by_id else BY_CLASS if by_class else None
        if device in self.device_list:
            return BY_LIST
        return BY_FORCE if by_id or by_class else None


def read_list(data, pcir):
    """The ids of a device list; 0 or the end of the file ends it. None: there is no list."""
    ids, where = [], u16(data, pcir + 0x08)
    if data[pcir + 0x0C] < 3 or not where:
        return None
    where += pcir
    while (entry := at(data, where, 2)) and u16(entry, 0):
        ids.append(u16(entry, 0))
        where += 2
    return ids


def images(data):
    """([Image], Finding or None: why the chain is broken)."""
    result, offset = [], 0
    while True:
        head = at(data, offset, HEADER_BYTES)
        if head is None or not head.startswith(SIGNATURE):
            return result, Finding("IGD_ERR_ROM_SIGNATURE", offset, len(data))
        pcir = offset + u16(head, 0x18)
        structure = at(data, pcir, PCIR_BYTES)
        if structure is None or not structure.startswith(b"PCIR"):
            return result, Finding("IGD_ERR_ROM_PCIR", pcir, len(data))
        chain = u16(structure, 0x10) * UNIT_BYTES
        last = bool(structure[0x15] & 0x80)
        result.append(Image(offset, head[2] * UNIT_BYTES, pcir, u16(structure, 4),
                            u16(structure, 6), read_list(data, pcir), structure[0x0C],
                            u16(structure, 0x0E), structure[0x14], chain, last))
        # A length of 0 would find the same image for ever.
        if last or not chain:
            return result, None
        offset += chain


def find(data, device, found, class_code=VGA):
    """(Image, match) for an Intel device, or (None, None). Adds to found."""
    chain, broken = images(data)
    for image in chain:
        match = image.match(INTEL, device, class_code)
        if not match:
            continue
        room = len(data) - image.offset
        # The size in the header is what runs, so the PCI data must be inside that.
        if image.bytes > room or image.pcir - image.offset + PCIR_BYTES > image.bytes:
            found.append(Finding("IGD_ERR_ROM_BYTES", image.bytes, room))
            return None, None
        if match == BY_FORCE:
            found.append(Finding("IGD_WARN_ROM_FAMILY", device))
        return image, match
    found.append(broken or Finding("IGD_ERR_ROM_MATCH", len(data), device))
    return None, None


def cache_offset(image):
    """Where an image's bytes keep BDSM, or None: the code that uses it is not there just once."""
    # The last byte is none of the helper's: the sum may be mended there.
    helpers = [match for match in BDSM_HELPER.finditer(image) if match.end() < len(image)]
    if len(helpers) != 1:
        return None
    helper = helpers[0].start()
    cache = u16(helpers[0][1], 0)
    if cache < HEADER_BYTES or at(image, cache, 5) is None \
            or helper - 4 < cache < helpers[0].end():
        return None
    return cache


def saved_bdsm(image):
    """(offset, value) of the BDSM that a POST has left in an image's bytes, or None: there is
    none. An image that has one is a used shadow."""
    cache = cache_offset(image)
    value = cache and u32(image, cache)
    return (cache, value) if value else None


def mend(image, bdsm, found):
    """A copy of an image's bytes with another saved BDSM, if it keeps one, and with a right
    checksum. Adds to found."""
    result, came, cache = bytearray(image), checksum(image), cache_offset(image)
    if came:
        found.append(Finding("IGD_WARN_ROM_CHECKSUM", came))
    if cache:
        result[cache:cache + 4] = bdsm.to_bytes(4, "little")
    wrong = checksum(result)
    # The byte behind the jump that images start with is nobody's; else the last one.
    where = 6 if image[3] in (0xE9, 0xEB) else -1
    result[where] = (result[where] - wrong) & 0xFF
    return bytes(result)


def default_device(data):
    """The id that the first x86 image for an Intel display is for, or None. Intel's images keep a
    Haswell's id for later generations: the list decides."""
    return next((image.device_list[0] if image.device_list and image.device not in image.device_list
                 else image.device for image in images(data)[0]
                 if image.code_type == X86 and image.vendor == INTEL), None)


def build_line(image):
    """What an image's bytes say of their build, or None."""
    found = BUILD_LINE.search(image)
    return found and found[1].decode().strip()


def vbt_name(image):
    """The name of the VBT in an image's bytes, or None."""
    where = image.find(vbt.VBT_SIGNATURE)
    table = vbt.read_vbt(image, where, len(image) - where, []) if where >= 0 else None
    return table and table.name


# --- what people and programs read ------------------------------------------------------------

@dataclass
class Report:
    """What igd rom tells of a file: its images, the one for the device, and the file without saved
    BDSM."""
    chain: list
    device: int | None
    image: Image | None
    match: str | None
    fixed: bytes | None
    found: list
    used: bool = False      # the one for the device is a shadow that a POST has used


def examine(data, device=None):
    """The Report on a file, for a device id or for the one that it names itself."""
    chain, broken = images(data)
    device = device if device is not None else default_device(data)
    if device is None:
        return Report(chain, None, None, None, None,
                      [broken or Finding("IGD_ERR_ROM_MATCH", len(data), 0)])
    found = []
    image, match = find(data, device, found)
    if not image:
        return Report(chain, device, None, None, None, found)
    end = image.offset + image.bytes
    fixed = data[:image.offset] + mend(data[image.offset:end], 0, found) + data[end:]
    return Report(chain, device, image, match, fixed, found,
                  bool(saved_bdsm(content(data, image))))


def content(data, image):
    """An image's bytes, as many of them as are there."""
    return data[image.offset:image.offset + image.bytes]


def image_sum(data, image):
    """The checksum of an image; None: it is not all there."""
    return checksum(content(data, image)) if len(content(data, image)) == image.bytes else None


def as_json(data, report):
    """What igd rom --json prints."""
    def told(image):
        saved = saved_bdsm(content(data, image))
        return vars(image) | {"checksum": image_sum(data, image),
                              "build": build_line(content(data, image)),
                              "vbt": vbt_name(content(data, image)),
                              "saved_bdsm": saved and {"offset": saved[0], "value": saved[1]}}
    return {"file_bytes": len(data), "images": [told(image) for image in report.chain],
            "device": report.device, "match": report.match,
            "findings": [messages.as_json(finding) for finding in report.found]}


def shadow_text(image):
    """The line on the BDSM that an image's bytes keep, or None: they keep none."""
    cache, saved = cache_offset(image), saved_bdsm(image)
    if not cache:
        return None
    return f"yes: BDSM {saved[1]:#x} is saved at {saved[0]:#x}" if saved else \
        f"no: no BDSM is saved at {cache:#x}"


def list_lines(ids):
    """The lines on the devices that an image is for."""
    known = [families.family(number) for number in ids]
    names = dict.fromkeys(family.name for family in known if family.known)
    text = " ".join(f"{number:04x}" for number in ids) or "none: the list is empty"
    return textwrap.wrap(text + (f" ({', '.join(names)})" if names else ""), 94,
                         initial_indent="  for        ", subsequent_indent=" " * 13)


def image_lines(data, image):
    """What as_text() says of an image."""
    lines = [f"image at {image.offset:#x}, {image.bytes} bytes, "
             f"{CODE_TYPES.get(image.code_type, 'unknown code')}",
             f"  id         {image.vendor:04x}:{image.device:04x} class {image.class_code:04x}, "
             f"PCI data structure of revision {image.revision}"]
    if image.device_list is not None:
        lines += list_lines(image.device_list)
    if image.code_type != X86:
        return lines + ["  SeaBIOS does not run it: only x86 code for a legacy BIOS"]
    total, image_bytes = image_sum(data, image), content(data, image)
    for title, text in (("build", build_line(image_bytes)), ("VBT", vbt_name(image_bytes)),
                        ("checksum", "cut" if total is None else "right" if not total else
                         f"wrong: the bytes add up to {total:#04x}"),
                        ("used", shadow_text(image_bytes))):
        if text:
            lines.append(f"  {title:11}{text}")
    return lines


# Which QEMU wants which saved BDSM.
SAVED_BDSM = """\
A used VBIOS takes the saved BDSM for the address of stolen memory.
  QEMU 2.6 to 9.2, legacy mode: it must be the host's, as QEMU subtracts that again
  QEMU 10.0 and newer:          it must be 0 or the guest's
seabios-igd finds out which, and sets it in its own copy. --fix sets 0: for other firmware, with
QEMU 10.0 and newer"""


def as_text(data, report):
    """The same as lines."""
    lines = [f"option ROM file, {len(data)} bytes"]
    for image in report.chain:
        lines += image_lines(data, image)
    if report.match:
        lines.append(f"for device {report.device:04x} the image at {report.image.offset:#x} is "
                     f"taken, by {report.match}")
    if report.match and saved_bdsm(content(data, report.image)):
        lines += SAVED_BDSM.splitlines()
    return lines
