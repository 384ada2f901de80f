// SPDX-License-Identifier: LGPL-3.0-only
// Keeps the IGD's BARs below 4 GiB, where 16 and 32-bit code reaches them, if they fit there.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_state.h" // igd
#include "util.h" // igd_bar_stays_low

// Whether the BARs of a device must stay below 4 GiB, although all other 64-bit BARs go above it.
int
igd_bar_stays_low(struct pci_device *pci)
{
    return pci == igd.pci && !igd.bars_high;
}

// Called when 64-bit BARs have gone above 4 GiB.
void
igd_bars_keep_low(void)
{
    igd.report.bars_low = igd.pci && !igd.bars_high;
}

// Called when the BARs do not fit below 4 GiB. Returns 1 if moving the IGD's could help.
int
igd_bars_go_high(void)
{
    if (igd.bars_high || !igd.pci)
        return 0;
    igd.bars_high = 1;
    return 1;
}
