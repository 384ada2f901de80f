// SPDX-License-Identifier: LGPL-3.0-only
// Whether the IGD is the boot display, and what follows for other VGA devices.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_plan_display

void
igd_plan_display(const struct igd_display_snapshot *in, struct igd_display *plan,
                 struct igd_findings *found)
{
    // Unless the user says otherwise, the IGD is the boot display if a VBIOS can make it one.
    int wish = in->wish >= 0 ? in->wish : in->has_rom && in->device.bdf == IGD_BDF_PRIMARY;
    plan->primary = wish && in->device.class_code == IGD_PCI_CLASS_VGA && !in->no_vbios;
    plan->silence_others = plan->primary;
    plan->open_other = !plan->primary && in->others;
    plan->wants_vbios = in->wish > 0 || (in->wish < 0 && in->has_rom);

    // Another display shows what happens, a refusal has its own line, and who wants no VBIOS needs
    // none.
    if (in->others || in->no_vbios || !in->wish || (plan->primary && in->has_rom))
        return;
    if (in->has_rom)
        igd_find(found, IGD_NOTE_ROM_UNUSED, in->device.bdf, in->device.class_code);
    else
        igd_find(found, IGD_NOTE_NO_ROM, 0, 0);
}

uint8_t
igd_judge_vga(uint8_t dead, unsigned others, struct igd_findings *found)
{
    if (dead) {
        igd_find(found, IGD_ERR_VGA, dead, 0);
        return IGD_NO;
    }
    return others ? IGD_NOT_TRIED : IGD_YES;
}
