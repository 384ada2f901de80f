// SPDX-License-Identifier: LGPL-3.0-only
// The IGD as the boot display: whether it is, its legacy VGA ranges, and its option ROM.
// Copyright (C) 2026 The seabios-igd authors

#include "farptr.h" // MAKE_FLATPTR
#include "hw/pci.h" // pci_config_maskw
#include "hw/pci_ids.h" // PCI_CLASS_DISPLAY_VGA
#include "hw/pci_regs.h" // PCI_ROM_ADDRESS
#include "igd_glue.h" // igd_printf
#include "malloc.h" // rom_reserve
#include "romfile.h" // romfile_loadfile
#include "std/optionrom.h" // struct rom_header
#include "string.h" // memcpy
#include "util.h" // igd_load_rom
#include "x86.h" // cpuid

// The IGD, if it is the boot display.
static struct pci_device *igd_primary;
// Its option ROM and its address, for S3 resume, when that was run.
static struct rom_header *igd_rom;
static u16 igd_rom_bdf;
// The file of vgaroms/ that it came from.
static struct romfile_s *igd_rom_source;


/****************************************************************
 * Who is primary
 ****************************************************************/

// The file with the option ROM of one device.
static struct romfile_s *
igd_rom_file(const struct igd_device *device)
{
    static const char igd_rom_format[] = "pci%04x,%04x.rom";
    char name[17];
    snprintf(name, sizeof(name), igd_rom_format, device->vendor, device->device);
    return romfile_find(name);
}

// The first file of vgaroms/ that is for a device: others there are for other displays.
static struct romfile_s *
igd_rom_among_all(const struct igd_device *device)
{
    static const char igd_vgaroms[] = "vgaroms/";
    u8 *place = (void*)rom_get_last();
    struct romfile_s *file = NULL;
    struct igd_findings unused;
    struct igd_rom rom;
    do {
        file = romfile_findprefix(igd_vgaroms, file);
        unused.count = 0;
    } while (file && (file->copy(file, place, rom_get_max() - (u32)place) < 0
                      || igd_rom_find(place, file->size, device, &rom, &unused)));
    return file;
}

// Whether the option ROM of a VGA device may be run: an IGD's only if it is the boot display.
int
igd_allows_rom(struct pci_device *pci)
{
    return pci == igd_primary || pci != igd_display();
}

int
igd_is_boot_display(struct pci_device *pci)
{
    return pci == igd_primary;
}


/****************************************************************
 * Legacy VGA ranges
 ****************************************************************/

#define IGD_PORT_SEQUENCER  0x3c4
#define IGD_PORT_GRAPHICS   0x3ce
#define IGD_PORT_MISC_WRITE 0x3c2
#define IGD_PORT_MISC_READ  0x3cc
#define IGD_MISC_RAM        0x02

// Plane 0 alone at A0000h, plain reads and writes (Intel PRM, VGA and Extended VGA Registers).
// Index and value; the first two are the sequencer's, the last one is not all ones or zeros.
static const u8 igd_plain_vga[][2] = {
    { 0x02, 0x01 }, { 0x04, 0x06 },
    { 0x01, 0x00 }, { 0x03, 0x00 }, { 0x04, 0x00 }, { 0x05, 0x00 }, { 0x08, 0xff }, { 0x06, 0x05 },
};

// Sets these registers, and leaves in their place what they held.
static void
igd_swap_vga(u8 values[][2])
{
    int i;
    for (i = 0; i < ARRAY_SIZE(igd_plain_vga); i++) {
        u16 port = i < 2 ? IGD_PORT_SEQUENCER : IGD_PORT_GRAPHICS;
        outb(values[i][0], port);
        u8 held = inb(port + 1);
        outb(values[i][1], port + 1);
        values[i][1] = held;
    }
}

// Tries a register and a byte of memory, and leaves all as it was. Returns IGD_VGA_* bits.
static u8
igd_try_vga(void)
{
    volatile u8 *memory = (void*)0xa0000;
    u8 values[ARRAY_SIZE(igd_plain_vga)][2], dead = 0;
    memcpy(values, igd_plain_vga, sizeof(values));
    u8 misc = inb(IGD_PORT_MISC_READ);
    outb(misc | IGD_MISC_RAM, IGD_PORT_MISC_WRITE);
    igd_swap_vga(values);
    if (inb(IGD_PORT_GRAPHICS + 1) != igd_plain_vga[ARRAY_SIZE(igd_plain_vga) - 1][1]) {
        // Where no VGA answers, there is RAM below A0000h, and SMM's perhaps: leave that alone.
        dead = IGD_VGA_REGISTERS;
    } else {
        u8 byte = *memory, other = ~byte;
        *memory = other;
        if (*memory != other)
            dead = IGD_VGA_MEMORY;
        *memory = byte;
    }
    igd_swap_vga(values);
    outb(misc, IGD_PORT_MISC_WRITE);
    return dead;
}

static void
igd_check_vga(struct pci_device *pci, struct igd_findings *found)
{
    u8 dead = igd_try_vga();
    u16 decode = PCI_COMMAND_IO | PCI_COMMAND_MEMORY;
    if ((pci_config_readw(pci->bdf, PCI_COMMAND) & decode) != decode)
        dead |= IGD_VGA_DECODE;
    if (pci_config_readw(pci->bdf, IGD_REG_GGC) & IGD_GGC_VGA_DISABLE)
        dead |= IGD_VGA_GGC;
    while ((pci = pci->parent))
        if (!(pci_config_readw(pci->bdf, PCI_BRIDGE_CONTROL) & PCI_BRIDGE_CTL_VGA))
            dead |= IGD_VGA_BRIDGE;
    if (dead)
        igd_find(found, IGD_ERR_VGA, dead, 0);
    else
        igd_printf("igd: legacy VGA is live\n");
}

// Let a VGA device, and the bridges that lead to it, answer legacy accesses, or keep them from it.
static void
igd_route_vga(struct pci_device *pci, u16 command, u16 bridge)
{
    pci_config_maskw(pci->bdf, PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, command);
    while ((pci = pci->parent))
        pci_config_maskw(pci->bdf, PCI_BRIDGE_CONTROL, PCI_BRIDGE_CTL_VGA, bridge);
}

void
igd_vga_setup(struct pci_device *igd, const struct igd_device *device
              , u32 panel, struct igd_findings *found)
{
    static const struct igd_range igd_yes_or_no = { 0, 0, 1 };
    // A ROM BAR that has no ROM behind it has not been given an address.
    int has_rom = igd_rom_file(device) || igd_rom_among_all(device)
        || pci_config_readl(device->bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK;
    int wish = igd_option(&igd_yes_or_no, found), others = 0;
    int primary = igd_is_primary(device, has_rom, wish);
    struct pci_device *pci;
    foreachpci(pci) {
        if (pci == igd || pci->class != PCI_CLASS_DISPLAY_VGA)
            continue;
        others = 1;
        if (primary)
            igd_route_vga(pci, 0, 0);
    }
    if (primary) {
        igd_primary = igd;
        igd_int15_setup(panel, found);
        igd_printf("igd: boot display\n");
        igd_route_vga(igd, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, PCI_BRIDGE_CTL_VGA);
        igd_check_vga(igd, found);
    }
    if (wish && !others && !(primary && has_rom))
        igd_find(found, has_rom ? IGD_NOTE_ROM_UNUSED : IGD_NOTE_NO_ROM, device->bdf, 0);
}


/****************************************************************
 * Option ROM
 ****************************************************************/

// Copy from device memory, 64 bits at a time where the processor can: each load is a trap. bytes
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
    while ((bytes -= 8) >= 0)
        asm volatile("movq (%0,%2), %%mm0\n"
                     "movq %%mm0, (%1,%2)\n"
                     : : "r"(src), "r"(dest), "r"(bytes) : "memory");
    // As good an end of MMX as emms, which KVM's instruction emulator does not know.
    asm volatile("fninit");
}

// Take the image for the device out of the bytes at the place where it is to run. Returns 1, or
// 0 if there is none to be run.
static int
igd_take_image(u8 *place, u32 bytes, const struct igd_device *device, const char *source
               , struct igd_findings *found)
{
    static const char igd_matches[][6] = { "id", "list", "class" };
    struct igd_rom rom;
    if (igd_rom_find(place, bytes, device, &rom, found))
        return 0;
    if (rom.offset)
        memmove(place, place + rom.offset, rom.bytes);
    igd_rom_mend(place, rom.bytes, found);
    igd_printf("igd: option ROM 0x%x bytes from %s, accepted by %s\n", rom.bytes, source
               , igd_matches[rom.match - 1]);
    return 1;
}

static int
igd_take_file(struct romfile_s *file, u8 *place, u32 room, const struct igd_device *device
              , struct igd_findings *found)
{
    if (!file)
        return 0;
    if (file->size > room) {
        igd_find(found, IGD_ERR_ROM_BYTES, file->size, room);
        return 0;
    }
    return file->copy(file, place, room) >= 0
        && igd_take_image(place, file->size, device, file->name, found);
}

static int
igd_take_bar(u8 *place, u32 room, const struct igd_device *device, struct igd_findings *found)
{
    static const char igd_source[] = "ROM BAR";
    u16 bdf = device->bdf;
    const u8 *rom = (void*)(pci_config_readl(bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK);
    if (!rom)
        return 0;
    pci_config_writel(bdf, PCI_ROM_ADDRESS, PCI_ROM_ADDRESS_MASK);
    u32 all = -(pci_config_readl(bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK);
    if (all > room)
        all = room & ~7;
    pci_config_writel(bdf, PCI_ROM_ADDRESS, (u32)rom | PCI_ROM_ADDRESS_ENABLE);
    // The first image is the one, mostly, and what lies behind it need not be read then.
    u32 read = 8;
    igd_copy_mmio(place, rom, read);
    u32 bytes = place[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
    if (!bytes || bytes > all)
        bytes = all;
    int taken;
    for (;;) {
        igd_copy_mmio(place + read, rom + read, bytes - read);
        taken = igd_take_image(place, bytes, device, igd_source, found);
        if (taken || bytes == all)
            break;
        read = bytes;
        bytes = all;
        found->count = 0;
    }
    pci_config_writel(bdf, PCI_ROM_ADDRESS, (u32)rom);
    return taken;
}

// Called for the boot display: deploys its option ROM.
struct rom_header *
igd_load_rom(struct pci_device *pci)
{
    struct igd_device device;
    struct igd_findings found;
    found.count = 0;
    igd_describe(pci, &device);
    // Sources in order; what is refused does not hide the next one.
    u8 *place = (void*)rom_get_last();
    u32 room = rom_get_max() - (u32)place;
    int taken = igd_take_file(igd_rom_file(&device), place, room, &device, &found);
    igd_log(&found);
    if (!taken)
        taken = igd_take_bar(place, room, &device, &found);
    igd_log(&found);
    if (!taken) {
        igd_rom_source = igd_rom_among_all(&device);
        taken = igd_take_file(igd_rom_source, place, room, &device, &found);
        igd_log(&found);
    }
    if (!taken)
        return NULL;
    igd_rom_bdf = device.bdf;
    return igd_rom = (void*)place;
}

// Whether an option ROM is the IGD's: it has been checked, and its checksum need not be once more.
int
igd_checked_rom(struct rom_header *rom)
{
    return rom == igd_rom;
}

// Whether a file was the IGD's option ROM, and so must not be run once more.
int
igd_took_file(struct romfile_s *file)
{
    return file == igd_rom_source;
}

// The address to hand to the VGA option ROM on S3 resume, 0 if it is not the IGD's.
u16
igd_resume_bdf(void)
{
    return igd_rom_bdf;
}
