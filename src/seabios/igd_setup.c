// SPDX-License-Identifier: LGPL-3.0-only
// Sets up an assigned Intel IGD during POST: carries out in SeaBIOS what the library decides.
// Copyright (C) 2026 The seabios-igd authors

#include "config.h" // CONFIG_IGD
#include "e820map.h" // e820_add
#include "hw/pci.h" // pci_config_writel
#include "hw/pcidevice.h" // foreachpci
#include "igd.h" // igd_family
#include "malloc.h" // memalign_high
#include "output.h" // dprintf
#include "romfile.h" // romfile_find
#include "string.h" // memset
#include "util.h" // igd_setup

// The 128 KiB configuration has no way to show a log: its texts are left out.
#define IGD_LOG (CONFIG_DEBUG_LEVEL >= 1 && (CONFIG_DEBUG_IO || CONFIG_DEBUG_SERIAL \
                                             || CONFIG_DEBUG_SERIAL_MMIO))

// SeaBIOS keeps anonymous strings in the F-segment for ever; a named one goes with POST's code.
#define igd_printf(format, args...) do {                                         \
        static const char igd_format[] __attribute__((aligned(1))) = format;     \
        if (IGD_LOG)                                                             \
            dprintf(1, igd_format, ##args);                                      \
    } while (0)

static void
igd_log(const struct igd_findings *found)
{
    const struct igd_finding *item;
    for (item = found->item; item < &found->item[found->count]; item++) {
        char line[IGD_LINE_BYTES];
        if (IGD_LOG && !igd_message(item->code, line))
            dprintf(1, line, item->value, item->limit);
    }
}

static void
igd_describe(const struct pci_device *pci, struct igd_device *device)
{
    device->bdf = pci->bdf;
    device->vendor = pci->vendor;
    device->device = pci->device;
    device->class = pci->class;
}

// The IGD: an Intel display device at 00:02.0, else the first one found, else NULL. *other is one
// more such device, NULL if there is none.
static struct pci_device *
igd_display(struct pci_device **other)
{
    struct pci_device *pci, *igd = NULL;
    *other = NULL;
    foreachpci(pci) {
        if (!igd_is_display(pci->vendor, pci->class))
            continue;
        // An Intel card on a lower slot must not take what is the IGD's.
        if (!igd || pci->bdf == IGD_BDF_PRIMARY) {
            *other = igd;
            igd = pci;
        } else if (!*other) {
            *other = pci;
        }
    }
    return igd;
}

// Write a register and read it back: QEMU may not emulate it, and hardware may lock it.
static u32
igd_write_register(u16 bdf, const struct igd_write *write, u8 code
                   , struct igd_findings *found)
{
    pci_config_writel(bdf, write->reg, write->value);
    u32 back = pci_config_readl(bdf, write->reg);
    if ((back ^ write->value) & write->mask)
        igd_find(found, code, back, write->value);
    return back;
}

static void
igd_setup_opregion(u16 bdf, struct romfile_s *file, struct igd_findings *found)
{
    if (!file) {
        igd_find(found, IGD_NOTE_NO_OPREGION, 0, 0);
        return;
    }
    u32 room_bytes;
    if (igd_opregion_room(file->size, &room_bytes, found))
        return;
    u8 *copy = memalign_high(IGD_PAGE_BYTES, room_bytes);
    if (!copy) {
        igd_find(found, IGD_ERR_OPREGION_ROOM, room_bytes
                 , malloc_getspace(&ZoneHigh));
        return;
    }
    struct igd_opregion opregion;
    // The guest gets whole pages: nothing of the firmware's may be in the last one.
    memset(copy + file->size, 0, room_bytes - file->size);
    int read = file->copy(file, copy, room_bytes);
    if (read < 0)
        warn_internalerror();
    if (read < 0 || igd_opregion_read(copy, file->size, &opregion, found)) {
        free(copy);
        return;
    }
    igd_opregion_mend(copy, file->size, &opregion);
    igd_printf("igd: OpRegion %d.%d size 0x%x mailboxes 0x%x\n", opregion.major
            , opregion.minor, opregion.size_bytes, opregion.mailboxes);
    if (opregion.vbt_offset)
        igd_printf("igd: VBT \"%s\" at 0x%x size 0x%x\n", opregion.vbt_name
                , opregion.vbt_offset, opregion.vbt_bytes);

    // An entry of its own, so that the guest's OS sees what it is and keeps out.
    e820_add((u32)copy, room_bytes, E820_NVS);
    struct igd_write write;
    igd_asls_write((u32)copy, &write);
    u32 asls = igd_write_register(bdf, &write, IGD_ERR_ASLS, found);
    igd_printf("igd: OpRegion at 0x%08x-0x%08x NVS, ASLS 0x%08x\n"
            , (u32)copy, (u32)copy + room_bytes - 1, asls);
}

static void
igd_setup_stolen(const struct igd_device *device, const struct igd_family *family
                 , struct romfile_s *file, struct igd_findings *found)
{
    u8 size[IGD_STOLEN_FILE_BYTES] = { 0 };
    if (file && file->size == sizeof(size))
        file->copy(file, size, sizeof(size));
    u32 bytes;
    if (igd_stolen_size(device, file ? size : NULL, file ? file->size : 0, &bytes, found)
        || !bytes)
        return;
    void *stolen = memalign_tmphigh(IGD_STOLEN_ALIGN_BYTES, bytes);
    if ((u32)stolen < IGD_STOLEN_LEAST_ADDR) {
        free(stolen);
        igd_find(found, IGD_ERR_STOLEN_ROOM, bytes, malloc_getspace(&ZoneTmpHigh));
        return;
    }
    e820_add((u32)stolen, bytes, E820_RESERVED);
    struct igd_write write[2];
    int i = igd_bdsm_writes(family, (u32)stolen, write);
    u32 bdsm = 0;
    while (i--)
        bdsm = igd_write_register(device->bdf, &write[i], IGD_ERR_BDSM, found);
    igd_printf("igd: stolen memory at 0x%08x-0x%08x RESERVED, BDSM[0x%02x] 0x%08x\n"
            , (u32)stolen, (u32)stolen + bytes - 1, write[0].reg, bdsm);
}

// Called once all PCI devices have their resources.
void
igd_setup(void)
{
    if (!CONFIG_IGD)
        return;

    static const char igd_opregion_name[] = "etc/igd-opregion";
    static const char igd_bdsm_size_name[] = "etc/igd-bdsm-size";
    struct romfile_s *opregion = romfile_find(igd_opregion_name);
    struct romfile_s *bdsm_size = romfile_find(igd_bdsm_size_name);
    struct igd_findings found;
    found.count = 0;
    struct pci_device *other, *igd = igd_display(&other);
    if (!igd) {
        if (opregion || bdsm_size)
            igd_find(&found, IGD_ERR_NO_DEVICE, 0, 0);
        igd_log(&found);
        return;
    }
    struct igd_device device;
    igd_describe(igd, &device);
    const struct igd_family *family = igd_family(device.device);
    igd_printf("igd: device %pP %04x:%04x class %04x Gen%d %s\n", igd
               , device.vendor, device.device, device.class, family->gen, igd_family_name(family));
    if (other)
        igd_find(&found, IGD_WARN_SECOND_DEVICE, other->bdf, 0);
    igd_setup_opregion(device.bdf, opregion, &found);
    igd_setup_stolen(&device, family, bdsm_size, &found);
    igd_log(&found);
}
