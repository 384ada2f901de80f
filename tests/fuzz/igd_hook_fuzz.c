// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_hook(): the input is the function, BX, CX and the panel word.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_panel_check.h" // igd_fuzz_hook

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 9)
        return -1;
    uint16_t bx = igd_fuzz_get(data + 1, 2), cx = igd_fuzz_get(data + 3, 2);
    uint32_t panel = igd_fuzz_get(data + 5, 4);
    uint32_t answer = igd_fuzz_hook(data[0], bx, cx, panel);
    // A field that is not known fails, and only such a one does.
    if (data[0] == 0x51 || data[0] == 0x52) {
        uint8_t field = data[0] == 0x51 ? panel >> 16 : panel >> 24;
        igd_fuzz_equal(field == 0xff ? 0x015f0000 | cx : 0x005f0000 | field, answer,
                       "answer to 5F%02Xh of panel %08x", data[0], panel);
    }
    // Nor is there an answer for a panel, a status or a multiplexer's function that there is not.
    if (data[0] == 0x40)
        igd_fuzz_equal((bx & 0xff) > 1 ? 0x015f : 0x005f, answer >> 16, "AX for panel %u", bx);
    if (data[0] == 0x14)
        igd_fuzz_equal(bx == 0x078f, answer != 0, "answer for status 0x%x", bx);
    if (data[0] == 0x70)
        igd_fuzz_equal(cx >> 8 <= 2, answer != 0, "answer for multiplexer 0x%x", cx);
    return 0;
}
