// SPDX-License-Identifier: LGPL-3.0-only
// The outputs of the simulated device: what is found at them, and what their links answer
// Copyright (C) 2026 The seabios-igd authors
//
// With an EDID there is one monitor. At port A it is a panel with DisplayPort, eDP, and its EDID
// and DPCD are behind AUX; at the ports B to D it has HDMI, and its EDID is on GMBUS; L is an LVDS
// panel, its EDID on GMBUS, too. Nothing else is connected. Registers and bits: Linux 6.1
// drivers/gpu/drm/i915, i915_reg.h, display/intel_gmbus_regs.h, by the names given here.

#include <string.h>

#include "igd_sim.h"

// Valleyview has the display registers from here on: VLV_DISPLAY_BASE.
#define SIM_MONITOR_VALLEYVIEW 0x180000

// Fuses and straps that say which ports there are: bits that are always set. PCH_HDMIB to PCH_HDMID
// and PCH_DP_B to PCH_DP_D have SDVO_DETECTED or DP_DETECTED.
static const struct {
    enum sim_family families;
    uint32_t offset, bits;
} sim_monitor_ports[] = {
    { SIM_DDI, 0xC2014, SIM_BIT(2) | SIM_BIT(1) | SIM_BIT(0) },    // SFUSE_STRAP: ports B to D
    { SIM_FDI, 0xE1140, SIM_BIT(2) },         { SIM_FDI, 0xE1150, SIM_BIT(2) },
    { SIM_FDI, 0xE1160, SIM_BIT(2) },         { SIM_FDI, 0xE4100, SIM_BIT(2) },
    { SIM_FDI, 0xE4200, SIM_BIT(2) },         { SIM_FDI, 0xE4300, SIM_BIT(2) },
    { SIM_VALLEYVIEW, 0x1E1140, SIM_BIT(2) }, { SIM_VALLEYVIEW, 0x1E1160, SIM_BIT(2) },
    { SIM_VALLEYVIEW, 0x1E4100, SIM_BIT(2) }, { SIM_VALLEYVIEW, 0x1E4200, SIM_BIT(2) },
};

// Where the monitor at a port is seen.
static const struct {
    enum sim_family families;
    enum sim_port port;
    uint32_t offset, bits;
} sim_monitor_live[] = {
    // DP_A: DP_DETECTED. DDI_BUF_CTL of port A: DDI_INIT_DISPLAY_DETECTED.
    { SIM_FDI, SIM_PORT_A, 0x64000, SIM_BIT(2) },
    { SIM_DDI, SIM_PORT_A, 0x64000, SIM_BIT(0) },
    // SDEISR: SDE_PORTA_HOTPLUG_SPT, SDE_PORTB_HOTPLUG_CPT and the next.
    { SIM_GEN9_ON & ~SIM_BROXTON, SIM_PORT_A, 0xC4000, SIM_BIT(24) },
    { SIM_ALL & ~SIM_VALLEYVIEW & ~SIM_BROXTON, SIM_PORT_B, 0xC4000, SIM_BIT(21) },
    { SIM_ALL & ~SIM_VALLEYVIEW & ~SIM_BROXTON, SIM_PORT_C, 0xC4000, SIM_BIT(22) },
    { SIM_ALL & ~SIM_VALLEYVIEW & ~SIM_BROXTON, SIM_PORT_D, 0xC4000, SIM_BIT(23) },
    // GEN8_DE_PORT_ISR: BXT_DE_PORT_HP_DDIA and the next.
    { SIM_BROXTON, SIM_PORT_A, 0x44440, SIM_BIT(3) },
    { SIM_BROXTON, SIM_PORT_B, 0x44440, SIM_BIT(4) },
    { SIM_BROXTON, SIM_PORT_C, 0x44440, SIM_BIT(5) },
    // PORT_HOTPLUG_STAT: PORTB_HOTPLUG_LIVE_STATUS_VLV and the next.
    { SIM_VALLEYVIEW, SIM_PORT_B, 0x1E1114, SIM_BIT(29) },
    { SIM_VALLEYVIEW, SIM_PORT_C, 0x1E1114, SIM_BIT(28) },
    { SIM_VALLEYVIEW, SIM_PORT_D, 0x1E1114, SIM_BIT(27) },
    // PCH_LVDS: LVDS_DETECTED.
    { SIM_FDI, SIM_PORT_LVDS, 0xE1180, SIM_BIT(1) },
};

// GMBUS pins of the ports, 0 where there is none: gmbus_pins, gmbus_pins_cnp and gmbus_pins_bxt.
static const uint8_t sim_monitor_pins[SIM_PORTS] = { 0, 5, 4, 6, 3 };
static const uint8_t sim_monitor_pins_cannon_point[SIM_PORTS] = { 0, 1, 2, 4, 0 };
static const uint8_t sim_monitor_pins_broxton[SIM_PORTS] = { 0, 1, 2, 3, 0 };

// INTEL_PCH_CNP_DEVICE_ID_TYPE and INTEL_PCH_CNP_LP_DEVICE_ID_TYPE (soc/intel_pch.h).
#define SIM_MONITOR_PCH_MASK 0xFF80
#define SIM_MONITOR_PCH_CANNON_POINT 0xA300
#define SIM_MONITOR_PCH_CANNON_POINT_LP 0x9D80

// GMBUS0 to GMBUS3, in the PCH and in Valleyview.
#define SIM_MONITOR_GMBUS 0xC5100
#define SIM_MONITOR_GMBUS_VALLEYVIEW 0x185100
#define SIM_MONITOR_GMBUS_PIN 0x1F
#define SIM_MONITOR_GMBUS_CLEAR SIM_BIT(31)
#define SIM_MONITOR_GMBUS_INDEX SIM_BIT(26)
#define SIM_MONITOR_GMBUS_WAIT SIM_BIT(25)
#define SIM_MONITOR_GMBUS_READ SIM_BIT(0)
#define SIM_MONITOR_GMBUS_READY (SIM_BIT(14) | SIM_BIT(11))
#define SIM_MONITOR_GMBUS_NAK SIM_BIT(10)
// Source: VESA Enhanced Display Data Channel Standard, DDC2B.
#define SIM_MONITOR_EDID_ADDR 0x50

// DP_AUX_CH_CTL, behind which are five dwords of DP_AUX_CH_DATA, the first byte highest. A request
// without an answer ends in DP_AUX_CH_CTL_TIME_OUT_ERROR and _DONE.
#define SIM_MONITOR_AUX_BUSY SIM_BIT(31)
#define SIM_MONITOR_AUX_DONE SIM_BIT(30)
#define SIM_MONITOR_AUX_TIMEOUT SIM_BIT(28)
#define SIM_MONITOR_AUX_ERROR SIM_BIT(25)
#define SIM_MONITOR_AUX_SIZE_SHIFT 20
#define SIM_MONITOR_AUX_SIZE 0x1F
#define SIM_MONITOR_AUX_BYTES 20
static const struct {
    enum sim_family families;
    enum sim_port first;
    uint32_t offset, count;
} sim_monitor_aux[] = {
    { SIM_GEN9_ON, SIM_PORT_A, 0x64010, 6 },
    { SIM_ALL & ~SIM_GEN9_ON & ~SIM_VALLEYVIEW, SIM_PORT_A, 0x64010, 1 },
    { SIM_ALL & ~SIM_GEN9_ON & ~SIM_VALLEYVIEW, SIM_PORT_B, 0xE4110, 3 },
    { SIM_VALLEYVIEW, SIM_PORT_B, 0x1E4110, 3 },
};

// AUX messages: VESA DisplayPort Standard 1.1a, 2.4 (syntax), 2.5 (DPCD). A request has its
// command, an address of 20 bits and a length; without data it has no length.
#define SIM_MONITOR_AUX_COMMAND(byte) ((byte) >> 4)
#define SIM_MONITOR_AUX_NATIVE 0x8
#define SIM_MONITOR_AUX_READ 0x1
#define SIM_MONITOR_AUX_HEAD_BYTES 4
#define SIM_MONITOR_DPCD_BYTES 0x800
// The panel's first DPCD bytes: DPCD 1.1, 2.7 GHz, four lanes with enhanced framing; and its link
// status: training succeeded.
static const struct {
    uint16_t at;
    uint8_t value;
} sim_monitor_dpcd[] = {
    { 0x000, 0x11 }, { 0x001, 0x0A }, { 0x002, 0x84 }, { 0x003, 0x01 }, { 0x200, 0x01 },
    { 0x202, 0x77 }, { 0x203, 0x77 }, { 0x204, 0x81 }, { 0x205, 0x03 },
};

// FDI: FDI_RX_CTL, FDI_RX_IIR (FDI_RX_BIT_LOCK, FDI_RX_SYMBOL_LOCK), DP_TP_CTL and DP_TP_STATUS
// (AUTOTRAIN_DONE, IDLE_DONE) of the pipes or ports.
#define SIM_MONITOR_FDI_RX_CTL 0xF000C
#define SIM_MONITOR_FDI_RX_IIR 0xF0014
#define SIM_MONITOR_FDI_LOCKED (SIM_BIT(8) | SIM_BIT(9) | SIM_BIT(10))
#define SIM_MONITOR_DP_TP_CTL 0x64040
#define SIM_MONITOR_DP_TP_STATUS 0x64044
#define SIM_MONITOR_DP_TP_TRAINED (SIM_BIT(12) | SIM_BIT(25))
#define SIM_MONITOR_ON SIM_BIT(31)

// PP_STATUS, behind which is PP_CONTROL: PP_ON and PP_SEQUENCE_STATE_ON_IDLE follow PANEL_POWER_ON.
static const struct {
    enum sim_family families;
    uint32_t status;
} sim_monitor_power[] = {
    { SIM_ALL & ~SIM_VALLEYVIEW, 0xC7200 },
    { SIM_VALLEYVIEW, 0x1E1200 },
    { SIM_VALLEYVIEW, 0x1E1300 },
};
#define SIM_MONITOR_POWER_ON SIM_BIT(0)
#define SIM_MONITOR_POWERED (SIM_BIT(31) | 0x8)

static struct {
    uint8_t edid_index;
    uint8_t dpcd[SIM_MONITOR_DPCD_BYTES];
} sim_monitor;

static uint32_t
sim_monitor_gmbus_base(void)
{
    return sim_pci_family() & SIM_VALLEYVIEW ? SIM_MONITOR_GMBUS_VALLEYVIEW : SIM_MONITOR_GMBUS;
}

// The monitor's GMBUS pin. The PCH decides about the pins, and the LPC bridge's id tells the PCH.
static uint8_t
sim_monitor_pin(void)
{
    uint16_t pch = sim_config.lpc.device & SIM_MONITOR_PCH_MASK;
    const uint8_t *pins = sim_monitor_pins;
    if (sim_pci_family() == SIM_BROXTON)
        pins = sim_monitor_pins_broxton;
    else if (sim_pci_family() == SIM_ICE_LAKE || pch == SIM_MONITOR_PCH_CANNON_POINT ||
             pch == SIM_MONITOR_PCH_CANNON_POINT_LP)
        pins = sim_monitor_pins_cannon_point;
    return pins[sim_config.edid_port];
}

// The port with a panel behind its AUX channel; SIM_PORTS: none. Valleyview has its panel at port
// C.
static enum sim_port
sim_monitor_aux_port(void)
{
    if (sim_config.edid_port != SIM_PORT_A)
        return SIM_PORTS;
    return sim_pci_family() & SIM_VALLEYVIEW ? SIM_PORT_C : SIM_PORT_A;
}

static void
sim_monitor_gmbus(uint32_t command)
{
    uint32_t base = sim_monitor_gmbus_base();
    uint32_t pin = sim_pci_register(base) & SIM_MONITOR_GMBUS_PIN;
    bool there = sim_config.edid.data && pin && pin == sim_monitor_pin() &&
                 (command >> 1 & 0x7F) == SIM_MONITOR_EDID_ADDR;
    if (!(command & (SIM_MONITOR_GMBUS_WAIT | SIM_MONITOR_GMBUS_INDEX)) ||
        command & SIM_MONITOR_GMBUS_CLEAR) {
        // Stop, or an end of an error.
        sim_pci_set_register(base + 8, 0);
        return;
    }
    sim_pci_set_register(base + 8, there ? SIM_MONITOR_GMBUS_READY : SIM_MONITOR_GMBUS_NAK);
    if (command & SIM_MONITOR_GMBUS_INDEX)
        sim_monitor.edid_index = command >> 8;
    else if (!(command & SIM_MONITOR_GMBUS_READ))
        sim_monitor.edid_index = sim_pci_register(base + 12);
}

static uint8_t
sim_monitor_edid_next(void)
{
    uint8_t index = sim_monitor.edid_index++;
    return index < sim_config.edid.size_bytes ? sim_config.edid.data[index] : 0xFF;
}

// Answers a request that is in message, and returns the answer's size; its first byte says that it
// is an acknowledgement.
static unsigned
sim_monitor_aux_answer(uint8_t *message, unsigned size_bytes)
{
    uint8_t command = SIM_MONITOR_AUX_COMMAND(message[0]);
    uint32_t addr = (message[0] & 0xF) << 16 | message[1] << 8 | message[2];
    unsigned length = size_bytes < SIM_MONITOR_AUX_HEAD_BYTES ? 0 : (message[3] & 0xF) + 1u;
    uint8_t answer[SIM_MONITOR_AUX_BYTES] = { 0 };
    for (unsigned i = 0; i < length; i++) {
        const uint8_t *data = &message[SIM_MONITOR_AUX_HEAD_BYTES + i];
        uint8_t *native = command & SIM_MONITOR_AUX_NATIVE && addr + i < SIM_MONITOR_DPCD_BYTES
                              ? &sim_monitor.dpcd[addr + i]
                              : NULL;
        if (command & SIM_MONITOR_AUX_NATIVE && command & SIM_MONITOR_AUX_READ)
            answer[1 + i] = native ? *native : 0;
        else if (command & SIM_MONITOR_AUX_READ)
            answer[1 + i] = addr == SIM_MONITOR_EDID_ADDR ? sim_monitor_edid_next() : 0xFF;
        else if (native)
            *native = *data;
        else if (addr == SIM_MONITOR_EDID_ADDR)
            sim_monitor.edid_index = *data;
    }
    // The guest cannot write the link status.
    for (size_t i = 0; i < sizeof(sim_monitor_dpcd) / sizeof(*sim_monitor_dpcd); i++)
        sim_monitor.dpcd[sim_monitor_dpcd[i].at] = sim_monitor_dpcd[i].value;
    memcpy(message, answer, sizeof(answer));
    return command & SIM_MONITOR_AUX_READ ? 1 + length : 1;
}

// A write to an AUX channel's control register.
static void
sim_monitor_aux_control(uint32_t offset, enum sim_port port)
{
    uint32_t value = sim_pci_register(offset);
    uint8_t message[SIM_MONITOR_AUX_BYTES];
    uint32_t errors = SIM_MONITOR_AUX_DONE | SIM_MONITOR_AUX_TIMEOUT | SIM_MONITOR_AUX_ERROR;
    if (!(value & SIM_MONITOR_AUX_BUSY)) {
        // Ones clear.
        sim_pci_set_register(offset, value & ~errors);
        return;
    }
    value &= ~(SIM_MONITOR_AUX_BUSY | errors);
    if (!sim_config.edid.data || port != sim_monitor_aux_port()) {
        sim_pci_set_register(offset, value | SIM_MONITOR_AUX_DONE | SIM_MONITOR_AUX_TIMEOUT);
        return;
    }
    for (unsigned i = 0; i < sizeof(message); i++)
        message[i] = sim_pci_register(offset + 4 + i / 4 * 4) >> (24 - i % 4 * 8);
    unsigned size_bytes = sim_monitor_aux_answer(
        message, value >> SIM_MONITOR_AUX_SIZE_SHIFT & SIM_MONITOR_AUX_SIZE);
    for (unsigned i = 0; i < sizeof(message); i += 4)
        sim_pci_set_register(offset + 4 + i, (uint32_t)message[i] << 24 | message[i + 1] << 16 |
                                                 message[i + 2] << 8 | message[i + 3]);
    value &= ~(SIM_MONITOR_AUX_SIZE << SIM_MONITOR_AUX_SIZE_SHIFT);
    sim_pci_set_register(offset, value | SIM_MONITOR_AUX_DONE |
                                     size_bytes << SIM_MONITOR_AUX_SIZE_SHIFT);
}

bool
sim_monitor_wrote(uint32_t offset)
{
    uint32_t value = sim_pci_register(offset);
    if (offset == sim_monitor_gmbus_base() + 4) {
        sim_monitor_gmbus(value);
        return true;
    }
    for (size_t i = 0; i < sizeof(sim_monitor_power) / sizeof(*sim_monitor_power); i++)
        if (offset == sim_monitor_power[i].status + 4 &&
            sim_monitor_power[i].families & sim_pci_family())
            sim_pci_set_register(sim_monitor_power[i].status,
                                 value & SIM_MONITOR_POWER_ON ? SIM_MONITOR_POWERED : 0);
    for (size_t i = 0; i < sizeof(sim_monitor_aux) / sizeof(*sim_monitor_aux); i++)
        for (unsigned n = 0; n < sim_monitor_aux[i].count; n++)
            if (sim_monitor_aux[i].families & sim_pci_family() &&
                offset == sim_monitor_aux[i].offset + 0x100 * n) {
                sim_monitor_aux_control(offset, sim_monitor_aux[i].first + n);
                return true;
            }
    return false;
}

void
sim_monitor_reads(uint32_t offset)
{
    enum sim_family family = sim_pci_family();
    uint32_t value = sim_pci_register(offset);
    for (size_t i = 0; i < sizeof(sim_monitor_ports) / sizeof(*sim_monitor_ports); i++)
        if (offset == sim_monitor_ports[i].offset && sim_monitor_ports[i].families & family)
            value |= sim_monitor_ports[i].bits;
    for (size_t i = 0; i < sizeof(sim_monitor_live) / sizeof(*sim_monitor_live); i++)
        if (offset == sim_monitor_live[i].offset && sim_monitor_live[i].families & family)
            value = sim_config.edid.data && sim_monitor_live[i].port == sim_config.edid_port
                        ? value | sim_monitor_live[i].bits
                        : value & ~sim_monitor_live[i].bits;
    if (offset == sim_monitor_gmbus_base() + 12)
        for (unsigned i = 0; i < 4; i++)
            value = value >> 8 | (uint32_t)sim_monitor_edid_next() << 24;
    for (uint32_t pipe = 0; pipe < 3; pipe++)
        if (family & SIM_FDI && offset == SIM_MONITOR_FDI_RX_IIR + 0x1000 * pipe &&
            sim_pci_register(SIM_MONITOR_FDI_RX_CTL + 0x1000 * pipe) & SIM_MONITOR_ON)
            value |= SIM_MONITOR_FDI_LOCKED;
    for (uint32_t port = 0; port < 5; port++)
        if (family & SIM_DDI && offset == SIM_MONITOR_DP_TP_STATUS + 0x100 * port &&
            sim_pci_register(SIM_MONITOR_DP_TP_CTL + 0x100 * port) & SIM_MONITOR_ON)
            value |= SIM_MONITOR_DP_TP_TRAINED;
    // A read of anything else must not allocate its page.
    if (value != sim_pci_register(offset))
        sim_pci_set_register(offset, value);
}

void
sim_monitor_reset(void)
{
    memset(&sim_monitor, 0, sizeof(sim_monitor));
    for (size_t i = 0; i < sizeof(sim_monitor_dpcd) / sizeof(*sim_monitor_dpcd); i++)
        sim_monitor.dpcd[sim_monitor_dpcd[i].at] = sim_monitor_dpcd[i].value;
}
