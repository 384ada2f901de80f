# SPDX-License-Identifier: LGPL-3.0-only
"""What a device id tells: generation and code name, read from the C header igd_families.h, and how
the registers of that generation are read. tests/tool compares the answers with those of the library
(src/igd/igd_device.c) for every id and every GGC."""
# Copyright (C) 2026 The seabios-igd authors

import re
from typing import NamedTuple

from . import shared

# How GGC tells the size of stolen memory (igd.h, enum igd_gms). From GEN8 on GMS has eight bits.
GEN6, CHERRYVIEW, GEN8, GEN9 = range(4)
GMS = {"GEN6": GEN6, "CHV": CHERRYVIEW, "GEN8": GEN8, "GEN9": GEN9}
# Which LPC bridge a family's VBIOSes need at 00:1f.0 (igd.h, enum igd_lpc): any, or one with the
# ids of a host's.
LPC_ANY, LPC_HOST = range(2)
LPC = {"ANY": LPC_ANY, "HOST": LPC_HOST}


class Family(NamedTuple):
    """(device id & mask) == id. gen: 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P."""
    id: int
    mask: int
    gen: int
    gms: int
    lpc: int
    name: str

    @property
    def known(self):
        return self.mask != 0

    @property
    def bdsm_register(self):
        """Where BDSM is in configuration space: a dword, from Gen11 on a qword."""
        return 0x5C if self.gen < 11 else 0xC0


# igd_families.h has a row for each. The first one that matches counts.
FAMILIES = [Family(int(identity, 16), int(mask, 16), int(gen), GMS[gms], LPC[lpc], name)
            for identity, mask, gen, gms, lpc, name in re.findall(
                r"^IGD_FAMILY\((\w+), (\w+), +(\d+), IGD_GMS_(\w+), +IGD_LPC_(\w+), +"
                r'"([^"]*)"\)',
                shared.read("igd_families.h"), re.M)]


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
