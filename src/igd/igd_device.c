// SPDX-License-Identifier: LGPL-3.0-only
// Which devices are ours, which family they are, and which registers that family has.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_family
#include "igd_bytes.h" // IGD_UNALIGNED

// Rules by prefix, first match wins, so that the next stepping of a family needs no new line.
// The ids behind them: Linux include/drm/intel/pciids.h; the rules up to Gen12 agree with
// QEMU igd.c igd_gen(), which decides whether QEMU gives a size at all. Broxton comes first,
// because its 0a84 has Haswell's prefix.
// Arrow Lake's are Meteor Lake's, as in Linux i915.
static const struct igd_family igd_families[] IGD_UNALIGNED = {
    { 0x0a84, 0x0ffe,  9, IGD_GMS_GEN9 }, // Broxton: 0a84 1a84 1a85, and 5a84 5a85: Apollo Lake
    { 0x0100, 0xffc0,  6, IGD_GMS_GEN6 }, // Sandy Bridge
    { 0x0140, 0xffc0,  7, IGD_GMS_GEN6 }, // Ivy Bridge
    { 0x0400, 0xff00,  7, IGD_GMS_GEN6 }, // Haswell
    { 0x0a00, 0xff00,  7, IGD_GMS_GEN6 }, // Haswell
    { 0x0c00, 0xfe00,  7, IGD_GMS_GEN6 }, // Haswell: 0cxx 0dxx
    { 0x0f00, 0xff00,  7, IGD_GMS_GEN6 }, // Bay Trail
    { 0x1600, 0xff00,  8, IGD_GMS_GEN8 }, // Broadwell
    { 0x2200, 0xff00,  8, IGD_GMS_CHV }, // Cherryview
    { 0x1900, 0xff00,  9, IGD_GMS_GEN9 }, // Skylake
    { 0x3100, 0xff00,  9, IGD_GMS_GEN9 }, // Gemini Lake
    { 0x5900, 0xff00,  9, IGD_GMS_GEN9 }, // Kaby Lake
    { 0x8700, 0xff00,  9, IGD_GMS_GEN9 }, // Amber Lake
    { 0x3e00, 0xff00,  9, IGD_GMS_GEN9 }, // Coffee Lake
    { 0x9b00, 0xff00,  9, IGD_GMS_GEN9 }, // Comet Lake
    { 0x5a00, 0xff00, 10, IGD_GMS_GEN9 }, // Cannon Lake
    { 0x8a00, 0xff00, 11, IGD_GMS_GEN9 }, // Ice Lake
    { 0x4500, 0xff00, 11, IGD_GMS_GEN9 }, // Elkhart Lake
    { 0x4e00, 0xff00, 11, IGD_GMS_GEN9 }, // Jasper Lake
    { 0x9a00, 0xff00, 12, IGD_GMS_GEN9 }, // Tiger Lake
    { 0x4c00, 0xff00, 12, IGD_GMS_GEN9 }, // Rocket Lake
    { 0x4600, 0xff00, 12, IGD_GMS_GEN9 }, // Alder Lake
    { 0xa700, 0xff00, 12, IGD_GMS_GEN9 }, // Raptor Lake
    { 0xb640, 0xffff, 12, IGD_GMS_GEN9 }, // Meteor Lake
    { 0x7d00, 0xff00, 12, IGD_GMS_GEN9 }, // Meteor Lake
    { 0x6400, 0xff00, 20, IGD_GMS_GEN9 }, // Lunar Lake
    { 0xb000, 0xff00, 30, IGD_GMS_GEN9 }, // Panther Lake
    { 0xfd80, 0xfff0, 30, IGD_GMS_GEN9 }, // Wildcat Lake
    { 0xd700, 0xff00, 35, IGD_GMS_GEN9 }, // Nova Lake
    { 0x0000, 0x0000, 35, IGD_GMS_GEN9 }, // unknown
};

int
igd_is_display(uint16_t vendor, uint16_t class)
{
    return vendor == IGD_PCI_VENDOR_INTEL
        && (class == IGD_PCI_CLASS_VGA || class == IGD_PCI_CLASS_DISPLAY);
}

// Not inlined: once in the image is enough.
const struct igd_family *__attribute__((__noinline__))
igd_family(uint16_t device_id)
{
    const struct igd_family *family = igd_families;
    while ((device_id & family->mask) != family->id)
        family++;
    return family;
}

unsigned
igd_family_row(const struct igd_family *family)
{
    return family - igd_families;
}

void
igd_asls_write(uint32_t addr, struct igd_write *write)
{
    write->reg = IGD_REG_ASLS;
    write->value = addr;
    write->mask = 0xffffffff;
}

uint8_t
igd_bdsm_reg(const struct igd_family *family)
{
    return family->gen < 11 ? IGD_REG_BDSM : IGD_REG_BDSM64;
}

unsigned
igd_bdsm_writes(const struct igd_family *family, uint32_t addr, struct igd_write write[2])
{
    write[0].reg = igd_bdsm_reg(family);
    write[0].value = addr;
    write[0].mask = IGD_BDSM_BASE_MASK;
    if (write[0].reg == IGD_REG_BDSM)
        return 1;
    // The upper half is written too: a host's base above 4 GiB may have left bits there.
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

unsigned
igd_facts(const struct igd_device *device, uint32_t lpc_ids, uint16_t lpc_class)
{
    unsigned facts = 0;
    if (device->bdf == IGD_BDF_PRIMARY)
        facts |= IGD_FACT_ADDRESS;
    if (device->class == IGD_PCI_CLASS_VGA)
        facts |= IGD_FACT_CLASS;
    // QEMU's own bridges are an ICH9, and on pc nothing at this address.
    if ((uint16_t)lpc_ids == IGD_PCI_VENDOR_INTEL && lpc_ids >> 16 != IGD_PCI_DEVICE_ICH9_LPC
        && lpc_class == IGD_PCI_CLASS_ISA_BRIDGE)
        facts |= IGD_FACT_LPC;
    return facts;
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
