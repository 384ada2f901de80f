// SPDX-License-Identifier: LGPL-3.0-only
// S3 resume: the device has lost what its registers held.
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
    // Downward, so that it decodes nothing before it knows where.
    for (i = IGD_HEADER_DWORDS - 1; i >= 0; i--)
        pci_config_writel(bdf, PCI_COMMAND + 4 * i, igd.header[i]);
}

// The address to hand to the VGA option ROM on S3 resume, 0 if it is not the IGD's.
u16
igd_resume_bdf(void)
{
    return igd.rom ? igd.device.bdf : 0;
}
