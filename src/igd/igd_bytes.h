// SPDX-License-Identifier: LGPL-3.0-only
// What the library's files share: one range check for bytes it does not trust, loads, texts.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_BYTES_H
#define IGD_BYTES_H

#include "igd_env.h" // uint32_t

// Every access to a file goes through here. Returns the address of [offset, offset + bytes), or
// NULL unless all of it is inside the file. Subtracts rather than adds: nothing can overflow.
static inline const uint8_t *
igd_file_at(const uint8_t *file, uint32_t file_bytes, uint32_t offset, uint32_t bytes)
{
    if (offset > file_bytes || bytes > file_bytes - offset)
        return NULL;
    return file + offset;
}

// Little-endian loads. The caller has checked the range. Inline: each is one instruction on x86.
static inline __attribute__((always_inline)) uint16_t
igd_get16(const uint8_t *at)
{
    return at[0] | at[1] << 8;
}

static inline __attribute__((always_inline)) uint32_t
igd_get32(const uint8_t *at)
{
    return igd_get16(at) | (uint32_t)igd_get16(at + 2) << 16;
}

static inline __attribute__((always_inline)) uint64_t
igd_get64(const uint8_t *at)
{
    return igd_get32(at) | (uint64_t)igd_get32(at + 4) << 32;
}

// Adds up bytes, modulo 256.
uint8_t igd_sum(const uint8_t *at, uint32_t bytes);

// For large arrays of bytes and words: compilers align them for speed, at up to 31 bytes each.
#define IGD_UNALIGNED __attribute__((__aligned__(2)))

// Returns text n of an array of texts that follow each other, each with its length before it.
const char *igd_nth_text(const char *texts, unsigned n);

// Returns which text of igd_family_names a family has.
struct igd_family;
unsigned igd_family_row(const struct igd_family *family);

#endif // igd_bytes.h
