# SPDX-License-Identifier: LGPL-3.0-only
"""What each QEMU does with an assigned IGD by itself, and which properties it has. Tried with QEMU
7.2.22, 10.0.13 and 11.1.3 on a simulated IGD; a version between two is taken for the older one.
tests/tool compares this with the QEMU that it runs."""
# Copyright (C) 2026 The seabios-igd authors

LPC = LEGACY_MODE = (10, 0)         # x-igd-lpc, x-igd-legacy-mode
SIZE = (10, 0)                      # BDSM emulated, etc/igd-bdsm-size and GMS agree, also on q35
OPREGION_DEFAULT = CLASS_CODE = (11, 1)     # x-igd-opregion is on; x-pci-class-code
VGA = 0x0300
# High bytes of device ids that 10.0 and 11.1 know: up to Gen12, without Meteor Lake (QEMU igd.c
# igd_gen). 11.1 refuses x-igd-gms for others.
KNOWN = (0x01, 0x04, 0x0A, 0x0C, 0x0D, 0x0F, 0x16, 0x19, 0x22, 0x31, 0x3E, 0x45, 0x46, 0x4C,
         0x4E, 0x59, 0x5A, 0x87, 0x8A, 0x9A, 0x9B, 0xA7)


def knows(device):
    """Whether QEMU 10.0 and newer know an id, and hence its stolen memory."""
    return device >> 8 in KNOWN


def legacy_mode(version, machine, device, family, class_code, vga_enabled, has_rom):
    """Whether QEMU turns on legacy mode by itself, for a device at 00:02.0: OpRegion, LPC ids and
    VGA, without being asked."""
    if machine != "pc" or class_code != VGA or not has_rom:
        return False
    if version < LEGACY_MODE:
        return True
    if version < OPREGION_DEFAULT:
        return knows(device)
    return 6 <= family.gen <= 9 and vga_enabled


def serves_opregion(version, device, class_code):
    """Whether x-igd-opregion=on gives the guest an OpRegion. Only in between QEMU is choosy."""
    if version < LEGACY_MODE or version >= OPREGION_DEFAULT:
        return True
    return class_code == VGA and knows(device)


def does_by_itself(version, device, family, class_code, vga_enabled, has_rom):
    """[what this QEMU does and does not do with a device, as sentences]."""
    lines = []
    if legacy_mode(version, "pc", device, family, class_code, vga_enabled, has_rom):
        lines.append("on pc at 00:02.0 legacy mode: OpRegion, LPC ids and VGA without being asked")
    elif version >= OPREGION_DEFAULT:
        lines.append("gives the OpRegion; VGA and LPC ids only if asked")
    elif version >= LPC:
        lines.append("gives the OpRegion, VGA and LPC ids only if asked")
    else:
        lines.append("gives the OpRegion and VGA only if asked, LPC ids in legacy mode alone")
    if not serves_opregion(version, device, class_code):
        lines.append("gives no OpRegion to this device even then")
    if version < SIZE:
        lines.append("does not emulate BDSM on q35, and on pc hides GMS unless x-igd-gms is set")
    return lines
