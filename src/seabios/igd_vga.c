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
// Whether that option ROM came from vgaroms/.
static int igd_rom_named;


/****************************************************************
 * Who is primary
 ****************************************************************/

// The bytes that the device's ROM BAR decodes, 0 if it has none.
static u32
igd_rom_bar_bytes(u16 bdf)
{
    u32 base = pci_config_readl(bdf, PCI_ROM_ADDRESS);
    pci_config_writel(bdf, PCI_ROM_ADDRESS, PCI_ROM_ADDRESS_MASK);
    u32 mask = pci_config_readl(bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK;
    pci_config_writel(bdf, PCI_ROM_ADDRESS, base);
    return -mask;
}

// A file of vgaroms/, and the name of the file with the ROM of one device.
static const char igd_vgaroms[] = "vgaroms/";

static void
igd_rom_name(const struct pci_device *pci, char *name, int bytes)
{
    static const char igd_rom_format[] = "pci%04x,%04x.rom";
    snprintf(name, bytes, igd_rom_format, pci->vendor, pci->device);
}

static int
igd_has_rom(const struct pci_device *pci)
{
    char name[17];
    igd_rom_name(pci, name, sizeof(name));
    return romfile_find(name) || igd_rom_bar_bytes(pci->bdf)
        || romfile_findprefix(igd_vgaroms, NULL);
}

// Keep a VGA device, and the bridges that lead to it alone, from answering legacy accesses.
static void
igd_silence_vga(struct pci_device *pci)
{
    pci_config_maskw(pci->bdf, PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, 0);
    while ((pci = pci->parent))
        pci_config_maskw(pci->bdf, PCI_BRIDGE_CONTROL, PCI_BRIDGE_CTL_VGA, 0);
}

void
igd_vga_setup(struct pci_device *igd, struct igd_findings *found)
{
    static const char igd_primary_name[] = "opt/org.seabios/igd-primary";
    struct igd_device device;
    igd_describe(igd, &device);
    struct pci_device *pci;
    int others = 0, has_rom = igd_has_rom(igd);
    foreachpci(pci)
        others += pci != igd && pci->class == PCI_CLASS_DISPLAY_VGA;

    if (!igd_is_primary(&device, has_rom, romfile_loadbool(igd_primary_name, -1))) {
        if (!others)
            igd_find(found, has_rom ? IGD_NOTE_ROM_UNUSED : IGD_NOTE_NO_ROM, device.bdf, 0);
        return;
    }
    igd_primary = igd;
    igd_printf("igd: boot display\n");
    foreachpci(pci)
        if (pci != igd && pci->class == PCI_CLASS_DISPLAY_VGA)
            igd_silence_vga(pci);
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
static const struct {
    u16 port;
    u8 index, value;
} igd_plain_vga[] = {
    { IGD_PORT_SEQUENCER, 0x02, 0x01 }, { IGD_PORT_SEQUENCER, 0x04, 0x06 },
    { IGD_PORT_GRAPHICS, 0x01, 0x00 }, { IGD_PORT_GRAPHICS, 0x03, 0x00 },
    { IGD_PORT_GRAPHICS, 0x04, 0x00 }, { IGD_PORT_GRAPHICS, 0x05, 0x00 },
    { IGD_PORT_GRAPHICS, 0x06, 0x05 }, { IGD_PORT_GRAPHICS, 0x08, 0xff },
};

static int
igd_holds(volatile u8 *at, u8 value)
{
    *at = value;
    return *at == value;
}

// Tries a register and a byte of memory, and leaves them as they were. Returns IGD_VGA_* bits.
static u8
igd_try_vga(void)
{
    volatile u8 *memory = (void*)0xa0000;
    u8 saved[ARRAY_SIZE(igd_plain_vga)], dead = 0, i;
    u8 misc = inb(IGD_PORT_MISC_READ);
    outb(misc | IGD_MISC_RAM, IGD_PORT_MISC_WRITE);
    for (i = 0; i < ARRAY_SIZE(igd_plain_vga); i++) {
        outb(igd_plain_vga[i].index, igd_plain_vga[i].port);
        saved[i] = inb(igd_plain_vga[i].port + 1);
        outb(igd_plain_vga[i].value, igd_plain_vga[i].port + 1);
        if (inb(igd_plain_vga[i].port + 1) != igd_plain_vga[i].value)
            dead |= IGD_VGA_REGISTERS;
    }
    // Where no VGA answers, there is RAM below A0000h, and SMM's perhaps: leave that alone.
    if (!dead) {
        u8 byte = *memory;
        if (!igd_holds(memory, 0x55) || !igd_holds(memory, 0xaa))
            dead |= IGD_VGA_MEMORY;
        *memory = byte;
    }
    while (i--) {
        outb(igd_plain_vga[i].index, igd_plain_vga[i].port);
        outb(saved[i], igd_plain_vga[i].port + 1);
    }
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


/****************************************************************
 * Option ROM
 ****************************************************************/

// Copy from device memory, 64 bits at a time where the processor can: each load is a trap.
static void
igd_copy_mmio(void *dest, const void *src, u32 bytes)
{
    u32 eax, ebx, ecx, edx;
    cpuid(1, &eax, &ebx, &ecx, &edx);
    if (!(edx & (1 << 23))) { // no MMX
        iomemcpy(dest, src, bytes);
        return;
    }
    for (; bytes >= 8; bytes -= 8, dest += 8, src += 8)
        asm volatile("movq (%0), %%mm0\n"
                     "movq %%mm0, (%1)\n"
                     : : "r"(src), "r"(dest) : "memory");
    asm volatile("emms");
}

// Take the image for the device out of the bytes at the place where it is to run. Returns 1, or
// 0 if there is none to be run.
static int
igd_take_image(u8 *place, u32 bytes, struct pci_device *pci, const char *source
               , struct igd_findings *found)
{
    static const char igd_matches[][6] = { "id", "list", "class" };
    struct igd_device device;
    struct igd_rom rom;
    igd_describe(pci, &device);
    if (igd_rom_find(place, bytes, bytes, &device, &rom, found))
        return 0;
    if (rom.offset)
        memmove(place, place + rom.offset, rom.bytes);
    igd_rom_mend(place, rom.bytes, found);
    igd_printf("igd: option ROM 0x%x bytes from %s, accepted by %s\n", rom.bytes, source
               , igd_matches[rom.match - 1]);
    return 1;
}

static int
igd_take_file(struct romfile_s *file, u8 *place, u32 room, struct pci_device *pci
              , struct igd_findings *found)
{
    if (!file)
        return 0;
    if (file->size > room) {
        igd_find(found, IGD_ERR_ROM_BYTES, file->size, room);
        return 0;
    }
    return file->copy(file, place, room) >= 0
        && igd_take_image(place, file->size, pci, file->name, found);
}

static int
igd_take_bar(u8 *place, u32 room, struct pci_device *pci, struct igd_findings *found)
{
    static const char igd_source[] = "ROM BAR";
    u32 bar_bytes = igd_rom_bar_bytes(pci->bdf);
    u32 base = pci_config_readl(pci->bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK;
    if (!bar_bytes || !base)
        return 0;
    if (bar_bytes > room)
        bar_bytes = room & ~7;
    pci_config_writel(pci->bdf, PCI_ROM_ADDRESS, base | PCI_ROM_ADDRESS_ENABLE);
    // The first image is the one, mostly, and what lies behind it need not be read then.
    igd_copy_mmio(place, (void*)base, 8);
    u32 bytes = place[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
    if (!bytes || bytes > bar_bytes)
        bytes = bar_bytes;
    igd_copy_mmio(place, (void*)base, bytes);
    int taken = igd_take_image(place, bytes, pci, igd_source, found);
    if (!taken && bytes < bar_bytes) {
        found->count = 0;
        igd_copy_mmio(place + bytes, (void*)base + bytes, bar_bytes - bytes);
        taken = igd_take_image(place, bar_bytes, pci, igd_source, found);
    }
    pci_config_writel(pci->bdf, PCI_ROM_ADDRESS, base);
    return taken;
}

// Called for the boot display: checks its legacy ranges and deploys its option ROM.
struct rom_header *
igd_load_rom(struct pci_device *pci)
{
    struct igd_findings found;
    found.count = 0;
    igd_check_vga(pci, &found);
    igd_log(&found);
    // Sources in order; what is refused does not hide the next one.
    u8 *place = (void*)rom_get_last();
    u32 room = rom_get_max() - (u32)place;
    char name[17];
    igd_rom_name(pci, name, sizeof(name));
    int taken = igd_take_file(romfile_find(name), place, room, pci, &found);
    igd_log(&found);
    if (!taken)
        taken = igd_take_bar(place, room, pci, &found);
    igd_log(&found);
    if (!taken) {
        taken = igd_rom_named = igd_take_file(romfile_findprefix(igd_vgaroms, NULL), place
                                              , room, pci, &found);
        igd_log(&found);
    }
    if (!taken)
        return NULL;
    igd_rom = (void*)place;
    igd_rom_bdf = pci->bdf;
    return igd_rom;
}

// Whether an option ROM is the IGD's: it has been checked, and its checksum need not be once more.
int
igd_checked_rom(struct rom_header *rom)
{
    return rom == igd_rom;
}

// Whether vgaroms/ was used for the IGD, and so must not be run once more.
int
igd_used_vgaroms(void)
{
    return igd_rom_named;
}

// The address to hand to the VGA option ROM on S3 resume, 0 if it is not the IGD's.
u16
igd_resume_bdf(void)
{
    return igd_rom_bdf;
}
