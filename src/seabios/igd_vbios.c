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
#include "x86.h" // cpuid


/****************************************************************
 * Where it is
 ****************************************************************/

// Whether a file of vgaroms/ or genroms/ is for the IGD, good or broken. Others are for other
// devices. SeaBIOS would run it with bus address 0, so its own loop must skip it.
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
    // A ROM BAR that has no ROM behind it has not been given an address.
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

// Whether an option ROM is the IGD's: it has been checked, and its checksum need not be once more.
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
    // Ends MMX as emms does, which KVM's instruction emulator does not know.
    asm volatile("fninit");
}

// Takes the image for the device out of the bytes at the place where it is to run. Returns 1, or
// 0 if there is none to be run.
static int
igd_take_image(u8 *place, u32 bytes, const char *source, struct igd_findings *found)
{
    static const char *const igd_matches[] = {
        [IGD_ROM_BY_ID] = "id", [IGD_ROM_BY_LIST] = "list", [IGD_ROM_BY_CLASS] = "class",
    };
    struct igd_rom rom;
    if (igd_rom_find(place, bytes, &igd.device, &rom, found))
        return 0;
    memmove(place, place + rom.offset, rom.bytes);
    igd.report.rom_bdsm = igd_rom_mend(place, rom.bytes, found);
    igd.report.rom_other_id = rom.match != IGD_ROM_BY_ID;
    igd_printf(IGD_SAYS_ROM, rom.bytes, source, igd_matches[rom.match]);
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
    // The first image is the one, mostly, and what lies behind it need not be read then.
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

// Called for the boot display: deploys its option ROM. use_bar: whether ROM BARs are to be used.
// What is refused does not hide the next source.
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
    if (taken)
        igd.rom = (void*)place;
    return igd.rom;
}
