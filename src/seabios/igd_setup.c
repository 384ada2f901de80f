// SPDX-License-Identifier: LGPL-3.0-only
// Sets up an assigned Intel IGD during POST: carries out in SeaBIOS what the library decides.
// Copyright (C) 2026 The seabios-igd authors

#include "e820map.h" // e820_add
#include "fw/paravirt.h" // PORT_QEMU_CFG_CTL
#include "hw/pci.h" // pci_config_writel
#include "hw/pci_regs.h" // PCI_BASE_ADDRESS_1
#include "igd_glue.h" // igd_printf
#include "malloc.h" // memalign_high
#include "romfile.h" // romfile_find
#include "string.h" // memset
#include "util.h" // igd_setup
#include "x86.h" // outw

void
igd_log(struct igd_findings *found)
{
    const struct igd_finding *item;
    for (item = found->item; item < &found->item[found->count]; item++) {
        char line[IGD_LINE_BYTES];
        if (IGD_LOG && !igd_message(item->code, line))
            dprintf(1, line, item->value, item->limit);
    }
    found->count = 0;
}

static void
igd_describe(const struct pci_device *pci, struct igd_device *device)
{
    device->bdf = pci->bdf;
    device->vendor = pci->vendor;
    device->device = pci->device;
    device->class = pci->class;
}

struct igd_device igd_device;

static const char igd_opregion_name[] = "etc/igd-opregion";

// One more Intel display device, beside the one that igd_display() returned.
static struct pci_device *igd_second;

struct pci_device *
igd_display(void)
{
    struct pci_device *pci, *igd = NULL;
    igd_second = NULL;
    foreachpci(pci) {
        if (!igd_is_display(pci->vendor, pci->class))
            continue;
        // Elsewhere an unknown one may be a discrete GPU. QEMU has the file for IGDs alone.
        if (pci->bdf != IGD_BDF_PRIMARY && !igd_family(pci->device)->mask
            && !romfile_find(igd_opregion_name))
            continue;
        // An Intel card on a lower slot must not take what is the IGD's.
        if (!igd || pci->bdf == IGD_BDF_PRIMARY) {
            igd_second = igd;
            igd = pci;
        } else if (!igd_second) {
            igd_second = pci;
        }
    }
    return igd;
}

int
igd_option(const struct igd_range *range, struct igd_findings *found)
{
    static const char igd_format[] = "opt/org.seabios/igd-5f%02x";
    static const char igd_primary_name[] = "opt/org.seabios/igd-primary";
    char name[sizeof(igd_format)];
    u8 text[4];
    snprintf(name, sizeof(name), igd_format, range->function);
    struct romfile_s *file = romfile_find(range->function ? name : igd_primary_name);
    if (!file)
        return -1;
    int value = igd_switch(text, file->copy(file, text, sizeof(text)), range);
    if (value < 0)
        igd_find(found, IGD_WARN_SWITCH, range->function, range->most);
    return value;
}


/****************************************************************
 * The platform below the IGD
 ****************************************************************/

// Whether the host bridge is that of a QEMU which shows the host's subsystem ids on it.
int
igd_hides_qemu(u16 vendor, u16 device)
{
    u32 signature = 0;
    outw(0, PORT_QEMU_CFG_CTL); // key of the signature
    insb(PORT_QEMU_CFG_DATA, (u8*)&signature, sizeof(signature));
    return igd_is_qemu(vendor, device, signature);
}

// Whether a device must be set up as the LPC bridge of a q35, whatever its id is.
int
igd_finds_q35_lpc(struct pci_device *pci)
{
    struct igd_device device;
    igd_describe(pci, &device);
    return igd_is_q35_lpc(&device, pci_config_readl(0, PCI_VENDOR_ID));
}


/****************************************************************
 * BARs
 ****************************************************************/

static int igd_bars_high;

// Whether the BARs of a device must stay where 16 and 32-bit code reaches them, although all
// other 64-bit BARs go above 4 GiB.
int
igd_bar_stays_low(struct pci_device *pci)
{
    return !igd_bars_high && pci == igd_display();
}

// The BARs do not fit below 4 GiB. Returns 1 if letting the IGD's go could help.
int
igd_bars_go_high(void)
{
    if (igd_bars_high || !igd_display())
        return 0;
    igd_bars_high = 1;
    return 1;
}


/****************************************************************
 * OpRegion and stolen memory
 ****************************************************************/

// What S3 resume has to write again: ASLS, then BDSM's one or two. Register 0 stands for nothing.
static struct igd_write igd_saved[3] __aligned(4);
static u32 igd_saved_header[9] __aligned(4); // command register to last BAR

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

// Returns the panel word that its VBT tells.
static u32
igd_setup_opregion(u16 bdf, struct romfile_s *file, struct igd_findings *found)
{
    u32 room_bytes, panel = igd_panel(NULL, 0);
    if (!file) {
        igd_find(found, IGD_NOTE_NO_OPREGION, 0, 0);
        return panel;
    }
    if (igd_opregion_room(file->size, &room_bytes, found))
        return panel;
    u8 *copy = memalign_high(IGD_PAGE_BYTES, room_bytes);
    if (!copy) {
        igd_find(found, IGD_ERR_OPREGION_ROOM, room_bytes
                 , malloc_getspace(&ZoneHigh));
        return panel;
    }
    struct igd_opregion opregion;
    // The guest gets whole pages: nothing of the firmware's may be in the last one.
    memset(copy + file->size, 0, room_bytes - file->size);
    // Not copied, it has no bytes.
    u32 bytes = file->copy(file, copy, room_bytes) < 0 ? 0 : file->size;
    if (igd_opregion_read(copy, bytes, &opregion, found)) {
        free(copy);
        return panel;
    }
    igd_opregion_mend(copy, bytes, &opregion);
    igd_printf("igd: OpRegion %d.%d size 0x%x mailboxes 0x%x\n", opregion.major
            , opregion.minor, opregion.size_bytes, opregion.mailboxes);
    if (opregion.vbt_offset)
        igd_printf("igd: VBT \"%s\" at 0x%x size 0x%x\n", opregion.vbt_name
                , opregion.vbt_offset, opregion.vbt_bytes);

    // An entry of its own, so that the guest's OS sees what it is and keeps out.
    e820_add((u32)copy, room_bytes, E820_NVS);
    igd_asls_write((u32)copy, &igd_saved[0]);
    u32 asls = igd_write_register(bdf, &igd_saved[0], IGD_ERR_ASLS, found);
    igd_printf("igd: OpRegion at 0x%08x-0x%08x NVS, ASLS 0x%08x\n"
            , (u32)copy, (u32)copy + room_bytes - 1, asls);
    return igd_panel(copy + opregion.vbt_offset, opregion.vbt_bytes);
}

static void
igd_setup_stolen(const struct igd_family *family, struct romfile_s *file
                 , struct igd_findings *found)
{
    u8 size[IGD_STOLEN_FILE_BYTES] = { 0 };
    if (file && file->size == sizeof(size))
        file->copy(file, size, sizeof(size));
    u32 bytes;
    if (igd_stolen_size(&igd_device, file ? size : NULL, file ? file->size : 0, &bytes, found)
        || !bytes)
        return;
    void *stolen = memalign_tmphigh(IGD_STOLEN_ALIGN_BYTES, bytes);
    if ((u32)stolen < IGD_STOLEN_LEAST_ADDR) {
        free(stolen);
        igd_find(found, IGD_ERR_STOLEN_ROOM, bytes, malloc_getspace(&ZoneTmpHigh));
        return;
    }
    e820_add((u32)stolen, bytes, E820_RESERVED);
    struct igd_write *write = &igd_saved[1];
    int i = igd_bdsm_writes(family, (u32)stolen, write);
    u32 bdsm = 0;
    while (i--)
        bdsm = igd_write_register(igd_device.bdf, &write[i], IGD_ERR_BDSM, found);
    igd_printf("igd: stolen memory at 0x%08x-0x%08x RESERVED, BDSM[0x%02x] 0x%08x\n"
            , (u32)stolen, (u32)stolen + bytes - 1, write[0].reg, bdsm);
}

// Called on S3 resume: the device has lost what its registers held. The guest's OS writes BARs and
// command register itself, but the VBIOS runs before that.
void
igd_resume(void)
{
    int i;
    u16 bdf = igd_device.bdf;
    if (!igd_device.vendor)
        return;
    for (i = 0; i < ARRAY_SIZE(igd_saved); i++)
        if (igd_saved[i].reg)
            pci_config_writel(bdf, igd_saved[i].reg, igd_saved[i].value);
    // Downward, so that it decodes nothing before it knows where.
    for (i = ARRAY_SIZE(igd_saved_header) - 1; i >= 0; i--)
        pci_config_writel(bdf, PCI_COMMAND + 4 * i, igd_saved_header[i]);
}


/****************************************************************
 * Main setup code
 ****************************************************************/

// Called once all PCI devices have their resources.
void
igd_setup(void)
{
    if (!CONFIG_IGD)
        return;

    static const char igd_bdsm_size_name[] = "etc/igd-bdsm-size";
    struct romfile_s *opregion = romfile_find(igd_opregion_name);
    struct romfile_s *bdsm_size = romfile_find(igd_bdsm_size_name);
    struct igd_findings found;
    found.count = 0;
    struct pci_device *igd = igd_display();
    if (!igd) {
        if (opregion || bdsm_size)
            igd_find(&found, IGD_ERR_NO_DEVICE, 0, 0);
        igd_log(&found);
        return;
    }
    igd_describe(igd, &igd_device);
    const struct igd_family *family = igd_family(igd->device);
    char name[IGD_NAME_BYTES];
    if (IGD_LOG)
        igd_family_name(family, name);
    igd_printf("igd: device %pP %04x:%04x class %04x Gen%d %s\n", igd
               , igd->vendor, igd->device, igd->class, family->gen, name);
    if (igd_second)
        igd_find(&found, IGD_WARN_SECOND_DEVICE, igd_second->bdf, 0);
    int i;
    for (i = 0; i < ARRAY_SIZE(igd_saved_header); i++)
        igd_saved_header[i] = pci_config_readl(igd->bdf, PCI_COMMAND + 4 * i);
    u32 high = igd_saved_header[(PCI_BASE_ADDRESS_1 - PCI_COMMAND) / 4]
        | igd_saved_header[(PCI_BASE_ADDRESS_3 - PCI_COMMAND) / 4];
    if (high)
        igd_find(&found, IGD_WARN_BAR_HIGH, high, 0);
    u32 panel = igd_setup_opregion(igd->bdf, opregion, &found);
    igd_log(&found);
    igd_setup_stolen(family, bdsm_size, &found);
    igd_vga_setup(igd, panel, &found);
    igd_log(&found);
}
