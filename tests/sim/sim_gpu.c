// SPDX-License-Identifier: LGPL-3.0-only
// What registers in BAR0 do by themselves, as far as a VBIOS or driver needs it to light a monitor
// Copyright (C) 2026 The seabios-igd authors
//
// Registers and bits: Linux 6.1 drivers/gpu/drm/i915, i915_reg.h, gt/intel_gt_regs.h,
// gt/intel_engine_regs.h, by the names given here. "Observed" is what Intel's VBIOSes were seen to
// wait for. Gen6 to Gen9 are simulated as far as these need it, Gen9 as far as i915 does, too.
// Later generations have only what lets a driver find its outputs: power wells, forcewake, GMBUS.

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

// count registers, stride bytes apart, of these families.
static const struct sim_gpu_rule {
    enum sim_family families;
    uint32_t offset, count, stride;
    enum sim_gpu_kind kind;
    uint32_t a, b;
} sim_gpu_rules[] = {
    { SIM_ALL, 0x20B0, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },              // EIR
    { SIM_ALL, 0x42300, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },             // FPGA_DBG
    { SIM_FDI | SIM_HASWELL, 0x44008, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 }, // DEIIR
    { SIM_GEN8_ON, 0x44308, 4, 0x10, SIM_GPU_CLEARED_BY_ONES, 0, 0 },      // GEN8_GT_IIR
    { SIM_GEN8_ON, 0x44408, 4, 0x10, SIM_GPU_CLEARED_BY_ONES, 0, 0 },      // GEN8_DE_PIPE_IIR
    { SIM_GEN8_ON, 0x44448, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // GEN8_DE_PORT_IIR
    { SIM_GEN8_ON, 0x44468, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // GEN8_DE_MISC_IIR
    { SIM_GEN8_ON, 0x44478, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // GEN11_DE_HPD_IIR
    { SIM_GEN8_ON, 0x444E8, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // GEN8_PCU_IIR
    { SIM_GEN8_ON, 0x444F8, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // GEN11_GU_MISC_IIR
    { SIM_GEN8_ON, 0x60818, 4, 0x1000, SIM_GPU_CLEARED_BY_ONES, 0, 0 },    // TRANS_PSR_IIR
    { SIM_GEN8_ON, 0x64838, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },         // EDP_PSR_IIR
    { SIM_ALL, 0xC4008, 1, 0, SIM_GPU_CLEARED_BY_ONES, 0, 0 },             // SDEIIR
    { SIM_GEN8_ON, 0x4260, 5, 4, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },    // GEN8_RTCR to VTCR
    { SIM_ICE_LAKE, 0xCED8, 4, 4, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },   // GEN12_*_TLB_INV_CR
    { SIM_ALL, 0x941C, 1, 0, SIM_GPU_DONE_AT_ONCE, UINT32_MAX, 0 },        // GEN6_GDRST
    { SIM_ALL, 0x138124, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(31) | 0xFF, 0 }, // GEN6_PCODE_MAILBOX
    { SIM_GEN9_ON, 0xA188, 1, 0, SIM_GPU_MASKED, 0, 0 },                   // FORCEWAKE_GT_GEN9
    { SIM_GEN9_ON, 0xA270, 1, 0, SIM_GPU_MASKED, 0, 0 },                   // FORCEWAKE_MEDIA_GEN9
    { SIM_GEN9_ON, 0xA278, 1, 0, SIM_GPU_MASKED, 0, 0 },                   // FORCEWAKE_RENDER_GEN9
    { SIM_ICE_LAKE, 0xA540, 16, 4, SIM_GPU_MASKED, 0, 0 },                 // _MEDIA_*_GEN11
    { SIM_ICE_LAKE, 0x44FE8, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) }, // DBUF_CTL_S1
    { SIM_GEN9_ON, 0x45008, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) }, // DBUF_CTL_S0
    { SIM_GEN9_ON, 0x46010, 2, 4, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) }, // LCPLL1_CTL, 2
    { SIM_BROXTON | SIM_ICE_LAKE, 0x46070, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30),
      SIM_BIT(31) },                                                       // BXT_DE_PLL_ENABLE
    { SIM_ALL, 0x70008, 3, 0x1000, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) }, // PIPECONF
    { SIM_DDI, 0x7F008, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) }, // PIPECONF of EDP
    { SIM_DDI, 0x64000, 5, 0x100, SIM_GPU_IDLE, SIM_BIT(7), SIM_BIT(31) }, // DDI_BUF_CTL
    // GMBUS2: GMBUS_INUSE. It is never set by a read, as nobody else uses GMBUS.
    { SIM_ALL, 0xC5108, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(15), 0 },
    { SIM_VALLEYVIEW, 0x185108, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(15), 0 },
    // LCPLL_CTL: locked unless LCPLL_PLL_DISABLE.
    { SIM_HASWELL | SIM_BROADWELL, 0x130040, 1, 0, SIM_GPU_IDLE, SIM_BIT(30), SIM_BIT(31) },
    // TRANSCONF of the PCH.
    { SIM_FDI | SIM_HASWELL | SIM_BROADWELL, 0xF0008, 3, 0x1000, SIM_GPU_FOLLOWS, SIM_BIT(30),
      SIM_BIT(31) },
    // PCH_ADPA and VLV_ADPA: ADPA_CRT_HOTPLUG_FORCE_TRIGGER.
    { SIM_ALL, 0xE1100, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(16), 0 },
    { SIM_VALLEYVIEW, 0x1E1100, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(16), 0 },
    // SBI_CTL_STAT: SBI_BUSY.
    { SIM_ALL, 0xC6008, 1, 0, SIM_GPU_DONE_AT_ONCE, SIM_BIT(0), 0 },
    // PIPECONF of Valleyview's pipes; DPLL: DPLL_LOCK_VLV follows DPLL_VCO_ENABLE.
    { SIM_VALLEYVIEW, 0x1F0008, 2, 0x1000, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },
    { SIM_VALLEYVIEW, 0x1F4008, 1, 0, SIM_GPU_FOLLOWS, SIM_BIT(30), SIM_BIT(31) },
    { SIM_VALLEYVIEW, 0x186014, 2, 4, SIM_GPU_FOLLOWS, SIM_BIT(15), SIM_BIT(31) },
};

// Values of registers after a reset. Fuses of a GT2: one slice, on Gen9 of three subslices.
static const struct {
    enum sim_family families;
    uint32_t offset, value;
} sim_gpu_first[] = {
    { SIM_GEN8_ON, 0x9120, SIM_BIT(25) | SIM_BIT(23) },     // GEN8_FUSE2
    { SIM_ICE_LAKE, 0x9138, SIM_BIT(0) },                   // GEN11_GT_SLICE_ENABLE
    { SIM_GEN9_ON, 0xC000, SIM_BIT(0) },                    // GUC_STATUS: held in reset
    { SIM_GEN9_ON, 0x42000, SIM_BIT(31) | 0x3Fu << 22 },    // SKL_FUSE_STATUS: all done
    { SIM_DDI, 0x64000, SIM_BIT(7) },                       // DDI_BUF_CTL of the ports: idle
    { SIM_DDI, 0x64100, SIM_BIT(7) },
    { SIM_DDI, 0x64200, SIM_BIT(7) },
    { SIM_DDI, 0x64300, SIM_BIT(7) },
    { SIM_DDI, 0x64400, SIM_BIT(7) },
    { SIM_GEN8_ON, 0x145998, 7 << 16 | 7 << 8 | 22 },       // GEN6_RP_STATE_CAP, in 50 MHz
    { SIM_HASWELL | SIM_BROADWELL, 0x130040, SIM_BIT(30) }, // LCPLL_CTL: locked
    // CDCLK_CTL and LCPLL1_CTL, as a host's firmware leaves them (observed: with 0 VBIOSes halt).
    { SIM_SKYLAKE, 0x46000, 0x080002A1 },
    { SIM_SKYLAKE, 0x46010, 0xC0000000 },
    // CZCLK_CDCLK_FREQ_RATIO: of 2 * 1600 MHz a tenth and a sixteenth.
    { SIM_VALLEYVIEW, 0x186508, 9 << 4 | 15 },
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

// HSW_PWR_WELL_CTL1 to 4, ICL_PWR_WELL_CTL_AUX1 to 4 and _DDI1 to 4, one for each requester. Of
// each pair of bits the high one requests the well, and the low one says that the well is on.
static const uint32_t sim_gpu_power_wells[] = { 0x45400, 0x45440, 0x45450 };
#define SIM_GPU_ASKERS 4
#define SIM_GPU_ASKED 0xAAAAAAAAu

// DPLL_STATUS, and the registers whose bit 31 turns a DPLL on: LCPLL1_CTL, LCPLL2_CTL, WRPLL_CTL.
#define SIM_GPU_DPLL_STATUS 0x6C060
static const uint32_t sim_gpu_dpll[] = { 0x46010, 0x46014, 0x46040, 0x46060 };

// GEN6_PCODE_MAILBOX and GEN6_PCODE_DATA; requests with another answer than 0:
// GEN9_PCODE_READ_MEM_LATENCY in microseconds of four levels, SKL_PCODE_CDCLK_CONTROL and
// GEN9_PCODE_SAGV_CONTROL with 1, done.
#define SIM_GPU_PCODE_MAILBOX 0x138124
#define SIM_GPU_PCODE_DATA 0x138128
#define SIM_GPU_PCODE_MEM_LATENCY 0x06
#define SIM_GPU_PCODE_CDCLK 0x07
#define SIM_GPU_PCODE_SAGV 0x21

// Valleyview's sideband: VLV_IOSF_DOORBELL_REQ, _DATA and _ADDR. A request names a port and, by bit
// 0 of its opcode, whether the register is written. Of registers that were not written, one is
// known, CCK_FUSE_REG: the clock is 1600 MHz.
#define SIM_GPU_SIDEBAND 0x182100
#define SIM_GPU_SIDEBAND_DATA 0x182104
#define SIM_GPU_SIDEBAND_ADDR 0x182108
#define SIM_GPU_SIDEBAND_BUSY SIM_BIT(0)
#define SIM_GPU_SIDEBAND_WRITE SIM_BIT(16)
#define SIM_GPU_SIDEBAND_PORT 0xFF00u
#define SIM_GPU_SIDEBAND_REGISTERS 512
#define SIM_GPU_CCK_FUSE ((uint64_t)0x1400 << 32 | 0x8)
#define SIM_GPU_CCK_FUSE_1600_MHZ 1

// Interrupts: a group of registers is ISR, IMR, IIR, IER. GEN8_MASTER_IRQ has a bit for each group.
#define SIM_GPU_IMR 4
#define SIM_GPU_IIR 8
#define SIM_GPU_IER 12
#define SIM_GPU_MASTER_IRQ 0x44200
#define SIM_GPU_MASTER_ON SIM_BIT(31)
#define SIM_GPU_PIPE_ISR 0x44400
#define SIM_GPU_PIPE_VBLANK SIM_BIT(0)
#define SIM_GPU_SDEISR 0xC4000
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
    // What was written over the sideband, by port and address.
    unsigned sideband_count;
    struct {
        uint64_t key;
        uint32_t value;
    } sideband[SIM_GPU_SIDEBAND_REGISTERS];
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

// ---- registers that act by themselves

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
sim_gpu_sideband(uint32_t request)
{
    uint64_t key = (uint64_t)(request & SIM_GPU_SIDEBAND_PORT) << 32 |
                   sim_pci_register(SIM_GPU_SIDEBAND_ADDR);
    unsigned i = 0;
    while (i < sim_gpu.sideband_count && sim_gpu.sideband[i].key != key)
        i++;
    if (request & SIM_GPU_SIDEBAND_WRITE && i < SIM_GPU_SIDEBAND_REGISTERS) {
        sim_gpu.sideband[i].key = key;
        sim_gpu.sideband[i].value = sim_pci_register(SIM_GPU_SIDEBAND_DATA);
        if (i == sim_gpu.sideband_count)
            sim_gpu.sideband_count++;
    } else if (!(request & SIM_GPU_SIDEBAND_WRITE)) {
        uint32_t first = key == SIM_GPU_CCK_FUSE ? SIM_GPU_CCK_FUSE_1600_MHZ : 0;
        sim_pci_set_register(SIM_GPU_SIDEBAND_DATA,
                             i < sim_gpu.sideband_count ? sim_gpu.sideband[i].value : first);
    }
    sim_pci_set_register(SIM_GPU_SIDEBAND, request & ~SIM_GPU_SIDEBAND_BUSY);
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
        for (unsigned n = 0; n < rule->count && rule->families & sim_pci_family(); n++)
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
    else if (offset == SIM_GPU_SIDEBAND && sim_pci_family() & SIM_VALLEYVIEW)
        sim_gpu_sideband(value);
    else if (offset == SIM_GPU_PIPE_CONF && value & SIM_BIT(31))
        sim_gpu_start_ticking();
    else if (sim_monitor_wrote(offset) || sim_engine_wrote(offset, old))
        return;
    // A mask or an enable bit may let through what was pending.
    sim_gpu_raise();
}

void
sim_gpu_reads(uint32_t offset)
{
    uint64_t now_ns = sim_gpu_now_ns();
    sim_monitor_reads(offset);
    switch (offset) {
    case SIM_GPU_MASTER_IRQ:
        sim_pci_set_register(offset, (sim_pci_register(offset) & SIM_GPU_MASTER_ON) |
                                         sim_gpu_pending());
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
        if (sim_gpu_first[i].families & sim_pci_family())
            sim_pci_set_register(sim_gpu_first[i].offset, sim_gpu_first[i].value);
    sim_gpu.sideband_count = 0;
    sim_monitor_reset();
    sim_engine_reset();
}
