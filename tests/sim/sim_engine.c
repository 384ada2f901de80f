// SPDX-License-Identifier: LGPL-3.0-only
// The command streamers of Gen9 (of later ones, the reset): they run what a driver puts into rings
// Copyright (C) 2026 The seabios-igd authors
//
// They take contexts from the submit port, run the rings of these contexts, and report them in the
// context status buffer. They run the commands that order and signal: immediate stores, post-sync
// writes, register loads, semaphores, interrupts. They skip batches and all that would draw. A
// context runs at once, within the write to the submit port, up to a semaphore that does not let it
// pass; each tick tries again.
//
// Sources: Linux 6.1 drivers/gpu/drm/i915/gt, intel_engine_regs.h, intel_lrc_reg.h,
// intel_execlists_submission.c (GEN8_CTX_STATUS_*), intel_engine.h (I915_HWS_*),
// intel_gpu_commands.h.

#include <string.h>

#include "igd_sim.h"

// Registers, from the engine's base on.
#define SIM_RING_HEAD 0x34
#define SIM_RING_TAIL 0x30
#define SIM_RING_HWS_PGA 0x80
#define SIM_RING_MI_MODE 0x9C
#define SIM_RING_MI_MODE_IDLE 0x200
#define SIM_RING_IMR 0xA8
#define SIM_RING_RESET_CTL 0xD0
#define SIM_RING_RESET_REQUEST 1u
#define SIM_RING_RESET_READY 2u
#define SIM_RING_ELSP 0x230
#define SIM_RING_MODE 0x29C
#define SIM_RING_STATUS_PTR 0x3A0

// In the hardware status page, in dwords.
#define SIM_HWS_CSB 0x10
#define SIM_HWS_CSB_WRITE 0x1F
#define SIM_CSB_ENTRIES 6

#define SIM_CSB_IDLE_ACTIVE 0x01u
#define SIM_CSB_PREEMPTED 0x02u
#define SIM_CSB_ELEMENT_SWITCH 0x04u
#define SIM_CSB_ACTIVE_IDLE 0x08u
#define SIM_CSB_COMPLETE 0x10u
#define SIM_CSB_LITE_RESTORE 0x8000u

// In a context's image: its second page is the register state, in dwords.
#define SIM_CTX_HEAD 5
#define SIM_CTX_TAIL 7
#define SIM_CTX_START 9
#define SIM_CTX_CTL 11
#define SIM_RING_PAGES 0x1FF000u

// Interrupts of an engine, before its shift.
#define SIM_INT_USER 0x001u
#define SIM_INT_CONTEXT_SWITCH 0x100u

#define SIM_PORTS 2

static struct sim_engine {
    // The engine's interrupts: an ISR, and by how much the bits are shifted in it.
    uint32_t base, isr, shift;
    // What was written to the submit port so far.
    uint32_t elsp[2 * SIM_PORTS];
    unsigned elsp_count;
    // The contexts' descriptors, in the order in which they are run; 0: none.
    uint64_t port[SIM_PORTS];
    unsigned csb_write;
} sim_engines[] = {
    { .base = 0x02000, .isr = 0x44300, .shift = 0 },    // RCS0
    { .base = 0x22000, .isr = 0x44300, .shift = 16 },   // BCS0
    { .base = 0x12000, .isr = 0x44310, .shift = 0 },    // VCS0
    { .base = 0x1A000, .isr = 0x44330, .shift = 0 },    // VECS0
    { .base = 0x1C0000 },                               // from Gen11 on VCS0, VCS2, VECS0
    { .base = 0x1D0000 },
    { .base = 0x1C8000 },
};
#define SIM_ENGINES (sizeof(sim_engines) / sizeof(*sim_engines))

// ---- memory by graphics addresses

static bool
sim_engine_read(uint64_t graphics_addr, uint32_t *value)
{
    uint64_t addr;
    uint8_t bytes[4];
    if (!sim_pci_gtt(graphics_addr, &addr) || !sim_dma_read(addr, bytes, sizeof(bytes)))
        return false;
    *value = sim_get_le(bytes, sizeof(bytes));
    return true;
}

static void
sim_engine_write(uint64_t graphics_addr, uint32_t value)
{
    uint64_t addr;
    uint8_t bytes[4];
    sim_put_le(bytes, sizeof(bytes), value);
    if (sim_pci_gtt(graphics_addr, &addr))
        sim_dma_write(addr, bytes, sizeof(bytes));
}

// ---- events

static void
sim_engine_interrupt(const struct sim_engine *engine, uint32_t bits)
{
    bits <<= engine->shift;
    sim_gpu_event(engine->isr, bits & ~sim_pci_register(engine->base + SIM_RING_IMR));
}

static void
sim_engine_status(struct sim_engine *engine, uint64_t descriptor, uint32_t status)
{
    uint64_t page = sim_pci_register(engine->base + SIM_RING_HWS_PGA);
    engine->csb_write = (engine->csb_write + 1) % SIM_CSB_ENTRIES;
    sim_engine_write(page + 4 * (SIM_HWS_CSB + 2 * engine->csb_write) + 4, descriptor >> 32);
    sim_engine_write(page + 4 * (SIM_HWS_CSB + 2 * engine->csb_write), status);
    sim_engine_write(page + 4 * SIM_HWS_CSB_WRITE, engine->csb_write);
}

// ---- commands

// A command's type is in bits 31:29: MI, and those for drawing. An MI command's opcode is in bits
// 28:23; below 10h it has no length.
#define SIM_CMD_TYPE(command) ((command) >> 29)
#define SIM_CMD_MI 0
#define SIM_CMD_3D 3
#define SIM_CMD_OPCODE(command) ((command) >> 23 & 0x3F)
#define SIM_MI_USER_INTERRUPT 0x02
#define SIM_MI_SEMAPHORE_WAIT 0x1C
#define SIM_MI_STORE_DATA_IMM 0x20
#define SIM_MI_LOAD_REGISTER_IMM 0x22
#define SIM_MI_FLUSH_DW 0x26
#define SIM_POST_SYNC(flags) ((flags) >> 14 & 3)
#define SIM_POST_SYNC_WRITE 1
// PIPE_CONTROL without its length.
#define SIM_PIPE_CONTROL 0x7A000000u

static unsigned
sim_engine_command_dwords(uint32_t command)
{
    if (SIM_CMD_TYPE(command) == SIM_CMD_MI) {
        unsigned opcode = SIM_CMD_OPCODE(command);
        // The flags of MI_FLUSH_DW start at bit 7.
        return opcode < 0x10 ? 1 : (command & (opcode == SIM_MI_FLUSH_DW ? 0x3F : 0xFF)) + 2;
    }
    if (SIM_CMD_TYPE(command) == SIM_CMD_3D && (command >> 27 & 3) == 1)
        return 1;
    return (command & 0xFF) + 2;
}

// MI_SEMAPHORE_WAIT: which comparison lets it pass.
static bool
sim_engine_passes(uint32_t command, uint32_t there, uint32_t limit)
{
    switch (command >> 12 & 7) {
    case 0:
        return there > limit;
    case 1:
        return there >= limit;
    case 2:
        return there < limit;
    case 3:
        return there <= limit;
    case 4:
        return there == limit;
    default:
        return there != limit;
    }
}

// False: it waits.
static bool
sim_engine_run_command(const struct sim_engine *engine, const uint32_t *command, unsigned dwords)
{
    uint32_t value;
    if ((command[0] & 0xFFFFFF00u) == SIM_PIPE_CONTROL) {
        if (SIM_POST_SYNC(command[1]) == SIM_POST_SYNC_WRITE) {
            sim_engine_write(command[2] & ~3u, command[4]);
            sim_engine_write((command[2] & ~3u) + 4, command[5]);
        }
        return true;
    }
    if (SIM_CMD_TYPE(command[0]) != SIM_CMD_MI)
        return true;
    switch (SIM_CMD_OPCODE(command[0])) {
    case SIM_MI_USER_INTERRUPT:
        sim_engine_interrupt(engine, SIM_INT_USER);
        break;
    case SIM_MI_SEMAPHORE_WAIT:
        return !sim_engine_read(command[2] & ~3u, &value) ||
               sim_engine_passes(command[0], value, command[1]);
    case SIM_MI_STORE_DATA_IMM:
        sim_engine_write(command[1] & ~3u, command[3]);
        break;
    case SIM_MI_FLUSH_DW:
        if (SIM_POST_SYNC(command[0]) == SIM_POST_SYNC_WRITE)
            sim_engine_write(command[1] & ~7u, command[3]);
        break;
    case SIM_MI_LOAD_REGISTER_IMM:
        for (unsigned i = 1; i + 1 < dwords; i += 2)
            sim_pci_set_register(command[i] & 0x7FFFFC, command[i + 1]);
        break;
    }
    return true;
}

// The longest command that is in a ring, MI_LOAD_REGISTER_IMM, in dwords.
#define SIM_COMMAND_DWORDS 256

// Runs a context from its head to its tail; false: it waits.
static bool
sim_engine_run_context(struct sim_engine *engine, uint64_t descriptor)
{
    uint64_t image = (descriptor & 0xFFFFF000u) + SIM_PAGE_BYTES;
    uint32_t head = 0, tail = 0, start = 0, control = 0;
    if (!sim_engine_read(image + 4 * SIM_CTX_HEAD, &head) ||
        !sim_engine_read(image + 4 * SIM_CTX_TAIL, &tail) ||
        !sim_engine_read(image + 4 * SIM_CTX_START, &start) ||
        !sim_engine_read(image + 4 * SIM_CTX_CTL, &control))
        return true;
    uint32_t ring_bytes = (control & SIM_RING_PAGES) + SIM_PAGE_BYTES;
    bool passed = true;
    for (head %= ring_bytes, tail %= ring_bytes; head != tail && passed;) {
        uint32_t command[SIM_COMMAND_DWORDS + 1] = { 0 };
        if (!sim_engine_read(start + head, &command[0]))
            break;
        unsigned dwords = sim_engine_command_dwords(command[0]);
        for (unsigned i = 1; i < dwords; i++)
            sim_engine_read(start + (head + 4 * i) % ring_bytes, &command[i]);
        passed = sim_engine_run_command(engine, command, dwords);
        // The driver has not finished a command that reaches beyond the tail.
        uint32_t left_bytes = (tail - head + ring_bytes) % ring_bytes;
        if (passed)
            head = 4 * dwords < left_bytes ? (head + 4 * dwords) % ring_bytes : tail;
    }
    sim_engine_write(image + 4 * SIM_CTX_HEAD, head);
    sim_pci_set_register(engine->base + SIM_RING_HEAD, head);
    sim_pci_set_register(engine->base + SIM_RING_TAIL, tail);
    return passed;
}

static void
sim_engine_run(struct sim_engine *engine)
{
    while (engine->port[0] && sim_engine_run_context(engine, engine->port[0])) {
        uint64_t done = engine->port[0];
        engine->port[0] = engine->port[1];
        engine->port[1] = 0;
        sim_engine_status(engine, done,
                          SIM_CSB_COMPLETE |
                              (engine->port[0] ? SIM_CSB_ELEMENT_SWITCH : SIM_CSB_ACTIVE_IDLE));
        sim_engine_interrupt(engine, SIM_INT_CONTEXT_SWITCH);
    }
}

// ---- registers

static void
sim_engine_submit(struct sim_engine *engine, uint32_t value)
{
    engine->elsp[engine->elsp_count++] = value;
    if (engine->elsp_count < sizeof(engine->elsp) / sizeof(*engine->elsp))
        return;
    engine->elsp_count = 0;
    uint64_t running = engine->port[0];
    // The second context comes first, the high half of each before the low one.
    engine->port[0] = (uint64_t)engine->elsp[2] << 32 | engine->elsp[3];
    engine->port[1] = (uint64_t)engine->elsp[0] << 32 | engine->elsp[1];
    uint32_t status = SIM_CSB_IDLE_ACTIVE;
    if (running)
        status = SIM_CSB_PREEMPTED |
                 ((running ^ engine->port[0]) & 0xFFFFF000u ? 0 : SIM_CSB_LITE_RESTORE);
    sim_engine_status(engine, running ? running : engine->port[0], status);
    sim_engine_interrupt(engine, SIM_INT_CONTEXT_SWITCH);
    sim_gpu_start_ticking();
    for (size_t i = 0; i < SIM_ENGINES; i++)
        sim_engine_run(&sim_engines[i]);
}

bool
sim_engine_wrote(uint32_t offset, uint32_t old)
{
    for (size_t i = 0; i < SIM_ENGINES; i++) {
        struct sim_engine *engine = &sim_engines[i];
        uint32_t value = sim_pci_register(offset);
        uint32_t masked = sim_masked(old, value);
        switch (offset - engine->base) {
        case SIM_RING_ELSP:
            sim_engine_submit(engine, value);
            return true;
        case SIM_RING_MI_MODE:
            sim_pci_set_register(offset, masked | SIM_RING_MI_MODE_IDLE);
            return true;
        case SIM_RING_MODE:
            sim_pci_set_register(offset, masked);
            return true;
        case SIM_RING_RESET_CTL:
            sim_pci_set_register(offset, masked & SIM_RING_RESET_REQUEST
                                             ? masked | SIM_RING_RESET_READY
                                             : masked & ~SIM_RING_RESET_READY);
            return true;
        case SIM_RING_STATUS_PTR:
            engine->csb_write = value % 8;
            return true;
        }
    }
    return false;
}

void
sim_engine_tick(void)
{
    for (size_t i = 0; i < SIM_ENGINES; i++)
        sim_engine_run(&sim_engines[i]);
}

void
sim_engine_reset(void)
{
    for (size_t i = 0; i < SIM_ENGINES; i++) {
        struct sim_engine *engine = &sim_engines[i];
        memset(engine->port, 0, sizeof(engine->port));
        engine->elsp_count = 0;
        engine->csb_write = SIM_CSB_ENTRIES - 1;
        sim_pci_set_register(engine->base + SIM_RING_MI_MODE, SIM_RING_MI_MODE_IDLE);
    }
}
