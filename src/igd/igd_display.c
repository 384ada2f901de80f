// SPDX-License-Identifier: LGPL-3.0-only
// Whether the IGD is the boot display, and what follows for other VGA devices.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_plan_display

// Whether the IGD's VBIOS, which is wanted, may run. If not, a finding says why.
static int
igd_vbios_may_run(const struct igd_display_snapshot *in, struct igd_findings *found)
{
    const struct igd_family *family = igd_family(in->device.device);
    if (in->no_vbios == IGD_VETO_UNKNOWN)
        igd_find(found, IGD_ERR_ROM_NO_STOLEN, 0, 0);
    if (in->no_vbios)
        return 0;
    if (family->lpc == IGD_LPC_HOST && !igd_is_hosts_lpc(&in->lpc) && !in->any_lpc) {
        igd_find(found, IGD_ERR_ROM_LPC, in->lpc.device, in->device.device);
        return 0;
    }
    if (family->gen == 9 && in->pm.vendor == 0xffff)
        igd_find(found, IGD_WARN_ROM_PM_TIMER, 0, 0);
    return 1;
}

void
igd_plan_display(const struct igd_display_snapshot *in, struct igd_display *plan,
                 struct igd_findings *found)
{
    // Unless the user says otherwise, the IGD is the boot display if a VBIOS can make it one.
    int wish = in->wish >= 0 ? in->wish : in->has_rom;
    int could = wish && in->device.bdf == IGD_BDF_PRIMARY
        && in->device.class_code == IGD_PCI_CLASS_VGA;
    int may = could && in->has_rom ? igd_vbios_may_run(in, found) : !in->no_vbios;
    plan->primary = could && may;
    plan->silence_others = plan->primary;
    plan->open_other = !plan->primary && in->others;
    plan->wants_vbios = wish;

    // No note is needed if another display shows what happens, if an error says why the VBIOS may
    // not run, or if the user wants no VBIOS.
    if (in->others || in->no_vbios == IGD_VETO_REFUSED || !in->wish || (could && in->has_rom))
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
