// SPDX-License-Identifier: LGPL-3.0-only
// S3 resume: writes the registers of the IGD again, which have lost their values.
// Copyright (C) 2026 The seabios-igd authors

#include "hw/pci.h" // pci_config_writel
#include "hw/pci_regs.h" // PCI_COMMAND
#include "igd_state.h" // igd
#include "util.h" // igd_resume

// The guest's OS writes BARs and command register itself, but the VBIOS runs before it.
void
igd_resume(void)
{
    u16 bdf = igd.device.bdf;
    int i;
    if (!igd.device.vendor)
        return;
    if (igd.asls.reg)
        pci_config_writel(bdf, igd.asls.reg, igd.asls.value);
    for (i = 0; i < igd.stolen.writes; i++)
        pci_config_writel(bdf, igd.stolen.write[i].reg, igd.stolen.write[i].value);
    // The command register comes last, so that the device does not decode before its BARs are
    // right.
    for (i = IGD_HEADER_DWORDS - 1; i >= 0; i--)
        pci_config_writel(bdf, PCI_COMMAND + 4 * i, igd.header[i]);
    if (igd.rom)
        igd_tell_vbios();
}

// Returns the bus address to call the VGA option ROM with on S3 resume, 0 if the ROM is not the
// IGD's.
u16
igd_resume_bdf(void)
{
    return igd.rom ? igd.device.bdf : 0;
}
