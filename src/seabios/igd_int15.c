// SPDX-License-Identifier: LGPL-3.0-only
// INT 15h AX=5FXXh for the VBIOS of the IGD. Compiled for 16 bits too: answers are asked for in
// real mode, by the VBIOS.
// Copyright (C) 2026 The seabios-igd authors

#include "biosvar.h" // GET_GLOBAL
#include "bregs.h" // set_success
#include "igd_glue.h" // igd_option
#include "util.h" // igd_155f

// What is answered from, see igd_hook(); 0 without an IGD that is the boot display.
u32 igd_panel_word VARFSEG;

// Returns 1 if the function was one of the IGD's, 0 to leave it to others.
int
igd_155f(struct bregs *regs)
{
    u32 panel = GET_GLOBAL(igd_panel_word);
    u32 answer = panel ? igd_hook(regs->al, regs->bx, regs->cx, panel) : 0;
    if (!answer)
        return 0;
    regs->ax = answer >> 16;
    regs->cx = answer;
    set_success(regs);
    return 1;
}

// Called once the IGD is the boot display, with what the VBT tells.
void
igd_int15_setup(u32 panel, struct igd_findings *found)
{
    int i;
    for (i = 0; i < IGD_PANEL_FIELDS; i++) {
        int value = igd_option(&igd_panel_ranges[i], found);
        if (value >= 0)
            ((u8*)&panel)[i] = value;
    }
    igd_panel_word = panel;
}
