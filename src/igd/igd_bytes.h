// SPDX-License-Identifier: LGPL-3.0-only
// What the library's files share: one range check for bytes it does not trust, loads, the sum.
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

// Little-endian loads. The caller has checked the range.
static inline uint16_t
igd_get16(const uint8_t *at)
{
    return at[0] | at[1] << 8;
}

static inline uint32_t
igd_get32(const uint8_t *at)
{
    return igd_get16(at) | (uint32_t)igd_get16(at + 2) << 16;
}

static inline uint64_t
igd_get64(const uint8_t *at)
{
    return igd_get32(at) | (uint64_t)igd_get32(at + 4) << 32;
}

// Adds up bytes, modulo 256, as VBTs and option ROMs are checked.
static inline uint8_t
igd_sum(const uint8_t *at, uint32_t bytes)
{
    uint8_t sum = 0;
    while (bytes--)
        sum += *at++;
    return sum;
}

#endif // igd_bytes.h
