// SPDX-License-Identifier: LGPL-3.0-only
// The IGD as the boot display: whether it is, its legacy VGA ranges, and its option ROM.
// Copyright (C) 2026 The seabios-igd authors

#include "hw/pci.h" // pci_config_maskw
#include "hw/pci_ids.h" // PCI_CLASS_DISPLAY_VGA
#include "hw/pci_regs.h" // PCI_ROM_ADDRESS
#include "igd_glue.h" // igd_printf
#include "malloc.h" // rom_get_last
#include "romfile.h" // romfile_find
#include "std/optionrom.h" // struct rom_header
#include "string.h" // memcpy
#include "util.h" // igd_load_rom
#include "x86.h" // cpuid

// The IGD, if it is the boot display, and if it is not.
static struct pci_device *igd_primary VARFSEG, *igd_aside VARFSEG;
// Its option ROM, when that was run.
static struct rom_header *igd_rom;


/****************************************************************
 * Who is primary
 ****************************************************************/

// The file with the IGD's option ROM.
static struct romfile_s *
igd_rom_file(void)
{
    static const char igd_rom_format[] = "pci%04x,%04x.rom";
    char name[17];
    snprintf(name, sizeof(name), igd_rom_format, igd_device.vendor, igd_device.device);
    return romfile_find(name);
}

// Whether a file of vgaroms/ or genroms/ is for the IGD, good or not: others there are for other
// devices, but this one is none to be run with another address.
int
igd_owns_file(struct romfile_s *file)
{
    u8 *place = (void*)rom_get_last();
    struct igd_findings unused;
    struct igd_rom rom;
    if (!igd_device.vendor || file->copy(file, place, rom_get_max() - (u32)place) < 0)
        return 0;
    unused.count = 0;
    int err = igd_rom_find(place, file->size, &igd_device, &rom, &unused);
    return !err || err == -IGD_ERR_ROM_BYTES;
}

static struct romfile_s *
igd_rom_among_all(void)
{
    static const char igd_folders[][9] = { "vgaroms/", "genroms/" };
    struct romfile_s *file = NULL;
    int i;
    for (i = 0; i < ARRAY_SIZE(igd_folders) && !file; i++)
        do
            file = romfile_findprefix(igd_folders[i], file);
        while (file && !igd_owns_file(file));
    return file;
}

// Whether the option ROM of a VGA device may be run: an IGD's only if it is the boot display.
int
igd_allows_rom(struct pci_device *pci)
{
    return pci != igd_aside;
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

// Tries a register and a byte of memory, and leaves in them what they held. Returns IGD_VGA_* bits.
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

// Returns whether SeaBIOS will take it for a VGA device.
static int
igd_check_vga(struct pci_device *pci, int others, struct igd_findings *found)
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
    else if (!others)
        igd_seen |= IGD_FACT_VGA;
    if (dead || !others) // QEMU's own VGA devices answer whatever their command registers say
        igd_seen |= IGD_FACT_VGA_TRIED;
    return !(dead & (IGD_VGA_DECODE | IGD_VGA_BRIDGE));
}

// Let a VGA device, and the bridges that lead to it, answer legacy accesses, or keep them from it.
static void
igd_route_vga(struct pci_device *pci, u16 command, u16 bridge)
{
    pci_config_maskw(pci->bdf, PCI_COMMAND, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, command);
    while ((pci = pci->parent))
        pci_config_maskw(pci->bdf, PCI_BRIDGE_CONTROL, PCI_BRIDGE_CTL_VGA, bridge);
}

// Not inlined: with less on the stack its code is shorter.
int noinline
igd_vga_setup(struct pci_device *igd, u32 panel, struct igd_findings *found)
{
    static const struct igd_range igd_yes_or_no = { 0, 0, 1 };
    // A ROM BAR that has no ROM behind it has not been given an address.
    int has_rom = igd_rom_file() || igd_rom_among_all()
        || pci_config_readl(igd->bdf, PCI_ROM_ADDRESS) & PCI_ROM_ADDRESS_MASK;
    int wish = igd_option(&igd_yes_or_no, found), others = 0;
    int refused = igd_seen & IGD_FACT_NO_STOLEN;
    int primary = !refused && igd_is_primary(&igd_device, has_rom, wish);
    if (wish > 0 || (wish && has_rom))
        igd_seen |= IGD_FACT_WANTED;
    struct pci_device *pci;
    foreachpci(pci) {
        if (pci == igd || pci->class != PCI_CLASS_DISPLAY_VGA)
            continue;
        // The first one is the boot display if the IGD is not, also behind a bridge.
        if (primary || !others)
            igd_route_vga(pci, primary ? 0 : PCI_COMMAND_IO | PCI_COMMAND_MEMORY
                          , primary ? 0 : PCI_BRIDGE_CTL_VGA);
        others = 1;
    }
    int rom_next = 0;
    igd_aside = igd;
    if (primary) {
        igd_aside = NULL;
        igd_primary = igd;
        igd_int15_setup(panel, found);
        igd_printf("igd: boot display\n");
        igd_route_vga(igd, PCI_COMMAND_IO | PCI_COMMAND_MEMORY, PCI_BRIDGE_CTL_VGA);
        rom_next = igd_check_vga(igd, others, found);
    }
    if (wish && !others && !(primary && has_rom) && !refused)
        igd_find(found, has_rom ? IGD_NOTE_ROM_UNUSED : IGD_NOTE_NO_ROM, igd->bdf, 0);
    return rom_next;
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
igd_take_image(u8 *place, u32 bytes, const char *source, struct igd_findings *found)
{
    static const char igd_matches[][6] = { "id", "list", "class" };
    struct igd_rom rom;
    if (igd_rom_find(place, bytes, &igd_device, &rom, found))
        return 0;
    if (rom.offset)
        memmove(place, place + rom.offset, rom.bytes);
    igd_rom_mend(place, rom.bytes, found);
    igd_seen |= IGD_FACT_ROM;
    if (rom.match != IGD_ROM_BY_ID)
        igd_seen |= IGD_FACT_ROM_MATCH;
    igd_printf("igd: option ROM 0x%x bytes from %s, accepted by %s\n", rom.bytes, source
               , igd_matches[rom.match - 1]);
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

static int
igd_take_bar(u8 *place, u32 room, struct igd_findings *found)
{
    static const char igd_source[] = "ROM BAR";
    u16 bdf = igd_device.bdf;
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
        taken = igd_take_image(place, bytes, igd_source, found);
        if (taken || bytes == all)
            break;
        read = bytes;
        bytes = all;
        found->count = 0;
    }
    pci_config_writel(bdf, PCI_ROM_ADDRESS, (u32)rom);
    return taken;
}

// Called for the boot display: deploys its option ROM. use_bar: whether ROM BARs are to be used.
struct rom_header *
igd_load_rom(int use_bar)
{
    struct igd_findings found;
    found.count = 0;
    // Sources in order; what is refused does not hide the next one.
    u8 *place = (void*)rom_get_last();
    u32 room = rom_get_max() - (u32)place;
    int taken = igd_take_file(igd_rom_file(), place, room, &found);
    igd_log(&found);
    if (!taken && use_bar)
        taken = igd_take_bar(place, room, &found);
    igd_log(&found);
    if (!taken)
        taken = igd_take_file(igd_rom_among_all(), place, room, &found);
    igd_log(&found);
    igd_seen |= IGD_FACT_ROM_TRIED;
    igd_log_table();
    if (!taken)
        return NULL;
    return igd_rom = (void*)place;
}

// Whether an option ROM is the IGD's: it has been checked, and its checksum need not be once more.
int
igd_checked_rom(struct rom_header *rom)
{
    return rom == igd_rom;
}

// The address to hand to the VGA option ROM on S3 resume, 0 if it is not the IGD's.
u16
igd_resume_bdf(void)
{
    return igd_rom ? igd_device.bdf : 0;
}
