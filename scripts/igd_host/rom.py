# SPDX-License-Identifier: LGPL-3.0-only
"""Option ROMs: the images of a file, which of them is for a device, and what is to be mended in
it. Found and mended as the library does it (src/igd/igd_rom.c); tests/tool compares both."""
# Copyright (C) 2026 The seabios-igd authors
#
# Layout: PCI Firmware Specification 3.0, 5.1.

from __future__ import annotations      # "X | None", before Python 3.10

import re
from dataclasses import dataclass

from . import messages
from .filedata import at, checksum, u16, u32
from .messages import Finding

INTEL, VGA = 0x8086, 0x0300
SIGNATURE, UNIT_BYTES, HEADER_BYTES, PCIR_BYTES = b"\x55\xaa", 512, 0x1A, 0x18
X86, EFI = 0, 3
CODE_TYPES = {X86: "x86", 1: "Open Firmware", 2: "PA-RISC", EFI: "EFI"}

# The helper in Intel's VBIOS that returns the host's cached BDSM, or reads the register if the
# cache is 0 (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series). Both times the cache's offset.
BDSM_HELPER = re.compile(rb"\x66\x2e\x83\x3e(..)\x00\x74\x07\x66\x2e\xa1\1\xeb\x0f\xb8\x5e\x10",
                         re.DOTALL)


@dataclass
class Image:
    """One image of an option ROM."""
    offset: int         # in the file
    bytes: int          # that run, as its header says
    pcir: int           # offset of the PCI data structure in the file
    vendor: int
    device: int
    device_list: list   # further devices; empty: no list
    revision: int
    class_code: int     # base class and subclass
    code_type: int
    chain_bytes: int    # until the next image
    last: bool

    def match(self, vendor, device, class_code):
        """Why it is for a device: "id", "list" or "class"; None: it is not."""
        if self.code_type != X86 or self.vendor != vendor:
            return None
        if self.device == device:
            return "id"
        if device in self.device_list:
            return "list"
        return "class" if self.class_code == class_code else None


def read_list(data, pcir):
    """The ids of a device list; 0 or the end of the file ends it."""
    ids, where = [], u16(data, pcir + 0x08)
    if data[pcir + 0x0C] < 3 or not where:
        return ids
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
        return image, match
    found.append(broken or Finding("IGD_ERR_ROM_MATCH", len(data), device))
    return None, None


def saved_bdsm(image):
    """(offset, value) of the host's BDSM that its POST has left in an image's bytes, or None: the
    code that uses it is not there just once, or there is nothing to clear."""
    # The last byte is none of the helper's: the sum may be mended there.
    helpers = [match for match in BDSM_HELPER.finditer(image) if match.end() < len(image)]
    if len(helpers) != 1:
        return None
    helper = helpers[0].start()
    cache = u16(helpers[0][1], 0)
    if cache < HEADER_BYTES or at(image, cache, 5) is None \
            or helper - 4 < cache < helpers[0].end():
        return None
    value = u32(image, cache)
    return (cache, value) if value else None


def mend(image, found):
    """A mended copy of an image's bytes. Adds to found."""
    result, came = bytearray(image), checksum(image)
    saved = saved_bdsm(image)
    if saved:
        found.append(Finding("IGD_WARN_ROM_BDSM", saved[1], saved[0]))
        result[saved[0]:saved[0] + 4] = bytes(4)
    wrong = checksum(result)
    # If it was right before, only the clearing has changed it.
    if wrong and came:
        found.append(Finding("IGD_WARN_ROM_CHECKSUM", came))
    # The byte behind the jump that images start with is nobody's; else the last one.
    where = 6 if image[3] in (0xE9, 0xEB) else -1
    result[where] = (result[where] - wrong) & 0xFF
    return bytes(result)


def default_device(data):
    """The id of the first x86 image for an Intel display, or None."""
    return next((image.device for image in images(data)[0]
                 if image.code_type == X86 and image.vendor == INTEL), None)


# --- what people and programs read ------------------------------------------------------------

@dataclass
class Report:
    """What igd rom tells of a file: its images, the one for the device, and the mended file."""
    chain: list
    device: int | None
    image: Image | None
    match: str | None
    fixed: bytes | None
    found: list


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
    fixed = data[:image.offset] + mend(data[image.offset:end], found) + data[end:]
    return Report(chain, device, image, match, fixed, found)


def image_sum(data, image):
    """The checksum of an image; None: it is not all there."""
    content = at(data, image.offset, image.bytes)
    return None if content is None else checksum(content)


def as_json(data, report):
    """What igd rom --json prints."""
    def told(image):
        saved = saved_bdsm(data[image.offset:image.offset + image.bytes])
        return vars(image) | {"checksum": image_sum(data, image),
                              "saved_bdsm": saved and {"offset": saved[0], "value": saved[1]}}
    return {"file_bytes": len(data), "images": [told(image) for image in report.chain],
            "device": report.device, "match": report.match,
            "findings": [messages.as_json(finding) for finding in report.found]}


def as_text(data, report):
    """The same as lines."""
    lines = [f"option ROM file, {len(data)} bytes"]
    for image in report.chain:
        lines.append(f"image at {image.offset:#x}, {image.bytes} bytes, "
                     f"{CODE_TYPES.get(image.code_type, 'unknown code')}")
        lines.append(f"  for        {image.vendor:04x}:{image.device:04x} class "
                     f"{image.class_code:04x}, PCI data structure of revision {image.revision}")
        if image.device_list:
            lines.append("  also for   " + " ".join(f"{i:04x}" for i in image.device_list))
        if image.code_type != X86:
            lines.append("  SeaBIOS does not run it: only x86 code for a legacy BIOS")
            continue
        total = image_sum(data, image)
        lines.append("  checksum   " + ("cut" if total is None else "right" if not total else
                                        f"wrong: the bytes add up to {total:#04x}"))
        saved = saved_bdsm(data[image.offset:image.offset + image.bytes])
        if saved:
            lines.append(f"  saved BDSM {saved[1]:#x} at {saved[0]:#x}: "
                         "the host's, wrong in a guest")
    if report.match:
        lines.append(f"for device {report.device:04x} the image at {report.image.offset:#x} is "
                     f"taken, by {report.match}")
    return lines
