// SPDX-License-Identifier: LGPL-3.0-only
// Legacy VGA ranges: who answers them, and whether the IGD does.
// Copyright (C) 2026 The seabios-igd authors

#include "hw/pci.h" // pci_config_maskw
#include "hw/pci_ids.h" // PCI_CLASS_DISPLAY_VGA
#include "hw/pcidevice.h" // foreachpci
#include "hw/pci_regs.h" // PCI_COMMAND
#include "igd_state.h" // igd_route_vga
#include "string.h" // memcpy
#include "x86.h" // outb

void
igd_route_vga(struct pci_device *pci, int on)
{
    u16 decode = PCI_COMMAND_IO | PCI_COMMAND_MEMORY;
    pci_config_maskw(pci->bdf, PCI_COMMAND, decode, on ? decode : 0);
    while ((pci = pci->parent))
        pci_config_maskw(pci->bdf, PCI_BRIDGE_CONTROL, PCI_BRIDGE_CTL_VGA
                         , on ? PCI_BRIDGE_CTL_VGA : 0);
}

// Whether a device is another VGA device than the IGD.
static int
igd_is_other_display(struct pci_device *pci)
{
    return pci != igd.pci && pci->class == PCI_CLASS_DISPLAY_VGA;
}

struct pci_device *
igd_other_display(void)
{
    struct pci_device *pci;
    foreachpci(pci)
        if (igd_is_other_display(pci))
            return pci;
    return NULL;
}

void
igd_silence_others(void)
{
    struct pci_device *pci;
    foreachpci(pci)
        if (igd_is_other_display(pci))
            igd_route_vga(pci, 0);
}

#define IGD_PORT_SEQUENCER  0x3c4
#define IGD_PORT_GRAPHICS   0x3ce
#define IGD_PORT_MISC_WRITE 0x3c2
#define IGD_PORT_MISC_READ  0x3cc
#define IGD_MISC_RAM        0x02

// A VGA register: its port, its index, and a value.
struct igd_vga_register {
    u16 port;
    u8 index, value;
};

// Plane 0 alone at A0000h, plain reads and writes (Intel PRM, VGA and Extended VGA Registers). The
// last value is neither all ones nor all zeros, which a port without a device may read.
static const struct igd_vga_register igd_plain_vga[] = {
    { IGD_PORT_SEQUENCER, 0x02, 0x01 }, { IGD_PORT_SEQUENCER, 0x04, 0x06 },
    { IGD_PORT_GRAPHICS, 0x01, 0x00 }, { IGD_PORT_GRAPHICS, 0x03, 0x00 },
    { IGD_PORT_GRAPHICS, 0x04, 0x00 }, { IGD_PORT_GRAPHICS, 0x05, 0x00 },
    { IGD_PORT_GRAPHICS, 0x08, 0xff }, { IGD_PORT_GRAPHICS, 0x06, 0x05 },
};

// Writes values to these registers, and leaves in values what the registers held.
static void
igd_swap_vga(struct igd_vga_register values[ARRAY_SIZE(igd_plain_vga)])
{
    int i;
    for (i = 0; i < ARRAY_SIZE(igd_plain_vga); i++) {
        outb(values[i].index, values[i].port);
        u8 held = inb(values[i].port + 1);
        outb(values[i].value, values[i].port + 1);
        values[i].value = held;
    }
}

// Tries a register and a byte of memory, and restores both. Returns IGD_VGA_* bits.
static u8
igd_try_vga_ranges(void)
{
    volatile u8 *memory = (void*)0xa0000;
    struct igd_vga_register values[ARRAY_SIZE(igd_plain_vga)];
    u8 dead = 0;
    memcpy(values, igd_plain_vga, sizeof(values));
    u8 misc = inb(IGD_PORT_MISC_READ);
    outb(misc | IGD_MISC_RAM, IGD_PORT_MISC_WRITE);
    igd_swap_vga(values);
    if (inb(IGD_PORT_GRAPHICS + 1) != igd_plain_vga[ARRAY_SIZE(igd_plain_vga) - 1].value) {
        // If no VGA answers, RAM of SMM may be at A0000h: leave it alone.
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

u8
igd_try_vga(struct pci_device *pci)
{
    u8 dead = igd_try_vga_ranges();
    u16 decode = PCI_COMMAND_IO | PCI_COMMAND_MEMORY;
    if ((pci_config_readw(pci->bdf, PCI_COMMAND) & decode) != decode)
        dead |= IGD_VGA_DECODE;
    if (pci_config_readw(pci->bdf, IGD_REG_GGC) & IGD_GGC_VGA_DISABLE)
        dead |= IGD_VGA_GGC;
    while ((pci = pci->parent))
        if (!(pci_config_readw(pci->bdf, PCI_BRIDGE_CONTROL) & PCI_BRIDGE_CTL_VGA))
            dead |= IGD_VGA_BRIDGE;
    return dead;
}
