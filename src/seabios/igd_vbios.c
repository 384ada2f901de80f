// SPDX-License-Identifier: LGPL-3.0-only
// The IGD's option ROM, its VBIOS: where it is, and what is deployed of it.
// Copyright (C) 2026 The seabios-igd authors

#include "hw/pci.h" // pci_config_readl
#include "hw/pci_regs.h" // PCI_ROM_ADDRESS
#include "igd_state.h" // igd_find_rom
#include "malloc.h" // rom_get_last
#include "output.h" // snprintf
#include "romfile.h" // romfile_find
#include "string.h" // memmove
#include "util.h" // igd_load_rom
#include "x86.h" // outl


/****************************************************************
 * Where it is
 ****************************************************************/

// Whether a file of vgaroms/ or genroms/ is a ROM for the IGD, even a broken one. SeaBIOS would run
// it with bus address 0, so SeaBIOS's own loop must skip it.
int
igd_owns_file(struct romfile_s *file)
{
    struct igd_findings unused = { .count = 0 };
    struct igd_rom rom;
    u32 room = rom_get_max() - rom_get_last();
    if (!igd.device.vendor || file->size > room)
        return 0;
    u8 *copy = malloc_tmphigh(file->size);
    if (!copy)
        return 0;
    int err = -IGD_ERR_ROM_MATCH;
    if (file->copy(file, copy, file->size) >= 0)
        err = igd_rom_find(copy, file->size, &igd.device, &rom, &unused);
    free(copy);
    return !err || err == -IGD_ERR_ROM_BYTES;
}

static struct romfile_s *
igd_find_own_file(const char *folder)
{
    struct romfile_s *file = NULL;
    do
        file = romfile_findprefix(folder, file);
    while (file && !igd_owns_file(file));
    return file;
}

int
igd_find_rom(void)
{
    char name[17];
    snprintf(name, sizeof(name), "pci%04x,%04x.rom", igd.device.vendor, igd.device.device);
    igd.rom_file = romfile_find(name);
    // A ROM BAR without a ROM behind it has no address.
    igd.rom_bar = pci_config_readl(igd.device.bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK;
    igd.rom_other = igd_find_own_file("vgaroms/");
    if (!igd.rom_other)
        igd.rom_other = igd_find_own_file("genroms/");
    return igd.rom_file || igd.rom_bar || igd.rom_other;
}

int
igd_is_boot_display(struct pci_device *pci)
{
    return pci == igd.pci && igd.display.primary;
}

// Whether the option ROM of a VGA device may be run: an IGD's only if it is the boot display.
int
igd_allows_rom(struct pci_device *pci)
{
    return pci != igd.pci || igd.display.primary;
}

// Whether an option ROM is the IGD's, which igd_load_rom() has checked: SeaBIOS need not check it
// again.
int
igd_checked_rom(struct rom_header *rom)
{
    return rom == igd.rom;
}


/****************************************************************
 * Deploying it
 ****************************************************************/

// Copies from device memory, 64 bits at a time where the processor can: each load is a trap. bytes
// is a multiple of 8.
static void
igd_copy_mmio(u8 *dest, const u8 *src, int bytes)
{
    u32 eax, ebx, ecx, edx;
    cpuid(1, &eax, &ebx, &ecx, &edx);
    if (!(edx & (1 << 23))) { // no MMX
        iomemcpy(dest, src, bytes);
        return;
    }
    int at;
    for (at = 0; at < bytes; at += 8)
        asm volatile("movq (%0), %%mm0\n"
                     "movq %%mm0, (%1)\n"
                     : : "r"(src + at), "r"(dest + at) : "memory");
    // Ends MMX like emms, which KVM's instruction emulator does not know.
    asm volatile("fninit");
}

// Accesses to entry 0 of the GTT through BAR4, as a VBIOS makes them: index, whose bit 0 stands for
// the GTT, then data. QEMU rewrites only what comes right after an index.
#define IGD_BAR4_GTT  1
#define IGD_BAR4_DATA 4

static u32
igd_read_gtt(u16 bar4)
{
    outl(IGD_BAR4_GTT, bar4);
    return inl(bar4 + IGD_BAR4_DATA);
}

static void
igd_write_gtt(u16 bar4, u32 value)
{
    outl(IGD_BAR4_GTT, bar4);
    outl(value, bar4 + IGD_BAR4_DATA);
}

// Tries what QEMU makes of a GTT entry that is written. Restores the entry.
static void
igd_try_gtt(u32 addr, struct igd_gtt_trial *trial)
{
    u32 bar = pci_config_readl(igd.device.bdf, PCI_BASE_ADDRESS_4);
    u16 bar4 = bar & PCI_BASE_ADDRESS_IO_MASK;
    trial->tried = bar & PCI_BASE_ADDRESS_SPACE_IO && bar4;
    if (!trial->tried)
        return;
    u32 held = igd_read_gtt(bar4);
    trial->wrote = igd_gtt_trial_value(addr);
    igd_write_gtt(bar4, trial->wrote);
    trial->read = igd_read_gtt(bar4);
    igd_write_gtt(bar4, held - (trial->read - trial->wrote));
}

// Finds the GTT: the upper half of BAR0.
static void
igd_find_gtt(void)
{
    u16 bdf = igd.device.bdf, command = pci_config_readw(bdf, PCI_COMMAND);
    u32 bar = pci_config_readl(bdf, PCI_BASE_ADDRESS_0);
    if (pci_config_readl(bdf, PCI_BASE_ADDRESS_1))
        return; // out of reach
    // While its size is asked for, the device must not decode memory.
    pci_config_writew(bdf, PCI_COMMAND, command & ~PCI_COMMAND_MEMORY);
    pci_config_writel(bdf, PCI_BASE_ADDRESS_0, PCI_BASE_ADDRESS_MEM_MASK);
    u32 bytes = -(pci_config_readl(bdf, PCI_BASE_ADDRESS_0) & PCI_BASE_ADDRESS_MEM_MASK);
    pci_config_writel(bdf, PCI_BASE_ADDRESS_0, bar);
    pci_config_writew(bdf, PCI_COMMAND, command);
    igd.gtt_bytes = bytes / 2;
    igd.gtt = (void*)((bar & PCI_BASE_ADDRESS_MEM_MASK) + bytes / 2);
}

void
igd_mend_gtt(void)
{
    u32 n, dwords = igd_gtt_entry_bytes(igd_family(igd.device.device)) / 4;
    if (!igd.gtt)
        return;
    for (n = 0; n < igd.gtt_bytes / 4 / dwords; n++) {
        u32 entry = readl(&igd.gtt[n * dwords]);
        u32 mended = igd_mend_gtt_entry(entry, n, igd.vbios_bdsm, &igd.stolen);
        if (!mended)
            return;
        if (mended != entry)
            writel(&igd.gtt[n * dwords], mended);
    }
}

// Decides what the VBIOS's image must cache for BDSM: igd.vbios_bdsm, 0 for what it has. Returns 0
// if the VBIOS cannot find stolen memory: neither in its cache nor in BDSM.
static int
igd_tell_stolen(u8 *image, u32 image_bytes, u32 *cache, struct igd_findings *found)
{
    u32 addr = igd.stolen.addr, bdsm = 0;
    struct igd_gtt_trial trial;
    *cache = igd_rom_cache(image, image_bytes);
    if (!*cache) {
        igd.vbios_bdsm = 0;
        if (igd.stolen.by_cache)
            igd_find(found, IGD_ERR_ROM_CACHE, addr, 0);
        return !igd.stolen.by_cache;
    }
    // With BDSM at C0h QEMU rewrites nothing. Up to 9.2 it knows 5Ch alone, and aborts when the GTT
    // is written before that.
    int tries = igd_bdsm_reg(&igd.device) == IGD_REG_BDSM;
    if (tries) {
        igd_try_gtt(addr, &trial);
        bdsm = igd_vbios_bdsm(addr, &trial, &igd.report.gtt_rewrites);
    }
    if (!bdsm && (igd.stolen.by_cache || !tries))
        bdsm = addr;
    igd.vbios_bdsm = bdsm;
    if (igd.report.gtt_rewrites)
        igd_find_gtt();
    return 1;
}

// Finds the device's image in the bytes at place, moves it to the start of place, where it will
// run, and mends it. Returns 1, or 0 if no image can run.
static int
igd_take_image(u8 *place, u32 bytes, const char *source, struct igd_findings *found)
{
    static const char *const igd_matches[] = {
        [IGD_ROM_BY_LIST] = "list", [IGD_ROM_BY_ID] = "id", [IGD_ROM_BY_CLASS] = "class",
        [IGD_ROM_BY_FORCE] = "class, though not in its list",
    };
    struct igd_rom rom;
    u32 cache;
    if (igd_rom_find(place, bytes, &igd.device, &rom, found))
        return 0;
    memmove(place, place + rom.offset, rom.bytes);
    if (!igd_tell_stolen(place, rom.bytes, &cache, found))
        return 0;
    igd_printf(IGD_SAYS_ROM, rom.bytes, source, igd_matches[rom.match]);
    igd.report.rom_other = rom.match == IGD_ROM_BY_FORCE;
    if (cache) {
        u32 held = *(u32*)(place + cache);
        igd.report.rom_used = !!held;
        igd_printf(IGD_SAYS_CACHE, held, igd.vbios_bdsm ?: held);
    }
    igd_rom_mend(place, rom.bytes, cache, igd.vbios_bdsm, found);
    return 1;
}

static int
igd_take_file(struct romfile_s *file, u8 *place, u32 room, struct igd_findings *found)
{
    if (!file)
        return 0;
    if (file->size > room) {
        igd_find(found, IGD_ERR_ROM_BYTES, file->size, room);
        return 0;
    }
    return file->copy(file, place, room) >= 0
        && igd_take_image(place, file->size, file->name, found);
}

// Returns the size of the ROM BAR.
static u32
igd_bar_bytes(void)
{
    pci_config_writel(igd.device.bdf, PCI_ROM_ADDRESS, PCI_ROM_ADDRESS_MASK);
    return -(pci_config_readl(igd.device.bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK);
}

static int
igd_take_bar(u8 *place, u32 room, struct igd_findings *found)
{
    if (!igd.rom_bar)
        return 0;
    const u8 *rom = (void*)igd.rom_bar;
    u32 all = igd_bar_bytes();
    if (all > room)
        all = room & ~7;
    pci_config_writel(igd.device.bdf, PCI_ROM_ADDRESS, igd.rom_bar | PCI_ROM_ADDRESS_ENABLE);
    // Mostly the first image is the right one, and the rest need not be read.
    u32 read = 8;
    igd_copy_mmio(place, rom, read);
    u32 bytes = place[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
    if (!bytes || bytes > all)
        bytes = all;
    igd_copy_mmio(place + read, rom + read, bytes - read);
    int taken = igd_take_image(place, bytes, "ROM BAR", found);
    if (!taken && bytes < all) {
        found->count = 0; // the whole ROM tells what is wrong
        igd_copy_mmio(place + bytes, rom + bytes, all - bytes);
        taken = igd_take_image(place, all, "ROM BAR", found);
    }
    pci_config_writel(igd.device.bdf, PCI_ROM_ADDRESS, igd.rom_bar);
    return taken;
}

// Called for the boot display: deploys its option ROM. use_bar: whether ROM BARs may be used. If a
// source is refused, the next one is tried.
struct rom_header *
igd_load_rom(int use_bar)
{
    struct igd_findings found = { .count = 0 };
    u8 *place = (void*)rom_get_last();
    u32 room = rom_get_max() - (u32)place;
    int taken = igd_take_file(igd.rom_file, place, room, &found);
    igd_log(&found);
    if (!taken && use_bar)
        taken = igd_take_bar(place, room, &found);
    igd_log(&found);
    if (!taken)
        taken = igd_take_file(igd.rom_other, place, room, &found);
    igd_log(&found);
    igd.report.vbios = taken ? IGD_YES : IGD_NO;
    igd_log_report();
    if (!taken)
        return NULL;
    igd_tell_vbios();
    return igd.rom = (void*)place;
}
