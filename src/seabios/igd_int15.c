// SPDX-License-Identifier: LGPL-3.0-only
// INT 15h AX=5FXXh for the VBIOS of the IGD. Compiled for 16 bits too: the VBIOS asks in real mode.
// Copyright (C) 2026 The seabios-igd authors

#include "biosvar.h" // GET_GLOBAL
#include "bregs.h" // set_success
#include "igd_state.h" // igd
#include "util.h" // igd_155f

// In the F-segment, where 16-bit code can read it.
struct igd_state igd VARFSEG;

// Returns 1 if the function was one of the IGD's, 0 to leave it to others.
int
igd_155f(struct bregs *regs)
{
    u32 panel = GET_GLOBAL(igd.panel);
    u32 answer = panel ? igd_hook(regs->al, regs->bx, regs->cx, panel) : 0;
    if (!answer)
        return 0;
    regs->ax = answer >> 16;
    regs->cx = answer;
    set_success(regs);
    return 1;
}
