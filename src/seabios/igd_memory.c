// SPDX-License-Identifier: LGPL-3.0-only
// Reserves stolen memory before SeaBIOS allocates any, and writes RAM's size to CMOS before boot.
// Copyright (C) 2026 The seabios-igd authors

#include "e820map.h" // e820_add
#include "fw/paravirt.h" // qemu_cfg_read_early
#include "hw/pci.h" // pci_config_writel
#include "hw/pci_regs.h" // PCI_BASE_ADDRESS_0
#include "hw/rtc.h" // rtc_write
#include "igd_state.h" // igd_take_device
#include "malloc.h" // LegacyRamSize
#include "string.h" // memset
#include "util.h" // igd_preinit
#include "x86.h" // readl

// Where BAR0 is placed while its registers are read: above all RAM, where nothing else is yet.
#define IGD_EARLY_BAR0 0xfd000000

// Reads registers in BAR0 before BARs are placed. The device decodes memory only during the reads.
static void
igd_read_bar0(struct igd_snapshot *in)
{
    static const u32 igd_dbuf_ctl[IGD_DBUF_SLICES] = { IGD_MMIO_DBUF_CTL };
    u16 bdf = in->device.bdf, command = pci_config_readw(bdf, PCI_COMMAND);
    int i;
    pci_config_writel(bdf, PCI_BASE_ADDRESS_0, IGD_EARLY_BAR0);
    pci_config_writel(bdf, PCI_BASE_ADDRESS_1, 0);
    u32 bar = pci_config_readl(bdf, PCI_BASE_ADDRESS_0) & ~PCI_BASE_ADDRESS_MEM_PREFETCH;
    if (RamSize > IGD_EARLY_BAR0 || bar != (IGD_EARLY_BAR0 | PCI_BASE_ADDRESS_MEM_TYPE_64))
        return;
    pci_config_writew(bdf, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
    for (i = 0; i < ARRAY_SIZE(in->reserved); i++)
        in->reserved[i] = readl((void*)IGD_EARLY_BAR0 + IGD_MMIO_STOLEN_RESERVED + 4 * i);
    for (i = 0; i < ARRAY_SIZE(in->dbuf); i++)
        in->dbuf[i] = readl((void*)IGD_EARLY_BAR0 + igd_dbuf_ctl[i]);
    pci_config_writew(bdf, PCI_COMMAND, command);
}

static void
igd_read_number_file(const char *name, struct igd_number_file *file)
{
    file->file_bytes = qemu_cfg_read_early(name, file->bytes, sizeof(file->bytes));
}

// Whether BDSM cannot be changed: QEMU may not emulate it, and hardware locks it. Restores BDSM.
static int
igd_try_bdsm(u16 bdf, u8 reg)
{
    u32 held = pci_config_readl(bdf, reg), other = held ^ IGD_STOLEN_LEAST_ADDR;
    pci_config_writel(bdf, reg, other);
    u32 back = pci_config_readl(bdf, reg);
    pci_config_writel(bdf, reg, held);
    return (back ^ other) & IGD_BDSM_BASE_MASK;
}

static void
igd_read_snapshot(struct igd_snapshot *in)
{
    u16 bdf = igd.device.bdf;
    u8 reg = igd_bdsm_reg(&igd.device);
    in->device = igd.device;
    in->ggc = pci_config_readw(bdf, IGD_REG_GGC);
    in->bdsm[0] = pci_config_readl(bdf, reg);
    in->bdsm[1] = reg == IGD_REG_BDSM64 ? pci_config_readl(bdf, reg + 4) : 0;
    in->bdsm_fixed = 0;
    in->bgsm = pci_config_readl(bdf, IGD_REG_BGSM);
    memset(in->reserved, 0xff, sizeof(in->reserved));
    memset(in->dbuf, 0xff, sizeof(in->dbuf));
    if (igd_wants_bar0(&igd.device))
        igd_read_bar0(in);
    igd_read_number_file("etc/igd-bdsm-size", &in->size);
    igd_read_number_file("etc/igd-stolen-base", &in->base);
    if (igd_wants_bdsm_trial(in))
        in->bdsm_fixed = !!igd_try_bdsm(bdf, reg);
    // The map starts with RAM in one piece, and all of it is still free.
    in->ram_end = 0;
    if (e820_list[0].type == E820_RAM)
        in->ram_end = e820_list[0].start + e820_list[0].size;
}

// Reserves stolen memory as planned, and tells the device where it is.
static void
igd_reserve_stolen(struct igd_findings *found)
{
    struct igd_stolen *stolen = &igd.stolen;
    static const char *const igd_places[] = {
        [IGD_PLACE_TOP] = "top of RAM",
        [IGD_PLACE_FILE] = "etc/igd-stolen-base",
        [IGD_PLACE_REGISTER] = "STOLEN_RESERVED",
        [IGD_PLACE_BDSM] = "BDSM",
    };
    // During POST the RAM behind stolen memory is reserved, too. SeaBIOS then allocates below it,
    // where INT 15h E801h and 88h, which know only one end of RAM, may end.
    e820_add(stolen->addr, igd.ram_end - stolen->addr, E820_RESERVED);
    int i;
    for (i = 0; i < stolen->writes; i++) {
        const struct igd_write *write = &stolen->write[i];
        pci_config_writel(igd.device.bdf, write->reg, write->value);
        u32 back = pci_config_readl(igd.device.bdf, write->reg);
        if (igd_check_write(write, back, IGD_ERR_BDSM, found))
            stolen->no_vbios = IGD_VETO_REFUSED;
    }
    u8 reg = igd_bdsm_reg(&igd.device);
    igd_printf(IGD_SAYS_STOLEN, stolen->bytes >> 20, stolen->addr
               , stolen->addr + stolen->bytes - 1, reg, pci_config_readl(igd.device.bdf, reg)
               , igd_places[stolen->place]);
}

void
igd_take_device(void)
{
    struct igd_findings found = { .count = 0 };
    struct igd_snapshot in;
    u16 bdf = igd.device.bdf;
    const struct igd_family *family = igd_family(igd.device.device);
    igd_printf(IGD_SAYS_DEVICE, pci_bdf_to_bus(bdf), pci_bdf_to_dev(bdf), pci_bdf_to_fn(bdf)
               , igd.device.device, igd.device.class_code, family->gen, igd_family_name(family));
    igd_read_snapshot(&in);
    igd.ram_end = in.ram_end;
    igd_plan_stolen(&in, &igd.stolen, &found);
    if (igd.stolen.bytes)
        igd_reserve_stolen(&found);
    igd.report.bgsm = igd.stolen.bgsm;
    igd.report.dbuf = igd.stolen.dbuf;
    igd_log(&found);
}

// Called when the memory map is known and nothing is allocated yet. Stolen memory is for 00:02.0
// only.
void
igd_preinit(void)
{
    struct igd_device device;
    if (runningOnXen())
        return;
    igd_describe(IGD_BDF_PRIMARY, &device);
    if (!igd_is_display(&device))
        return;
    igd.device = device;
    igd_take_device();
}

// Index of the PC AT's KiB above 1 MiB. SeaBIOS has a name only for their copy at 30h.
#define IGD_CMOS_EXTMEM_AT 0x17

static void
igd_write_cmos(u8 index, u16 value)
{
    rtc_write(index, value);
    rtc_write(index + 1, value >> 8);
}

// Called when SeaBIOS has made its last allocation. Software that asks no BIOS reads RAM's size
// from CMOS.
void
igd_prepboot(void)
{
    if (!igd.asls.reg && !igd.stolen.bytes)
        return; // QEMU's values are right
    u32 kb_above_1m = LegacyRamSize / 1024 - 1024, blocks_above_16m = 0;
    if (kb_above_1m > 15 * 1024)
        blocks_above_16m = (kb_above_1m - 15 * 1024) / 64;
    if (kb_above_1m > 0xffff)
        kb_above_1m = 0xffff;
    igd_write_cmos(IGD_CMOS_EXTMEM_AT, kb_above_1m);
    igd_write_cmos(CMOS_MEM_EXTMEM_LOW, kb_above_1m);
    igd_write_cmos(CMOS_MEM_EXTMEM2_LOW, blocks_above_16m);
    if (igd.stolen.bytes) {
        u32 behind = igd.stolen.addr + igd.stolen.bytes;
        e820_add(behind, igd.ram_end - behind, E820_RAM);
    }
}
