// SPDX-License-Identifier: LGPL-3.0-only
// The sum that VBTs and option ROMs are checked by, and the search in lists of texts.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_bytes.h" // igd_sum

// The words are added up, and their even bytes alone: the odd ones are the difference. Both are
// two sums in the halves of a word, which 128 words do not fill.
#define IGD_SUM_BLOCK_BYTES 512
#define IGD_SUM_EVEN 0x00ff00ff

uint8_t
igd_sum(const uint8_t *at, uint32_t bytes)
{
    uint32_t sum = 0;
    while (bytes % 4)
        sum += at[--bytes];
    while (bytes) {
        uint32_t all = 0, even = 0;
        do {
            bytes -= 4;
            uint32_t word = igd_get32(at + bytes);
            all += word;
            even += word & IGD_SUM_EVEN;
        } while (bytes % IGD_SUM_BLOCK_BYTES);
        even += (all - even) >> 8;
        sum += even + (even >> 16);
    }
    return sum;
}

const char *
igd_nth_text(const char *texts, unsigned n)
{
    while (n--)
        texts += *texts + 1;
    return texts;
}
