// SPDX-License-Identifier: LGPL-3.0-only
// Sets up an assigned Intel IGD during POST: carries out in SeaBIOS what the library decides.
// Copyright (C) 2026 The seabios-igd authors

#include "e820map.h" // e820_add
#include "fw/paravirt.h" // qemu_cfg_read_early
#include "hw/pci.h" // pci_config_writel
#include "hw/pci_regs.h" // PCI_BASE_ADDRESS_1
#include "hw/rtc.h" // rtc_write
#include "igd_glue.h" // igd_printf
#include "malloc.h" // LegacyRamSize
#include "romfile.h" // romfile_find
#include "string.h" // memset
#include "util.h" // igd_setup
#include "x86.h" // readl

void
igd_log(struct igd_findings *found)
{
    const struct igd_finding *item;
    for (item = found->item; item < &found->item[found->count]; item++) {
        char line[IGD_LINE_BYTES];
        if (IGD_LOG && !igd_message(item->code, line))
            dprintf(1, line, item->value, item->limit);
        igd_seen |= igd_fact_of(item->code);
    }
    found->count = 0;
}

// In the F-segment, as others here: references to it there need no relocation.
u32 igd_seen VARFSEG;

void
igd_log_table(void)
{
    char line[IGD_LINE_BYTES];
    int row;
    for (row = 0; row <= IGD_CONDITIONS + 1; row++)
        if (IGD_LOG && !igd_table(row, igd_seen, line))
            dprintf(1, line);
}

static void noinline
igd_describe(u16 bdf, struct igd_device *device)
{
    u32 ids = pci_config_readl(bdf, PCI_VENDOR_ID);
    device->bdf = bdf;
    device->vendor = ids;
    device->device = ids >> 16;
    device->class = pci_config_readw(bdf, PCI_CLASS_DEVICE);
}

struct igd_device igd_device;

static const char igd_opregion_name[] = "etc/igd-opregion";
static const char igd_bdsm_size_name[] = "etc/igd-bdsm-size";

// One more Intel display device, beside the one that igd_display() returned.
static struct pci_device *igd_second VARFSEG;

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
    static const char igd_name[] = "opt/org.seabios/igd-5f";
    static const char igd_primary_name[] = "opt/org.seabios/igd-primary";
    char name[sizeof(igd_name) + 2];
    u8 text[4];
    memcpy(name, igd_name, sizeof(igd_name));
    name[sizeof(igd_name) - 1] = '0' + (range->function >> 4); // no function has a letter
    name[sizeof(igd_name)] = '0' + (range->function & 15);
    name[sizeof(igd_name) + 1] = 0;
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
    igd_describe(pci->bdf, &device);
    return igd_is_q35_lpc(&device, pci_config_readl(0, PCI_VENDOR_ID));
}


/****************************************************************
 * BARs
 ****************************************************************/

static u8 igd_bars_high VARFSEG;

// Whether the BARs of a device must stay where 16 and 32-bit code reaches them, although all
// other 64-bit BARs go above 4 GiB.
int
igd_bar_stays_low(struct pci_device *pci)
{
    if (igd_bars_high || pci != igd_display())
        return 0;
    igd_seen |= IGD_FACT_BARS_LOW;
    return 1;
}

// The BARs do not fit below 4 GiB. Returns 1 if letting the IGD's go could help.
int
igd_bars_go_high(void)
{
    if (igd_bars_high || !igd_display())
        return 0;
    igd_bars_high = 1;
    igd_seen &= ~IGD_FACT_BARS_LOW;
    return 1;
}


/****************************************************************
 * Stolen memory
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

// RAM behind stolen memory. During POST it is reserved: what SeaBIOS allocates is below.
static u32 igd_behind_addr VARFSEG, igd_behind_end VARFSEG;

// Where BAR0 is put, and what is read there: STOLEN_RESERVED's halves, DBUF_CTL.
#define IGD_EARLY_BAR0 0xfd000000
static const u32 igd_early_offsets[] __aligned(4) = {
    IGD_MMIO_STOLEN_RESERVED, IGD_MMIO_STOLEN_RESERVED + 4, IGD_MMIO_DBUF_CTL
};
#define IGD_EARLY_DBUF 2

// KiB above 1 MiB as the PC AT has them; SeaBIOS names the copy at 30h alone.
#define IGD_CMOS_EXTMEM 0x17

// Reads registers before BARs are given out: addresses above RAM are then free, and the device
// decodes none until it has been given its own.
static void
igd_read_early(u32 values[])
{
    u16 bdf = igd_device.bdf, command = pci_config_readw(bdf, PCI_COMMAND);
    int i;
    pci_config_writel(bdf, PCI_BASE_ADDRESS_0, IGD_EARLY_BAR0);
    pci_config_writel(bdf, PCI_BASE_ADDRESS_1, 0);
    // It is prefetchable on some.
    if (RamSize <= IGD_EARLY_BAR0 && (pci_config_readl(bdf, PCI_BASE_ADDRESS_0)
                                      & ~PCI_BASE_ADDRESS_MEM_PREFETCH)
        == (IGD_EARLY_BAR0 | PCI_BASE_ADDRESS_MEM_TYPE_64)) {
        pci_config_writew(bdf, PCI_COMMAND, command | PCI_COMMAND_MEMORY);
        for (i = 0; i < ARRAY_SIZE(igd_early_offsets); i++)
            values[i] = readl((void*)IGD_EARLY_BAR0 + igd_early_offsets[i]);
        pci_config_writew(bdf, PCI_COMMAND, command);
    }
}

// Returns where it is, 0 for nowhere.
static u32
igd_reserve_stolen(const struct igd_family *family, u32 bytes, u32 gms_mb, const u32 *early
                   , struct igd_findings *found)
{
    static const char igd_base_name[] = "etc/igd-stolen-base";
    static const char igd_register[] = "STOLEN_RESERVED", igd_top[] = "top of RAM";
    const char *source = igd_base_name;
    u8 file[IGD_STOLEN_FILE_BYTES];
    u64 host = igd_stolen_file_addr(file, qemu_cfg_read_early(igd_base_name, file, sizeof(file))
                                    , found);
    if (!host && family->gen >= 11) {
        source = igd_register;
        host = igd_stolen_host_addr(early[0], early[1], gms_mb, bytes);
        if (!host)
            igd_find(found, IGD_NOTE_STOLEN_BASE, early[0], 0);
    }
    // The map starts with RAM in one piece, and all of that is still free.
    u32 addr, end = e820_list[0].type == E820_RAM ? e820_list[0].start + e820_list[0].size : 0;
    if (igd_stolen_place(bytes, host, end, &addr, found))
        return 0;
    e820_add(addr, end - addr, E820_RESERVED);
    igd_behind_addr = addr + bytes;
    igd_behind_end = end;
    struct igd_write *write = &igd_saved[1];
    int i = igd_bdsm_writes(family, addr, write);
    u32 bdsm = 0;
    while (i--)
        bdsm = igd_write_register(igd_device.bdf, &write[i], IGD_ERR_BDSM, found);
    igd_printf("igd: stolen memory at 0x%08x-0x%08x RESERVED, BDSM[0x%02x] 0x%08x, %s\n", addr
               , igd_behind_addr - 1, write[0].reg, bdsm, addr == host ? source : igd_top);
    return addr;
}

static void
igd_setup_stolen(const struct igd_family *family, struct igd_findings *found)
{
    u8 file[IGD_STOLEN_FILE_BYTES];
    u32 early[ARRAY_SIZE(igd_early_offsets)], bytes, addr = 0;
    u16 bdf = igd_device.bdf, ggc = pci_config_readw(bdf, IGD_REG_GGC);
    u32 gms_mb = igd_gms_mb(family, ggc);
    int file_bytes = qemu_cfg_read_early(igd_bdsm_size_name, file, sizeof(file));
    memset(early, 0xff, sizeof(early)); // as what cannot be read
    if (bdf == IGD_BDF_PRIMARY && family->gen >= 11)
        igd_read_early(early);
    int err = igd_stolen_size(&igd_device, file_bytes < 0 ? NULL : file, file_bytes, gms_mb
                              , pci_config_readl(bdf, igd_bdsm_reg(family)), &bytes, found);
    if (file_bytes >= 0 && !err)
        igd_gms_compare(&igd_device, gms_mb, bytes, found);
    if (bytes)
        addr = igd_reserve_stolen(family, bytes, gms_mb, early, found);
    if (bdf == IGD_BDF_PRIMARY)
        igd_host_leftovers(family, ggc, pci_config_readl(bdf, IGD_REG_BGSM), addr
                           , &early[IGD_EARLY_DBUF], found);
}

// Takes a device as the IGD, if it is one.
static void
igd_take(u16 bdf)
{
    struct igd_findings found;
    found.count = 0;
    igd_describe(bdf, &igd_device);
    if (!igd_is_display(igd_device.vendor, igd_device.class)) {
        igd_device.vendor = 0;
        return;
    }
    const struct igd_family *family = igd_family(igd_device.device);
    char name[IGD_NAME_BYTES];
    if (IGD_LOG)
        igd_family_name(family, name);
    igd_printf("igd: device %02x:%02x.%x 8086:%04x class %04x Gen%d %s\n", pci_bdf_to_bus(bdf)
               , pci_bdf_to_dev(bdf), pci_bdf_to_fn(bdf), igd_device.device, igd_device.class
               , family->gen, name);
    igd_setup_stolen(family, &found);
    igd_log(&found);
}

// Called when the memory map is known and nothing is allocated yet.
void
igd_preinit(void)
{
    if (!runningOnXen())
        igd_take(IGD_BDF_PRIMARY);
}

// Writes two registers, the low half first.
static void noinline
igd_write_cmos(u8 index, u16 value)
{
    rtc_write(index, value);
    rtc_write(index + 1, value >> 8);
}

// Called when what SeaBIOS allocated is settled. CMOS tells RAM's size to who asks no BIOS.
void
igd_prepboot(void)
{
    if (!igd_saved[0].reg && !igd_saved[1].reg)
        return; // nothing was taken
    u32 kb = LegacyRamSize / 1024 - 1024, blocks = kb < 15 * 1024 ? 0 : kb / 64 - 15 * 16;
    if (kb > 0xffff)
        kb = 0xffff;
    igd_write_cmos(IGD_CMOS_EXTMEM, kb);
    igd_write_cmos(CMOS_MEM_EXTMEM_LOW, kb);
    igd_write_cmos(CMOS_MEM_EXTMEM2_LOW, blocks);
    e820_add(igd_behind_addr, igd_behind_end - igd_behind_addr, E820_RAM);
}


/****************************************************************
 * OpRegion
 ****************************************************************/

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
    if (opregion.vbt_offset && asls == (u32)copy)
        igd_seen |= IGD_FACT_OPREGION;
    return igd_panel(copy + opregion.vbt_offset, opregion.vbt_bytes);
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

    struct romfile_s *opregion = romfile_find(igd_opregion_name);
    struct igd_findings found;
    found.count = 0;
    struct pci_device *igd = igd_display();
    if (!igd) {
        if (opregion || romfile_find(igd_bdsm_size_name))
            igd_find(&found, IGD_ERR_NO_DEVICE, 0, 0);
        igd_log(&found);
        return;
    }
    // Stolen memory is for 00:02.0: elsewhere there is none to be reserved.
    if (!igd_device.vendor)
        igd_take(igd->bdf);
    igd_seen |= igd_facts(&igd_device, pci_config_readl(IGD_BDF_LPC, PCI_VENDOR_ID)
                          , pci_config_readw(IGD_BDF_LPC, PCI_CLASS_DEVICE));
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
    int rom_next = igd_vga_setup(igd, panel, &found);
    igd_log(&found);
    if (!rom_next) // otherwise the table tells of it, too
        igd_log_table();
}
