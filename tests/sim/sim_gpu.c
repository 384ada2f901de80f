// SPDX-License-Identifier: LGPL-3.0-only
// What registers in BAR0 do of their own, as far as a driver needs it to light a monitor
// Copyright (C) 2026 The seabios-igd authors
//
// Registers and bits: Linux 6.1 drivers/gpu/drm/i915, i915_reg.h, gt/intel_gt_regs.h,
// gt/intel_engine_regs.h, display/intel_gmbus_regs.h, by the names given here. Gen9 is simulated.
// Of later generations there is what lets a driver find its outputs: power wells, forcewake, GMBUS.

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "igd_sim.h"

// ---- registers whose bits follow from what was written

enum sim_gpu_kind {
    // Ones that are written clear: IIR and the like.
    SIM_GPU_CLEARED_BY_ONES,
    // sim_masked().
    SIM_GPU_MASKED,
    // The bits of a are done at once, and read as 0.
    SIM_GPU_DONE_AT_ONCE,
    // The bit a is set while the bit b is; with SIM_GPU_IDLE while it is not.
    SIM_GPU_FOLLOWS,
    SIM_GPU_IDLE,
};

#define SIM_BIT(n) (1u << (n))

// count registers, stride bytes apart.
static const struct sim_gpu_rule {
    uint32_t offset, count, stride;
    enum sim_gpu_kind kind;
    uint32_t a, b;
} sim_gpu_rules[] = {
    { 0x20B0, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                       // EIR
    { 0x42300, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // FPGA_DBG
    { 0x44308, 4, 0x10, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                   // GEN8_GT_IIR
    { 0x44408, 4, 0x10, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                   // GEN8_DE_PIPE_IIR
    { 0x44448, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // GEN8_DE_PORT_IIR
    { 0x44468, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // GEN8_DE_MISC_IIR
    { 0x44478, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // GEN11_DE_HPD_IIR
    { 0x444E8, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // GEN8_PCU_IIR
    { 0x444F8, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // GEN11_GU_MISC_IIR
    { 0x60818, 4, 0x1000, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                 // TRANS_PSR_IIR
    { 0x64838, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // EDP_PSR_IIR
    { 0xC4008, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },                      // SDEIIR
    { 0x4260, 5, 4, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },                 // GEN8_RTCR to VTCR
    { 0xCED8, 4, 4, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },                 // GEN12_*_TLB_INV_CR
    { 0x941C, 1, 0, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },                 // GEN6_GDRST
    { 0x138124, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(31) | 0xFF, 0 },       // GEN6_PCODE_MAILBOX
    { 0xA188, 1, 0, SIM_GPU_MASKED, 0, 0 },                                // FORCEWAKE_GT_GEN9
    { 0xA270, 1, 0, SIM_GPU_MASKED, 0, 0 },                                // FORCEWAKE_MEDIA_GEN9
    { 0xA278, 1, 0, SIM_GPU_MASKED, 0, 0 },                                // FORCEWAKE_RENDER_GEN9
    { 0xA540, 16, 4, SIM_GPU_MASKED, 0, 0 },                               // _MEDIA_*_GEN11
    { 0x44FE8, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },          // DBUF_CTL_S1
    { 0x45008, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },          // DBUF_CTL_S0
    { 0x46010, 2, 4, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },          // LCPLL1_CTL, LCPLL2_CTL
    { 0x46070, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },          // BXT_DE_PLL_ENABLE
    { 0x70008, 3, 0x1000, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },     // PIPECONF
    { 0x64000, 5, 0x100, SIM_GPU_IDLE, SIM_BIT(7), SIM_BIT(31) },          // DDI_BUF_CTL
};

// Values that registers have after a reset. Fuses of a GT2: one slice, on Gen9 of three subslices.
static const struct {
    uint32_t offset, value;
} sim_gpu_first[] = {
    { 0x9120, SIM_BIT(25) | SIM_BIT(23) },             // GEN8_FUSE2
    { 0x9138, SIM_BIT(0) },                            // GEN11_GT_SLICE_ENABLE
    { 0xC000, SIM_BIT(0) },                            // GUC_STATUS: held in reset
    { 0x42000, SIM_BIT(31) | 0x3Fu << 22 },            // SKL_FUSE_STATUS: all done
    { 0x64000, SIM_BIT(7) },                           // DDI_BUF_CTL of the ports: idle
    { 0x64100, SIM_BIT(7) },
    { 0x64200, SIM_BIT(7) },
    { 0x64300, SIM_BIT(7) },
    { 0x64400, SIM_BIT(7) },
    { 0x145998, 7 << 16 | 7 << 8 | 22 },               // GEN6_RP_STATE_CAP, in 50 MHz
};

// Where forcewake is acknowledged. FORCEWAKE_*_GEN9, FORCEWAKE_MEDIA_*_GEN11.
static const struct {
    uint32_t request, count, ack;
} sim_gpu_forcewake[] = {
    { 0xA188, 1, 0x130044 },
    { 0xA270, 1, 0xD88 },
    { 0xA278, 1, 0xD84 },
    { 0xA540, 8, 0xD50 },
    { 0xA560, 4, 0xD70 },
};

// HSW_PWR_WELL_CTL1 to 4, ICL_PWR_WELL_CTL_AUX1 to 4 and _DDI1 to 4: who asks. Of each pair of bits
// the high one asks, and the low one says that the well is on.
static const uint32_t sim_gpu_power_wells[] = { 0x45400, 0x45440, 0x45450 };
#define SIM_GPU_ASKERS 4
#define SIM_GPU_ASKED 0xAAAAAAAAu

// DPLL_STATUS, and the registers whose bit 31 turns a DPLL on: LCPLL1_CTL, LCPLL2_CTL, WRPLL_CTL.
#define SIM_GPU_DPLL_STATUS 0x6C060
static const uint32_t sim_gpu_dpll[] = { 0x46010, 0x46014, 0x46040, 0x46060 };

// GEN6_PCODE_MAILBOX and GEN6_PCODE_DATA; requests that are answered by something but 0:
// GEN9_PCODE_READ_MEM_LATENCY in microseconds of four levels, SKL_PCODE_CDCLK_CONTROL and
// GEN9_PCODE_SAGV_CONTROL with 1, done.
#define SIM_GPU_PCODE_MAILBOX 0x138124
#define SIM_GPU_PCODE_DATA 0x138128
#define SIM_GPU_PCODE_MEM_LATENCY 0x06
#define SIM_GPU_PCODE_CDCLK 0x07
#define SIM_GPU_PCODE_SAGV 0x21

// GMBUS0 to GMBUS3; the pin of port B since Cannon Point.
#define SIM_GPU_GMBUS0 0xC5100
#define SIM_GPU_GMBUS1 0xC5104
#define SIM_GPU_GMBUS2 0xC5108
#define SIM_GPU_GMBUS3 0xC510C
#define SIM_GPU_GMBUS_PIN 0x1F
#define SIM_GPU_GMBUS_PORT_B 1
#define SIM_GPU_GMBUS_CLEAR SIM_BIT(31)
#define SIM_GPU_GMBUS_WAIT SIM_BIT(25)
#define SIM_GPU_GMBUS_INDEX SIM_BIT(26)
#define SIM_GPU_GMBUS_READ SIM_BIT(0)
#define SIM_GPU_GMBUS_READY (SIM_BIT(14) | SIM_BIT(11))
#define SIM_GPU_GMBUS_NAK SIM_BIT(10)
// Source: VESA Enhanced Display Data Channel Standard, DDC2B.
#define SIM_GPU_EDID_ADDR 0x50

// Interrupts: a group of registers is ISR, IMR, IIR, IER. GEN8_MASTER_IRQ has a bit for each group.
#define SIM_GPU_IMR 4
#define SIM_GPU_IIR 8
#define SIM_GPU_IER 12
#define SIM_GPU_MASTER_IRQ 0x44200
#define SIM_GPU_MASTER_ON SIM_BIT(31)
#define SIM_GPU_PIPE_ISR 0x44400
#define SIM_GPU_PIPE_VBLANK SIM_BIT(0)
#define SIM_GPU_SDEISR 0xC4000
#define SIM_GPU_SDE_PORT_B SIM_BIT(21)
static const struct {
    uint32_t isr, master;
} sim_gpu_interrupts[] = {
    { 0x44300, SIM_BIT(0) | SIM_BIT(1) },   // GEN8_GT_ISR(0): render and copy engine
    { 0x44310, SIM_BIT(2) },                // GEN8_GT_ISR(1): video engine
    { 0x44320, SIM_BIT(4) },                // GEN8_GT_ISR(2): power management
    { 0x44330, SIM_BIT(6) },                // GEN8_GT_ISR(3): video enhancement engine
    { SIM_GPU_PIPE_ISR, SIM_BIT(16) },
    { SIM_GPU_SDEISR, SIM_BIT(23) },
};

// Pipe A: PIPEDSL, PIPECONF, PIPE_FRMCNT_G4X, VTOTAL; PLANE_SURF and PLANE_SURFLIVE of its first
// plane.
#define SIM_GPU_PIPE_DSL 0x70000
#define SIM_GPU_PIPE_CONF 0x70008
#define SIM_GPU_PIPE_FRMCNT 0x70040
#define SIM_GPU_VTOTAL 0x6000C
#define SIM_GPU_PLANE_SURF 0x7019C
#define SIM_GPU_PLANE_SURFLIVE 0x701AC
#define SIM_GPU_FRAME_NS (1000000000ull / 60)

// RING_TIMESTAMP of the render engine, 12 MHz.
#define SIM_GPU_TIMESTAMP 0x2358
#define SIM_GPU_TIMESTAMP_NS 83

static struct {
    bool ticking;
    uint8_t edid_index;
} sim_gpu;

static uint64_t
sim_gpu_now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000ull + now.tv_nsec;
}

// ---- interrupts

// Bits of GEN8_MASTER_IRQ for which something is pending.
static uint32_t
sim_gpu_pending(void)
{
    uint32_t pending = 0;
    for (size_t i = 0; i < sizeof(sim_gpu_interrupts) / sizeof(*sim_gpu_interrupts); i++) {
        uint32_t isr = sim_gpu_interrupts[i].isr;
        if (sim_pci_register(isr + SIM_GPU_IIR) & sim_pci_register(isr + SIM_GPU_IER))
            pending |= sim_gpu_interrupts[i].master;
    }
    return pending;
}

static void
sim_gpu_raise(void)
{
    if (sim_pci_register(SIM_GPU_MASTER_IRQ) & SIM_GPU_MASTER_ON && sim_gpu_pending())
        sim_vfio_interrupt();
}

void
sim_gpu_event(uint32_t isr, uint32_t bits)
{
    uint32_t iir = sim_pci_register(isr + SIM_GPU_IIR);
    bits &= ~(sim_pci_register(isr + SIM_GPU_IMR) | iir);
    sim_pci_set_register(isr + SIM_GPU_IIR, iir | bits);
    if (bits)
        sim_gpu_raise();
}

// ---- time

static void *
sim_gpu_tick(void *unused)
{
    (void)unused;
    for (;;) {
        // To the next vblank.
        usleep((SIM_GPU_FRAME_NS - sim_gpu_now_ns() % SIM_GPU_FRAME_NS) / 1000 + 1);
        sim_lock();
        if (sim_pci_register(SIM_GPU_PIPE_CONF) & SIM_BIT(31))
            sim_gpu_event(SIM_GPU_PIPE_ISR, SIM_GPU_PIPE_VBLANK);
        sim_engine_tick();
        sim_unlock();
    }
    return NULL;
}

void
sim_gpu_start_ticking(void)
{
    pthread_t thread;
    if (!sim_gpu.ticking)
        sim_gpu.ticking = !pthread_create(&thread, NULL, sim_gpu_tick, NULL);
}

// A frame is counted from its vblank on, which is behind the last line that is shown.
static uint32_t
sim_gpu_scanline(uint64_t frame_ns)
{
    uint32_t total = sim_pci_register(SIM_GPU_VTOTAL);
    uint32_t lines = (total >> 16) + 1, shown = (total & 0xFFFF) + 1;
    return (shown + frame_ns * lines / SIM_GPU_FRAME_NS) % lines;
}

// ---- registers with a function of their own

static void
sim_gpu_power_well(uint32_t group)
{
    uint32_t asked = 0;
    for (unsigned i = 0; i < SIM_GPU_ASKERS; i++)
        asked |= sim_pci_register(group + 4 * i) & SIM_GPU_ASKED;
    for (unsigned i = 0; i < SIM_GPU_ASKERS; i++)
        sim_pci_set_register(group + 4 * i, (sim_pci_register(group + 4 * i) & SIM_GPU_ASKED) |
                                                asked >> 1);
}

static void
sim_gpu_pcode(uint32_t request)
{
    uint32_t answer = 0;
    if ((request & 0xFF) == SIM_GPU_PCODE_MEM_LATENCY)
        answer = sim_pci_register(SIM_GPU_PCODE_DATA) ? 0x14120F0D : 0x0B090502;
    else if ((request & 0xFF) == SIM_GPU_PCODE_CDCLK || (request & 0xFF) == SIM_GPU_PCODE_SAGV)
        answer = 1;
    sim_pci_set_register(SIM_GPU_PCODE_DATA, answer);
}

static void
sim_gpu_gmbus(uint32_t command)
{
    bool there = sim_config.edid.data &&
                 (sim_pci_register(SIM_GPU_GMBUS0) & SIM_GPU_GMBUS_PIN) == SIM_GPU_GMBUS_PORT_B &&
                 (command >> 1 & 0x7F) == SIM_GPU_EDID_ADDR;
    if (!(command & (SIM_GPU_GMBUS_WAIT | SIM_GPU_GMBUS_INDEX)) || command & SIM_GPU_GMBUS_CLEAR) {
        // Stop, or an end of an error.
        sim_pci_set_register(SIM_GPU_GMBUS2, 0);
        return;
    }
    sim_pci_set_register(SIM_GPU_GMBUS2, there ? SIM_GPU_GMBUS_READY : SIM_GPU_GMBUS_NAK);
    if (command & SIM_GPU_GMBUS_INDEX)
        sim_gpu.edid_index = command >> 8;
    else if (!(command & SIM_GPU_GMBUS_READ))
        sim_gpu.edid_index = sim_pci_register(SIM_GPU_GMBUS3);
}

// The next four bytes of the EDID.
static uint32_t
sim_gpu_edid_next(void)
{
    uint8_t bytes[4];
    for (unsigned i = 0; i < sizeof(bytes); i++, sim_gpu.edid_index++)
        bytes[i] = sim_gpu.edid_index < sim_config.edid.size_bytes
                       ? sim_config.edid.data[sim_gpu.edid_index]
                       : 0xFF;
    return sim_get_le(bytes, sizeof(bytes));
}

// ---- access

static void
sim_gpu_obey(const struct sim_gpu_rule *rule, uint32_t offset, uint32_t old)
{
    uint32_t value = sim_pci_register(offset);
    switch (rule->kind) {
    case SIM_GPU_CLEARED_BY_ONES:
        value = old & ~value;
        break;
    case SIM_GPU_MASKED:
        value = sim_masked(old, value);
        break;
    case SIM_GPU_DONE_AT_ONCE:
        value &= ~rule->a;
        break;
    case SIM_GPU_FOLLOWS:
        value = value & rule->b ? value | rule->a : value & ~rule->a;
        break;
    case SIM_GPU_IDLE:
        value = value & rule->b ? value & ~rule->a : value | rule->a;
        break;
    }
    sim_pci_set_register(offset, value);
}

void
sim_gpu_wrote(uint32_t offset, uint32_t old)
{
    uint32_t value = sim_pci_register(offset);
    for (size_t i = 0; i < sizeof(sim_gpu_rules) / sizeof(*sim_gpu_rules); i++) {
        const struct sim_gpu_rule *rule = &sim_gpu_rules[i];
        for (unsigned n = 0; n < rule->count; n++)
            if (offset == rule->offset + n * rule->stride)
                sim_gpu_obey(rule, offset, old);
    }
    for (size_t i = 0; i < sizeof(sim_gpu_forcewake) / sizeof(*sim_gpu_forcewake); i++) {
        uint32_t n = (offset - sim_gpu_forcewake[i].request) / 4;
        if (offset >= sim_gpu_forcewake[i].request && n < sim_gpu_forcewake[i].count)
            sim_pci_set_register(sim_gpu_forcewake[i].ack + 4 * n, sim_pci_register(offset));
    }
    for (size_t i = 0; i < sizeof(sim_gpu_power_wells) / sizeof(*sim_gpu_power_wells); i++)
        if (offset >= sim_gpu_power_wells[i] &&
            offset < sim_gpu_power_wells[i] + 4 * SIM_GPU_ASKERS)
            sim_gpu_power_well(sim_gpu_power_wells[i]);
    for (size_t i = 0; i < sizeof(sim_gpu_dpll) / sizeof(*sim_gpu_dpll); i++)
        if (offset == sim_gpu_dpll[i])
            sim_pci_set_register(SIM_GPU_DPLL_STATUS,
                                 (sim_pci_register(SIM_GPU_DPLL_STATUS) & ~SIM_BIT(8 * i)) |
                                     value >> 31 << (8 * i));
    if (offset == SIM_GPU_PCODE_MAILBOX)
        sim_gpu_pcode(value);
    else if (offset == SIM_GPU_GMBUS1)
        sim_gpu_gmbus(value);
    else if (offset == SIM_GPU_PIPE_CONF && value & SIM_BIT(31))
        sim_gpu_start_ticking();
    else if (sim_engine_wrote(offset, old))
        return;
    // A mask or an enable bit may let through what was pending.
    sim_gpu_raise();
}

void
sim_gpu_reads(uint32_t offset)
{
    uint64_t now_ns = sim_gpu_now_ns();
    switch (offset) {
    case SIM_GPU_MASTER_IRQ:
        sim_pci_set_register(offset, (sim_pci_register(offset) & SIM_GPU_MASTER_ON) |
                                         sim_gpu_pending());
        break;
    case SIM_GPU_SDEISR:
        sim_pci_set_register(offset, sim_config.edid.data ? SIM_GPU_SDE_PORT_B : 0);
        break;
    case SIM_GPU_GMBUS3:
        sim_pci_set_register(offset, sim_gpu_edid_next());
        break;
    case SIM_GPU_PIPE_DSL:
        if (sim_pci_register(SIM_GPU_PIPE_CONF) & SIM_BIT(31))
            sim_pci_set_register(offset, sim_gpu_scanline(now_ns % SIM_GPU_FRAME_NS));
        break;
    case SIM_GPU_PIPE_FRMCNT:
        sim_pci_set_register(offset, now_ns / SIM_GPU_FRAME_NS);
        break;
    case SIM_GPU_PLANE_SURFLIVE:
        sim_pci_set_register(offset, sim_pci_register(SIM_GPU_PLANE_SURF));
        break;
    case SIM_GPU_TIMESTAMP:
        sim_pci_set_register(offset, now_ns / SIM_GPU_TIMESTAMP_NS);
        break;
    }
}

void
sim_gpu_reset(void)
{
    for (size_t i = 0; i < sizeof(sim_gpu_first) / sizeof(*sim_gpu_first); i++)
        sim_pci_set_register(sim_gpu_first[i].offset, sim_gpu_first[i].value);
    sim_engine_reset();
}
