// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_panel(): the input is a VBT.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_panel_check.h" // igd_fuzz_panel

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    igd_fuzz_panel(data, size);
    return 0;
}
