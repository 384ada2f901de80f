// SPDX-License-Identifier: LGPL-3.0-only
// Which devices are ours, which family they are, and which registers that family has.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_family
#include "igd_bytes.h" // igd_nth_text

// Rules by prefix, first match wins, so that the next stepping of a family needs no new line.
// The ids behind them: Linux include/drm/intel/pciids.h; the rules up to Gen12 agree with
// QEMU igd.c igd_gen(), which decides whether QEMU gives a size at all. Broxton comes first,
// because its 0a84 has Haswell's prefix.
// Arrow Lake's are Meteor Lake's, as in Linux i915.
#define IGD_FAMILIES(ROW) \
    ROW(0x0a84, 0x0ffe,  9, "Broxton") /* 0a84 1a84 1a85, and 5a84 5a85: Apollo Lake */ \
    ROW(0x0100, 0xffc0,  6, "Sandy Bridge") \
    ROW(0x0140, 0xffc0,  7, "Ivy Bridge") \
    ROW(0x0400, 0xff00,  7, "Haswell") \
    ROW(0x0a00, 0xff00,  7, "Haswell") \
    ROW(0x0c00, 0xfe00,  7, "Haswell") /* 0cxx 0dxx */ \
    ROW(0x0f00, 0xff00,  7, "Bay Trail") \
    ROW(0x1600, 0xff00,  8, "Broadwell") \
    ROW(0x2200, 0xff00,  8, "Cherryview") \
    ROW(0x1900, 0xff00,  9, "Skylake") \
    ROW(0x3100, 0xff00,  9, "Gemini Lake") \
    ROW(0x5900, 0xff00,  9, "Kaby Lake") \
    ROW(0x8700, 0xff00,  9, "Amber Lake") \
    ROW(0x3e00, 0xff00,  9, "Coffee Lake") \
    ROW(0x9b00, 0xff00,  9, "Comet Lake") \
    ROW(0x5a00, 0xff00, 10, "Cannon Lake") \
    ROW(0x8a00, 0xff00, 11, "Ice Lake") \
    ROW(0x4500, 0xff00, 11, "Elkhart Lake") \
    ROW(0x4e00, 0xff00, 11, "Jasper Lake") \
    ROW(0x9a00, 0xff00, 12, "Tiger Lake") \
    ROW(0x4c00, 0xff00, 12, "Rocket Lake") \
    ROW(0x4600, 0xff00, 12, "Alder Lake") \
    ROW(0xa700, 0xff00, 12, "Raptor Lake") \
    ROW(0xb640, 0xffff, 12, "Meteor Lake") \
    ROW(0x7d00, 0xff00, 12, "Meteor Lake") \
    ROW(0x6400, 0xff00, 20, "Lunar Lake") \
    ROW(0xb000, 0xff00, 30, "Panther Lake") \
    ROW(0xfd80, 0xfff0, 30, "Wildcat Lake") \
    ROW(0xd700, 0xff00, 35, "Nova Lake") \
    ROW(0x0000, 0x0000, 35, "unknown")

#define IGD_FAMILY_RULE(id, mask, gen, name) { id, mask, gen },
static const struct igd_family igd_families[] IGD_UNALIGNED = { IGD_FAMILIES(IGD_FAMILY_RULE) };

// Apart from the rules, so that an image without a log does not have them.
#define IGD_FAMILY_NAME(id, mask, gen, name) name "\0"
static const char igd_family_names[] IGD_UNALIGNED = IGD_FAMILIES(IGD_FAMILY_NAME);

int
igd_is_display(uint16_t vendor, uint16_t class)
{
    return vendor == IGD_PCI_VENDOR_INTEL
        && (class == IGD_PCI_CLASS_VGA || class == IGD_PCI_CLASS_DISPLAY);
}

const struct igd_family *
igd_family(uint16_t device_id)
{
    const struct igd_family *family = igd_families;
    while ((device_id & family->mask) != family->id)
        family++;
    return family;
}

const char *
igd_family_name(const struct igd_family *family)
{
    return igd_nth_text(igd_family_names, family - igd_families);
}

void
igd_asls_write(uint32_t addr, struct igd_write *write)
{
    write->reg = IGD_REG_ASLS;
    write->value = addr;
    write->mask = 0xffffffff;
}

unsigned
igd_bdsm_writes(const struct igd_family *family, uint32_t addr, struct igd_write write[2])
{
    write[0].reg = IGD_REG_BDSM;
    write[0].value = addr;
    write[0].mask = IGD_BDSM_BASE_MASK;
    if (family->gen < 11)
        return 1;
    // The upper half is written too: a host's base above 4 GiB may have left bits there.
    write[0].reg = IGD_REG_BDSM64;
    write[1].reg = IGD_REG_BDSM64 + 4;
    write[1].value = 0;
    write[1].mask = 0xffffffff;
    return 2;
}

int
igd_is_qemu(uint16_t vendor, uint16_t device, uint32_t signature)
{
    return signature == IGD_FW_CFG_SIGNATURE && vendor == IGD_PCI_VENDOR_INTEL
        && (device == IGD_PCI_DEVICE_I440FX || device == IGD_PCI_DEVICE_Q35_HOST);
}

int
igd_is_q35_lpc(const struct igd_device *bridge, uint32_t host_ids)
{
    return bridge->bdf == IGD_BDF_LPC && bridge->vendor == IGD_PCI_VENDOR_INTEL
        && bridge->class == IGD_PCI_CLASS_ISA_BRIDGE
        && host_ids == (IGD_PCI_DEVICE_Q35_HOST << 16 | IGD_PCI_VENDOR_INTEL);
}

int
igd_is_primary(const struct igd_device *device, int has_rom, int wish)
{
    if (wish < 0)
        wish = has_rom && device->bdf == IGD_BDF_PRIMARY;
    return wish && device->class == IGD_PCI_CLASS_VGA;
}

int
igd_switch(const uint8_t *text, int bytes, const struct igd_range *range)
{
    int value = 0;
    if (bytes < 1 || bytes > 2)
        return -1;
    for (; bytes--; text++) {
        uint8_t c = *text;
        if (c >= '0' && c <= '9') {
            c -= '0';
        } else {
            c |= 'a' - 'A';
            if (c < 'a' || c > 'f')
                return -1;
            c -= 'a' - 10;
        }
        value = value << 4 | c;
    }
    return value >= range->least && value <= range->most ? value : -1;
}
