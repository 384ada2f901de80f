// SPDX-License-Identifier: LGPL-3.0-only
// Takes control back from a VBIOS that never returns, even if it has switched interrupts off.
// Copyright (C) 2026 The seabios-igd authors
//
// While the VBIOS runs, the ACPI PM timer raises its interrupt, the SCI, each time that its highest
// bit changes: every 2.3 seconds. The I/O APIC delivers the SCI as an NMI. When enough of them have
// come, the handler makes the VBIOS return: to where it was called, on the stack that it was called
// with. An NMI is dangerous while a processor switches modes, so there are as few as can be. The
// PIT, the other timer that every machine has, would tick 18 times a second.
//
// PM timer and SCI: ACPI Specification 4.8.3.1, PM1 event registers, TMR_STS and TMR_EN. I/O APIC:
// Intel 82093AA data sheet, 3.2.4, IOREDTBL. QEMU and KVM have both at these places.

#include "biosvar.h" // GET_IVT
#include "config.h" // BUILD_IOAPIC_ADDR
#include "igd_state.h" // igd
#include "stacks.h" // FUNC16
#include "util.h" // igd_watch
#include "x86.h" // outw

// For the 16-bit code below, in the F-segment.
u32 igd_watch_esp VARFSEG;   // the stack of the VBIOS's caller
u16 igd_watch_ss VARFSEG;
u32 igd_watch_code VARFSEG;  // the VBIOS's entry, segment in the high half; 0: it is not watched
u32 igd_watch_where VARFSEG; // where the VBIOS was cut off, segment in the high half; 0: it was not
u16 igd_watch_pm1 VARFSEG;   // port of the PM1 status register; the enable register follows
u8 igd_watch_ticks VARFSEG;  // NMIs that the VBIOS may still take

ASM16(
    // Called in place of the VBIOS, with its registers.
    "  .global igd_watch_call\n"
    "igd_watch_call:\n"
    "  movw %ss, %cs:igd_watch_ss\n"
    "  movl %esp, %cs:igd_watch_esp\n"
    "  lcallw *%cs:igd_watch_code\n"
    // No more NMIs: 32-bit code has no handler for them.
    "1:  pushfw\n"
    "  pushw %ax\n"
    "  pushw %dx\n"
    "  movw %cs:igd_watch_pm1, %dx\n"
    "  addw $2, %dx\n"
    "  xorw %ax, %ax\n"
    "  outw %ax, %dx\n"
    "  popw %dx\n"
    "  popw %ax\n"
    "  popfw\n"
    "  lretw\n"

    // The NMI handler. On the stack: ebp, edx, eax, then IP and CS of what it interrupted.
    "  .global igd_watch_nmi\n"
    "igd_watch_nmi:\n"
    "  pushl %eax\n"
    "  pushl %edx\n"
    "  pushl %ebp\n"
    "  movw %cs:igd_watch_pm1, %dx\n"
    "  movw $1, %ax\n" // TMR_STS is cleared by writing it
    "  outw %ax, %dx\n"
    "  decb %cs:igd_watch_ticks\n"
    "  jg 2f\n"
    "  movzwl %sp, %ebp\n"
    "  movl 12(%ebp), %eax\n"
    // SeaBIOS itself, which the VBIOS has called, is left alone: its stack must stay right.
    "  cmpw $" __stringify(SEG_BIOS) ", 14(%ebp)\n"
    "  je 2f\n"
    "  movl %eax, %cs:igd_watch_where\n"
    "  movw $3f, 12(%ebp)\n"
    "  movw %cs, 14(%ebp)\n"
    "2:  popl %ebp\n"
    "  popl %edx\n"
    "  popl %eax\n"
    "  iretw\n"

    // The handler returns here when the VBIOS's time is over.
    "3:  cli\n"
    "  cld\n"
    "  movw %cs:igd_watch_ss, %ss\n"
    "  movl %cs:igd_watch_esp, %esp\n"
    "  jmp 1b\n"
);

#define IGD_PM1_ENABLE 2 // port, from the status register on
#define IGD_PM1_TIMER  0x0001

// The SCI is IRQ 9, the I/O APIC's pin of that number.
#define IGD_IOAPIC_SCI   (0x10 + 2 * 9)
#define IGD_IOAPIC_NMI   0x00000400 // to the processor with APIC id 0, at an edge, not masked

// Vectors of INT that a VGA BIOS takes: video, and fonts and such.
static const u8 igd_vga_vectors[IGD_VGA_VECTORS] = { 0x10, 0x1f, 0x42, 0x43, 0x6d };

// Writes a register of the I/O APIC. Returns what it held.
static u32
igd_swap_ioapic(u8 reg, u32 value)
{
    void *select = (void*)BUILD_IOAPIC_ADDR, *window = select + 0x10;
    writel(select, reg);
    u32 held = readl(window);
    writel(window, value);
    return held;
}

// Called before an option ROM is called. The IGD's is then called by igd_watch_call(), with the
// time limit that the user has set.
void
igd_watch(struct rom_header *rom, struct segoff_s *code)
{
    struct igd_watch *watch = &igd.watch;
    int i;
    // Threads, if they run at this time, run 32-bit code, which has no NMI handler.
    if (rom != igd.rom || !watch->seconds || !acpi_pm_base || threads_during_optionroms())
        return;
    for (i = 0; i < IGD_VGA_VECTORS; i++)
        watch->vectors[i] = GET_IVT(igd_vga_vectors[i]);
    watch->nmi_vector = GET_IVT(2);
    igd_watch_where = 0;
    igd_watch_pm1 = acpi_pm_base;
    igd_watch_ticks = igd_pm_timer_ticks(watch->seconds);
    igd_watch_code = code->segoff;
    *code = FUNC16(igd_watch_call);
    SET_IVT(2, FUNC16(igd_watch_nmi));
    watch->pm1_enable = inw(acpi_pm_base + IGD_PM1_ENABLE);
    outw(IGD_PM1_TIMER, acpi_pm_base);
    outw(IGD_PM1_TIMER, acpi_pm_base + IGD_PM1_ENABLE);
    watch->ioapic[1] = igd_swap_ioapic(IGD_IOAPIC_SCI + 1, 0);
    watch->ioapic[0] = igd_swap_ioapic(IGD_IOAPIC_SCI, IGD_IOAPIC_NMI);
}

// Called when the IGD's option ROM has returned, or was cut off.
void
igd_unwatch(void)
{
    struct igd_watch *watch = &igd.watch;
    int i;
    igd_mend_gtt();
    if (!igd_watch_code)
        return;
    igd_watch_code = 0;
    igd_swap_ioapic(IGD_IOAPIC_SCI, watch->ioapic[0]);
    igd_swap_ioapic(IGD_IOAPIC_SCI + 1, watch->ioapic[1]);
    outw(IGD_PM1_TIMER, acpi_pm_base);
    outw(watch->pm1_enable, acpi_pm_base + IGD_PM1_ENABLE);
    SET_IVT(2, watch->nmi_vector);
    if (!igd_watch_where)
        return;
    // The VBIOS was cut off: its INT handlers must not run.
    for (i = 0; i < IGD_VGA_VECTORS; i++)
        SET_IVT(igd_vga_vectors[i], watch->vectors[i]);
    if (!in_post())
        igd_printf(IGD_SAYS_CUT_OFF, igd_watch_where >> 16, igd_watch_where & 0xffff);
}

// Whether the option ROM of a device was the IGD's and was cut off.
int
igd_gave_up(u16 bdf)
{
    return bdf == igd.device.bdf && igd_watch_where;
}

// Called in POST when the IGD's option ROM was cut off: logs this, and gives the legacy ranges to
// another VGA device if there is one. SeaBIOS forgets the option ROM.
void
igd_yield_display(void)
{
    struct igd_findings found = { .count = 0 };
    struct pci_device *other = igd_other_display();
    igd_find(&found, IGD_ERR_ROM_HANGS, igd_watch_where, igd.watch.seconds);
    igd_log(&found);
    igd.rom = NULL;
    igd.display.primary = 0;
    if (other) {
        igd_route_vga(igd.pci, 0);
        igd_route_vga(other, 1);
    }
}
