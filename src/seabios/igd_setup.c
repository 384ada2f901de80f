// SPDX-License-Identifier: LGPL-3.0-only
// Sets up the IGD among the PCI devices: finds it, places its OpRegion, makes it the boot display.
// Copyright (C) 2026 The seabios-igd authors

#include "e820map.h" // e820_add
#include "hw/pci.h" // pci_config_writel
#include "hw/pci_regs.h" // PCI_BASE_ADDRESS_1
#include "hw/pcidevice.h" // foreachpci
#include "igd_state.h" // igd
#include "malloc.h" // memalign_high
#include "romfile.h" // romfile_find
#include "string.h" // memset
#include "util.h" // igd_setup

// Called when all PCI devices are known and none has its resources: finds the IGD among them.
void
igd_probe(void)
{
    struct igd_choice choice;
    int has_opregion = !!romfile_find("etc/igd-opregion");
    memset(&choice, 0, sizeof(choice));
    struct pci_device *pci;
    foreachpci(pci) {
        struct igd_device device = { pci->bdf, pci->vendor, pci->device, pci->class };
        if (igd_consider(&choice, &device, has_opregion))
            igd.pci = pci;
    }
    igd.second = choice.second;
    if (!igd.pci || igd.device.vendor)
        return;
    // The IGD is not at 00:02.0, or igd_preinit() would have found it.
    igd.device = choice.igd;
    igd_take_device();
}


/****************************************************************
 * OpRegion
 ****************************************************************/

// Writes the OpRegion's address to ASLS. Returns what ASLS then reads.
static u32
igd_write_asls(u32 addr, struct igd_findings *found)
{
    igd.asls = igd_asls_write(addr);
    pci_config_writel(igd.device.bdf, igd.asls.reg, igd.asls.value);
    u32 asls = pci_config_readl(igd.device.bdf, igd.asls.reg);
    igd_check_write(&igd.asls, asls, IGD_ERR_ASLS, found);
    return asls;
}

// Returns a copy of an OpRegion file in memory of its own, or NULL.
static u8 *
igd_copy_opregion(struct romfile_s *file, u32 room_bytes, struct igd_findings *found)
{
    u8 *copy = memalign_high(IGD_PAGE_BYTES, room_bytes);
    if (!copy) {
        igd_find(found, IGD_ERR_OPREGION_ROOM, room_bytes, malloc_getspace(&ZoneHigh));
        return NULL;
    }
    // The guest sees whole pages: no data of the firmware may be in the last one.
    memset(copy + file->size, 0, room_bytes - file->size);
    return copy;
}

// Places the OpRegion. Returns the panel word that its VBT tells.
static u32
igd_setup_opregion(struct igd_findings *found)
{
    u32 no_panel = igd_panel(NULL, 0), room_bytes;
    struct romfile_s *file = romfile_find("etc/igd-opregion");
    igd.report.opregion = IGD_NO;
    if (!file) {
        igd_find(found, IGD_NOTE_NO_OPREGION, 0, 0);
        return no_panel;
    }
    if (igd_opregion_room(file->size, &room_bytes, found))
        return no_panel;
    u8 *copy = igd_copy_opregion(file, room_bytes, found);
    if (!copy)
        return no_panel;
    struct igd_opregion opregion;
    u32 bytes = file->copy(file, copy, room_bytes) < 0 ? 0 : file->size;
    if (igd_opregion_read(copy, bytes, &opregion, found)) {
        free(copy);
        return no_panel;
    }
    igd_opregion_mend(copy, bytes, &opregion);
    igd_printf(IGD_SAYS_OPREGION, opregion.major, opregion.minor, opregion.size_bytes >> 10
               , opregion.mailboxes);
    if (opregion.vbt_offset)
        igd_printf(IGD_SAYS_VBT, opregion.vbt_name, opregion.vbt_offset, opregion.vbt_bytes);

    // The OpRegion has its own e820 entry, so that the guest's OS keeps out.
    u32 addr = (u32)copy;
    e820_add(addr, room_bytes, E820_NVS);
    u32 asls = igd_write_asls(addr, found);
    igd_printf(IGD_SAYS_ASLS, addr, addr + room_bytes - 1, asls);
    if (opregion.vbt_offset && asls == addr)
        igd.report.opregion = IGD_YES;
    return igd_panel(copy + opregion.vbt_offset, opregion.vbt_bytes);
}


/****************************************************************
 * Boot display
 ****************************************************************/

// Reads a switch that the user sets by a fw_cfg file. Returns -1 if it is not set.
static int
igd_read_switch(unsigned number, struct igd_findings *found)
{
    char name[sizeof("opt/org.seabios/") + IGD_SWITCH_NAME_BYTES];
    u8 text[2]; // a longer file cannot be copied, and is no value
    snprintf(name, sizeof(name), "opt/org.seabios/%s", igd_switch_name(number));
    struct romfile_s *file = romfile_find(name);
    if (!file)
        return -1;
    file->copy(file, text, sizeof(text));
    return igd_switch_read(number, text, file->size, found);
}

static u32
igd_read_panel_switches(u32 panel, struct igd_findings *found)
{
    int field;
    for (field = 0; field < IGD_PANEL_FIELDS; field++) {
        int value = igd_read_switch(IGD_SWITCH_PANEL + field, found);
        if (value >= 0)
            panel = igd_panel_set(panel, field, value);
    }
    return panel;
}

// How long a VBIOS may take unless the user says otherwise. 7 s have been seen, on a slow KVM.
#define IGD_VBIOS_SECONDS 30

// Plans the boot display, and carries the plan out. Returns whether SeaBIOS will load the IGD's
// option ROM: it does so if the device decodes and the bridges before it forward VGA.
static int
igd_setup_display(u32 panel, struct igd_findings *found)
{
    struct pci_device *other = igd_other_display();
    struct igd_display_snapshot in = {
        .device = igd.device,
        .has_rom = igd_find_rom(),
        .wish = igd_read_switch(IGD_SWITCH_PRIMARY, found),
        .others = !!other,
        .no_vbios = igd.stolen.no_vbios,
        .any_lpc = igd_read_switch(IGD_SWITCH_ANY_LPC, found) > 0,
    };
    int seconds = igd_read_switch(IGD_SWITCH_SECONDS, found);
    igd.watch.seconds = seconds < 0 ? IGD_VBIOS_SECONDS : seconds;
    igd_describe(IGD_BDF_LPC, &in.lpc);
    igd_describe(IGD_BDF_PM, &in.pm);
    igd_plan_display(&in, &igd.display, found);
    igd.report.wants_vbios = igd.display.wants_vbios;
    if (igd.display.silence_others)
        igd_silence_others();
    if (igd.display.open_other)
        igd_route_vga(other, 1);
    if (!igd.display.primary)
        return 0;
    igd.panel = igd_read_panel_switches(panel, found);
    igd_printf(IGD_SAYS_BOOT_DISPLAY);
    igd_route_vga(igd.pci, 1);
    if (!IGD_LOG)
        return 1; // nobody reads what the trial finds
    u8 dead = igd_try_vga(igd.pci);
    igd.report.legacy_vga = igd_judge_vga(dead, in.others, found);
    return !(dead & (IGD_VGA_DECODE | IGD_VGA_BRIDGE));
}


/****************************************************************
 * Main setup code
 ****************************************************************/

// Remembers the device's header for S3 resume, and warns if its BARs are out of reach.
static void
igd_save_header(struct igd_findings *found)
{
    int i;
    for (i = 0; i < IGD_HEADER_DWORDS; i++)
        igd.header[i] = pci_config_readl(igd.device.bdf, PCI_COMMAND + 4 * i);
    u32 high = igd.header[(PCI_BASE_ADDRESS_1 - PCI_COMMAND) / 4];
    if (!high)
        high = igd.header[(PCI_BASE_ADDRESS_3 - PCI_COMMAND) / 4];
    if (high)
        igd_find(found, IGD_WARN_BAR_HIGH, high, 0);
}

// Called once all PCI devices have their resources.
void
igd_setup(void)
{
    struct igd_findings found = { .count = 0 };
    if (!igd.pci) {
        if (romfile_find("etc/igd-opregion") || romfile_find("etc/igd-bdsm-size"))
            igd_find(&found, IGD_ERR_NO_DEVICE, 0, 0);
        igd_log(&found);
        return;
    }
    struct igd_device bridge;
    igd_describe(IGD_BDF_LPC, &bridge);
    igd_report_device(&igd.device, &bridge, &igd.report);
    if (igd.second.vendor)
        igd_find(&found, IGD_WARN_SECOND_DEVICE, igd.second.bdf, 0);
    igd_save_header(&found);
    u32 panel = igd_setup_opregion(&found);
    igd_log(&found);
    int rom_follows = igd_setup_display(panel, &found);
    igd_log(&found);
    // Else igd_load_rom() logs the table.
    if (!rom_follows)
        igd_log_report();
}
