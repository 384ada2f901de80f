// SPDX-License-Identifier: LGPL-3.0-only
// The legacy VGA of the simulated device: registers and the four memory planes
// Copyright (C) 2026 The seabios-igd authors
//
// Register facts: Intel OpenSource HD Graphics PRM (Sandy Bridge), Volume 3 Part 1: VGA and
// Extended VGA Registers. Left out, because it changes nothing that is read back or rendered:
// timing, the palette's access lock, and the page select bit of odd/even addressing.

#include <string.h>

#include "igd_sim.h"

// Ports; the CRTC's and status 1 have a second address for monochrome, 0x20 below.
#define SIM_PORT_ATTR 0x3C0
#define SIM_PORT_ATTR_READ 0x3C1
#define SIM_PORT_STATUS0_MISC 0x3C2
#define SIM_PORT_ENABLE 0x3C3
#define SIM_PORT_SEQ_INDEX 0x3C4
#define SIM_PORT_SEQ_DATA 0x3C5
#define SIM_PORT_DAC_MASK 0x3C6
#define SIM_PORT_DAC_READ_INDEX 0x3C7
#define SIM_PORT_DAC_WRITE_INDEX 0x3C8
#define SIM_PORT_DAC_DATA 0x3C9
#define SIM_PORT_FEATURE_READ 0x3CA
#define SIM_PORT_MISC_READ 0x3CC
#define SIM_PORT_GFX_INDEX 0x3CE
#define SIM_PORT_GFX_DATA 0x3CF
#define SIM_PORT_CRTC_INDEX 0x3D4
#define SIM_PORT_CRTC_DATA 0x3D5
#define SIM_PORT_STATUS1_FEATURE 0x3DA

#define SIM_MISC_COLOUR 0x01
#define SIM_MISC_RAM_ENABLE 0x02

#define SIM_STATUS1_DISPLAY_OFF 0x01
#define SIM_STATUS1_VERTICAL_RETRACE 0x08

#define SIM_CR11_PROTECT 0x80

#define SIM_DAC_WRITING 0
#define SIM_DAC_READING 3

#define SIM_SR02_MAP_MASK 0x02
#define SIM_SR04_SEQUENTIAL 0x04

#define SIM_GR05_ODD_EVEN 0x10
#define SIM_GR05_READ_MODE 0x08

struct sim_vga sim_vga;
struct sim_vga_counts sim_vga_counts;

void
sim_vga_reset(void)
{
    sim_vga = (struct sim_vga){ .dac_mask = 0xFF };
}

bool
sim_vga_pristine(void)
{
    static const struct sim_vga zeros;
    return !memcmp(sim_vga.seq, zeros.seq, sizeof(zeros.seq)) &&
           !memcmp(sim_vga.gfx, zeros.gfx, sizeof(zeros.gfx)) && !sim_vga.misc &&
           !memcmp(sim_vga.plane, zeros.plane, sizeof(zeros.plane));
}

// ---- registers

// The colour address of a port, or 0 when the miscellaneous output register has moved it elsewhere.
static unsigned
sim_vga_port(unsigned port)
{
    bool colour = sim_vga.misc & SIM_MISC_COLOUR;
    if (port >= 0x3B0 && port < 0x3C0)
        return colour ? 0 : port + 0x20;
    if (port >= 0x3D0)
        return colour ? port : 0;
    return port;
}

static uint8_t
sim_vga_dac_read(void)
{
    uint8_t value = sim_vga.dac[sim_vga.dac_read_index][sim_vga.dac_component];
    if (++sim_vga.dac_component == 3) {
        sim_vga.dac_component = 0;
        sim_vga.dac_read_index++;
    }
    return value;
}

static void
sim_vga_dac_write(uint8_t value)
{
    sim_vga.dac[sim_vga.dac_write_index][sim_vga.dac_component] = value & 0x3F;
    if (++sim_vga.dac_component == 3) {
        sim_screen_dac_wrote(sim_vga.dac_write_index);
        sim_vga.dac_component = 0;
        sim_vga.dac_write_index++;
    }
}

static uint8_t
sim_vga_port_read(unsigned port)
{
    switch (sim_vga_port(port)) {
    case SIM_PORT_ATTR:
        return sim_vga.attr_index;
    case SIM_PORT_ATTR_READ:
        return sim_vga.attr[sim_vga.attr_index & 0x1F];
    case SIM_PORT_STATUS0_MISC:
        return 0;
    case SIM_PORT_ENABLE:
        return sim_vga.enable;
    case SIM_PORT_SEQ_INDEX:
        return sim_vga.seq_index;
    case SIM_PORT_SEQ_DATA:
        return sim_vga.seq[sim_vga.seq_index];
    case SIM_PORT_DAC_MASK:
        return sim_vga.dac_mask;
    case SIM_PORT_DAC_READ_INDEX:
        return sim_vga.dac_state;
    case SIM_PORT_DAC_WRITE_INDEX:
        return sim_vga.dac_write_index;
    case SIM_PORT_DAC_DATA:
        return sim_vga_dac_read();
    case SIM_PORT_FEATURE_READ:
        return sim_vga.feature;
    case SIM_PORT_MISC_READ:
        return sim_vga.misc;
    case SIM_PORT_GFX_INDEX:
        return sim_vga.gfx_index;
    case SIM_PORT_GFX_DATA:
        return sim_vga.gfx[sim_vga.gfx_index];
    case SIM_PORT_CRTC_INDEX:
        return sim_vga.crtc_index;
    case SIM_PORT_CRTC_DATA:
        return sim_vga.crtc[sim_vga.crtc_index];
    case SIM_PORT_STATUS1_FEATURE:
        sim_vga.attr_data_next = false;
        // There is no clock: each read toggles retrace, so that nobody waits for it long.
        sim_vga.status1 ^= SIM_STATUS1_DISPLAY_OFF | SIM_STATUS1_VERTICAL_RETRACE;
        return sim_vga.status1;
    default:
        return 0xFF;
    }
}

static void
sim_vga_crtc_write(uint8_t value)
{
    uint8_t index = sim_vga.crtc_index, mask = 0xFF;
    // The line compare bit in CR07 is exempt from the protection of CR00 to CR07.
    if (index < 8 && sim_vga.crtc[0x11] & SIM_CR11_PROTECT)
        mask = index == 7 ? 0x10 : 0;
    sim_vga.crtc[index] = (sim_vga.crtc[index] & ~mask) | (value & mask);
}

static void
sim_vga_port_write(unsigned port, uint8_t value)
{
    switch (sim_vga_port(port)) {
    case SIM_PORT_ATTR:
        if (sim_vga.attr_data_next)
            sim_vga.attr[sim_vga.attr_index & 0x1F] = value;
        else
            sim_vga.attr_index = value & 0x3F;
        sim_vga.attr_data_next = !sim_vga.attr_data_next;
        break;
    case SIM_PORT_STATUS0_MISC:
        sim_vga.misc = value;
        break;
    case SIM_PORT_ENABLE:
        sim_vga.enable = value;
        break;
    case SIM_PORT_SEQ_INDEX:
        sim_vga.seq_index = value;
        break;
    case SIM_PORT_SEQ_DATA:
        sim_vga.seq[sim_vga.seq_index] = value;
        break;
    case SIM_PORT_DAC_MASK:
        sim_vga.dac_mask = value;
        break;
    case SIM_PORT_DAC_READ_INDEX:
        sim_vga.dac_read_index = value;
        sim_vga.dac_state = SIM_DAC_READING;
        sim_vga.dac_component = 0;
        break;
    case SIM_PORT_DAC_WRITE_INDEX:
        sim_vga.dac_write_index = value;
        sim_vga.dac_state = SIM_DAC_WRITING;
        sim_vga.dac_component = 0;
        break;
    case SIM_PORT_DAC_DATA:
        sim_vga_dac_write(value);
        break;
    case SIM_PORT_GFX_INDEX:
        sim_vga.gfx_index = value;
        break;
    case SIM_PORT_GFX_DATA:
        sim_vga.gfx[sim_vga.gfx_index] = value;
        break;
    case SIM_PORT_CRTC_INDEX:
        sim_vga.crtc_index = value;
        break;
    case SIM_PORT_CRTC_DATA:
        sim_vga_crtc_write(value);
        break;
    case SIM_PORT_STATUS1_FEATURE:
        sim_vga.feature = value;
        break;
    }
}

// ---- memory

// Translate a CPU address into an offset inside the window that GR06 opens; false outside of it.
static bool
sim_vga_window(uint64_t addr, unsigned *offset)
{
    static const struct {
        uint32_t start_addr, end_addr;
    } windows[4] = {
        { 0xA0000, 0xC0000 },
        { 0xA0000, 0xB0000 },
        { 0xB0000, 0xB8000 },
        { 0xB8000, 0xC0000 },
    };
    unsigned select = sim_vga.gfx[6] >> 2 & 3;
    if (!(sim_vga.misc & SIM_MISC_RAM_ENABLE))
        return false;
    if (addr < windows[select].start_addr || addr >= windows[select].end_addr)
        return false;
    *offset = (addr - windows[select].start_addr) % SIM_VGA_PLANE_BYTES;
    return true;
}

static uint8_t
sim_vga_memory_read(uint64_t addr)
{
    unsigned offset, plane = sim_vga.gfx[4] & 3;
    if (!sim_vga_window(addr, &offset))
        return 0xFF;
    if (sim_vga.seq[4] & SIM_SR04_CHAIN4) {
        plane = offset & 3;
        offset &= ~3u;
    } else if (sim_vga.gfx[5] & SIM_GR05_ODD_EVEN) {
        plane = (plane & 2) | (offset & 1);
        offset &= ~1u;
    }

    for (unsigned i = 0; i < SIM_VGA_PLANES; i++)
        sim_vga.latch[i] = sim_vga.plane[i][offset];
    if (!(sim_vga.gfx[5] & SIM_GR05_READ_MODE))
        return sim_vga.latch[plane];

    // Read mode 1: a bit per pixel, set where all planes that matter (GR07) match the colour in
    // GR02.
    uint8_t match = 0xFF;
    for (unsigned i = 0; i < SIM_VGA_PLANES; i++) {
        uint8_t wanted = sim_vga.gfx[2] >> i & 1 ? 0xFF : 0;
        if (sim_vga.gfx[7] >> i & 1)
            match &= ~(sim_vga.latch[i] ^ wanted);
    }
    return match;
}

// What write modes 0, 2 and 3 do last: combine with the latch as GR03 says, then let only the
// masked bits through.
static uint8_t
sim_vga_blend(uint8_t value, uint8_t latch, uint8_t bit_mask)
{
    switch (sim_vga.gfx[3] >> 3 & 3) {
    case 1:
        value &= latch;
        break;
    case 2:
        value |= latch;
        break;
    case 3:
        value ^= latch;
        break;
    }
    return (value & bit_mask) | (latch & ~bit_mask);
}

static uint8_t
sim_vga_plane_value(unsigned plane, uint8_t value)
{
    uint8_t latch = sim_vga.latch[plane], bit_mask = sim_vga.gfx[8];
    uint8_t set_reset = sim_vga.gfx[0] >> plane & 1 ? 0xFF : 0;
    unsigned rotate = sim_vga.gfx[3] & 7;
    uint8_t rotated = value >> rotate | value << (8 - rotate);

    switch (sim_vga.gfx[5] & 3) {
    case 0:
        return sim_vga_blend(sim_vga.gfx[1] >> plane & 1 ? set_reset : rotated, latch, bit_mask);
    case 1:
        return latch;
    case 2:
        return sim_vga_blend(value >> plane & 1 ? 0xFF : 0, latch, bit_mask);
    default:
        return sim_vga_blend(set_reset, latch, bit_mask & rotated);
    }
}

static void
sim_vga_memory_write(uint64_t addr, uint8_t value)
{
    unsigned offset, planes = sim_vga.seq[SIM_SR02_MAP_MASK];
    if (!sim_vga_window(addr, &offset))
        return;
    if (sim_vga.seq[4] & SIM_SR04_CHAIN4) {
        planes &= 1u << (offset & 3);
        offset &= ~3u;
    } else if (!(sim_vga.seq[4] & SIM_SR04_SEQUENTIAL)) {
        planes &= offset & 1 ? 0xA : 0x5;
        offset &= ~1u;
    }
    for (unsigned i = 0; i < SIM_VGA_PLANES; i++)
        if (planes >> i & 1)
            sim_vga.plane[i][offset] = sim_vga_plane_value(i, value);
}

// ---- the VFIO region: memory at its physical address, ports at theirs

void
sim_vga_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    bool memory = offset >= 0xA0000;
    if (memory)
        sim_vga_counts.memory_reads++;
    else
        sim_vga_counts.register_reads++;
    for (size_t i = 0; i < size_bytes; i++)
        buf[i] = memory ? sim_vga_memory_read(offset + i) : sim_vga_port_read(offset + i);
}

void
sim_vga_write(uint64_t offset, const uint8_t *buf, size_t size_bytes)
{
    bool memory = offset >= 0xA0000;
    if (memory)
        sim_vga_counts.memory_writes++;
    else
        sim_vga_counts.register_writes++;
    for (size_t i = 0; i < size_bytes; i++) {
        if (memory && sim_config.vga_memory)
            sim_vga_memory_write(offset + i, buf[i]);
        else if (!memory)
            sim_vga_port_write(offset + i, buf[i]);
    }
}
