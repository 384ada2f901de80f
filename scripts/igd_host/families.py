# SPDX-License-Identifier: LGPL-3.0-only
"""What a device id tells: generation, code name, and how the registers of that generation are
read. As the library has it (src/igd/igd_device.c, igd_stolen.c); tests/tool compares both for
every id and every GGC."""
# Copyright (C) 2026 The seabios-igd authors

from typing import NamedTuple

# How GGC tells the size of stolen memory.
GEN6, CHERRYVIEW, GEN8, GEN9 = range(4)


class Family(NamedTuple):
    """(device id & mask) == id. gen: 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P."""
    id: int
    mask: int
    gen: int
    gms: int
    name: str

    @property
    def known(self):
        return self.mask != 0

    @property
    def bdsm_register(self):
        """Where BDSM is in configuration space: a dword, from Gen11 on a qword."""
        return 0x5C if self.gen < 11 else 0xC0


# First match wins. Sources as in igd_device.c.
FAMILIES = [Family(*row) for row in (
    (0x0A84, 0x0FFE, 9, GEN9, "Broxton"),
    (0x0100, 0xFFC0, 6, GEN6, "Sandy Bridge"),
    (0x0140, 0xFFC0, 7, GEN6, "Ivy Bridge"),
    (0x0400, 0xFF00, 7, GEN6, "Haswell"),
    (0x0A00, 0xFF00, 7, GEN6, "Haswell"),
    (0x0C00, 0xFE00, 7, GEN6, "Haswell"),
    (0x0F00, 0xFF00, 7, GEN6, "Bay Trail"),
    (0x1600, 0xFF00, 8, GEN8, "Broadwell"),
    (0x2200, 0xFF00, 8, CHERRYVIEW, "Cherryview"),
    (0x1900, 0xFF00, 9, GEN9, "Skylake"),
    (0x3100, 0xFF00, 9, GEN9, "Gemini Lake"),
    (0x5900, 0xFF00, 9, GEN9, "Kaby Lake"),
    (0x8700, 0xFF00, 9, GEN9, "Amber Lake"),
    (0x3E00, 0xFF00, 9, GEN9, "Coffee Lake"),
    (0x9B00, 0xFF00, 9, GEN9, "Comet Lake"),
    (0x5A00, 0xFF00, 10, GEN9, "Cannon Lake"),
    (0x8A00, 0xFF00, 11, GEN9, "Ice Lake"),
    (0x4500, 0xFF00, 11, GEN9, "Elkhart Lake"),
    (0x4E00, 0xFF00, 11, GEN9, "Jasper Lake"),
    (0x9A00, 0xFF00, 12, GEN9, "Tiger Lake"),
    (0x4C00, 0xFF00, 12, GEN9, "Rocket Lake"),
    (0x4600, 0xFF00, 12, GEN9, "Alder Lake"),
    (0xA700, 0xFF00, 12, GEN9, "Raptor Lake"),
    (0xB640, 0xFFFF, 12, GEN9, "Meteor Lake"),
    (0x7D00, 0xFF00, 12, GEN9, "Meteor Lake"),
    (0x6400, 0xFF00, 20, GEN9, "Lunar Lake"),
    (0xB000, 0xFF00, 30, GEN9, "Panther Lake"),
    (0xFD80, 0xFFF0, 30, GEN9, "Wildcat Lake"),
    (0xD700, 0xFF00, 35, GEN9, "Nova Lake"),
    (0x0000, 0x0000, 35, GEN9, "unknown"),
)]


def family(device_id):
    """The Family of a device id. One that no rule matches gets the newest generation, unknown."""
    return next(row for row in FAMILIES if device_id & row.mask == row.id)


def gms_mb(fam, ggc):
    """The MiB of stolen memory that GGC tells drivers (early-quirks gen6_stolen_size, gen8_, chv_,
    gen9_)."""
    gms = ggc >> 8 & 0xFF if fam.gms >= GEN8 else ggc >> 3 & 0x1F
    if fam.gms == GEN9 and gms >= 0xF0:
        return (gms - 0xF0 + 1) * 4
    if fam.gms == CHERRYVIEW and gms >= 0x17:
        return (gms - 0x17) * 4 + 36
    if fam.gms == CHERRYVIEW and gms >= 0x11:
        return (gms - 0x11) * 4 + 8
    return gms * 32
