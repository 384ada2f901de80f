// SPDX-License-Identifier: LGPL-3.0-only
// Which device is the IGD, which family it is, and the platform around it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_family

static const struct igd_family igd_families[] = {
#define IGD_FAMILY(id, mask, gen, gms, lpc, name) { id, mask, gen, gms, lpc },
#include "igd_families.h" // IGD_FAMILY
#undef IGD_FAMILY
};

// The names of the same rows, in another table because firmware without a log does not need them.
// Each name has at most 12 characters.
static const char igd_family_names[][13] = {
#define IGD_FAMILY(id, mask, gen, gms, lpc, name) name,
#include "igd_families.h" // IGD_FAMILY
#undef IGD_FAMILY
};

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
    return igd_family_names[family - igd_families];
}

int
igd_is_display(const struct igd_device *device)
{
    return device->vendor == IGD_PCI_VENDOR_INTEL
        && (device->class_code == IGD_PCI_CLASS_VGA
            || device->class_code == IGD_PCI_CLASS_DISPLAY);
}

int
igd_consider(struct igd_choice *choice, const struct igd_device *device, int has_opregion)
{
    int primary = device->bdf == IGD_BDF_PRIMARY;
    if (!igd_is_display(device)
        || (!primary && !igd_family(device->device)->mask && !has_opregion))
        return 0;
    if (!choice->igd.vendor) {
        choice->igd = *device;
        return 1;
    }
    if (primary) {
        // A card on a lower slot must not take what is the IGD's.
        choice->second = choice->igd;
        choice->igd = *device;
        return 1;
    }
    if (!choice->second.vendor)
        choice->second = *device;
    return 0;
}

int
igd_check_write(const struct igd_write *write, uint32_t back, uint8_t code,
                struct igd_findings *found)
{
    if (!((back ^ write->value) & write->mask))
        return 0;
    return igd_find(found, code, back, write->value);
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
        && bridge->class_code == IGD_PCI_CLASS_ISA_BRIDGE
        && host_ids == (IGD_PCI_DEVICE_Q35_HOST << 16 | IGD_PCI_VENDOR_INTEL);
}

int
igd_is_hosts_lpc(const struct igd_device *bridge)
{
    return bridge->vendor == IGD_PCI_VENDOR_INTEL && bridge->device != IGD_PCI_DEVICE_ICH9_LPC
        && bridge->class_code == IGD_PCI_CLASS_ISA_BRIDGE;
}

static uint8_t
igd_yes_or_no(int yes)
{
    return yes ? IGD_YES : IGD_NO;
}

void
igd_report_device(const struct igd_device *device, const struct igd_device *bridge,
                  struct igd_report *report)
{
    report->lpc = igd_yes_or_no(igd_is_hosts_lpc(bridge));
    report->address = igd_yes_or_no(device->bdf == IGD_BDF_PRIMARY);
    report->class_vga = igd_yes_or_no(device->class_code == IGD_PCI_CLASS_VGA);
}
