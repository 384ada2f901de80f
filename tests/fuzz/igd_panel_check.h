// SPDX-License-Identifier: LGPL-3.0-only
// What igd_panel() and igd_hook() promise for any VBT and any panel word, for two fuzz targets.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_PANEL_CHECK_H
#define IGD_PANEL_CHECK_H

#include "igd_fuzz.h" // igd_fuzz_equal

// Checks one answer of INT 15h AX=5FXXh: done, failed with CX as it was, or not supported. 5FACh is
// answered by AX as it was.
static inline uint32_t
igd_fuzz_hook(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel)
{
    uint32_t answer = igd_hook(function, bx, cx, panel);
    uint16_t ax = answer >> 16;
    if (ax == 0x015f)
        igd_fuzz_equal(cx, answer & 0xffff, "CX of 5F%02Xh, which failed", function);
    else if (function == 0xac)
        igd_fuzz_equal(0x5fac0000u | cx, answer, "answer to 5FACh");
    else if (answer)
        igd_fuzz_equal(0x005f, ax, "AX of 5F%02Xh", function);
    return answer;
}

// Checks the panel word of a VBT, and what the VBIOS is then told.
static inline void
igd_fuzz_panel(const uint8_t *vbt, uint32_t vbt_bytes)
{
    uint32_t panel = igd_panel(vbt, vbt_bytes), answer;
    uint8_t type = panel >> 8, lfp = panel >> 16, depth = panel >> 24;
    igd_fuzz_equal(panel, igd_panel(vbt, vbt_bytes), "panel word when asked again");
    igd_fuzz_between(1, 16, type, "panel type");
    if (lfp != 0xff)
        igd_fuzz_between(0, 3, lfp, "active flat panel");
    if (depth != 0xff)
        igd_fuzz_between(0, 1, depth, "colour depth");
    if (lfp == 0xff)
        igd_fuzz_equal(0, panel & 0xff, "boot display from a VBT without definitions");
    if (depth == 0xff)
        igd_fuzz_equal(3, type, "panel type from a VBT without options");

    answer = igd_fuzz_hook(0x35, 0, 0xa5a5, panel);
    igd_fuzz_equal(0x005f0000 | (panel & 0xff), answer, "answer to 5F35h");
    answer = igd_fuzz_hook(0x40, 0, 0xa5a5, panel);
    igd_fuzz_equal(0x005fa500 | type, answer, "answer to 5F40h");
    answer = igd_fuzz_hook(0x51, 0, 0xa5a5, panel);
    igd_fuzz_equal(lfp == 0xff ? 0x015fa5a5 : 0x005f0000 | lfp, answer, "answer to 5F51h");
    answer = igd_fuzz_hook(0x52, 0, 0xa5a5, panel);
    igd_fuzz_equal(depth == 0xff ? 0x015fa5a5 : 0x005f0000 | depth, answer, "answer to 5F52h");
}

#endif // igd_panel_check.h
