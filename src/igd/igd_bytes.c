// SPDX-License-Identifier: LGPL-3.0-only
// The sum that VBTs and option ROMs are checked by.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_bytes.h" // igd_sum

// Two bytes at a time in two halves of a word: 128 words fill neither.
#define IGD_SUM_BLOCK_BYTES 512
#define IGD_SUM_HALVES 0x00ff00ff

uint8_t
igd_sum(const uint8_t *at, uint32_t bytes)
{
    uint32_t sum = 0;
    while (bytes >= IGD_SUM_BLOCK_BYTES) {
        const uint8_t *end = at + IGD_SUM_BLOCK_BYTES;
        uint32_t halves = 0;
        for (; at != end; at += 4) {
            uint32_t word = igd_get32(at);
            halves += word & IGD_SUM_HALVES;
            halves += word >> 8 & IGD_SUM_HALVES;
        }
        sum += halves + (halves >> 16);
        bytes -= IGD_SUM_BLOCK_BYTES;
    }
    while (bytes--)
        sum += *at++;
    return sum;
}
