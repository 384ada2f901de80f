// SPDX-License-Identifier: LGPL-3.0-only
// What the fuzz targets share: checks that say what they expected, and aimed mutations.
// Copyright (C) 2026 The seabios-igd authors
//
// Each igd_x_fuzz.c hands libFuzzer's bytes to one parser and checks what its contract in igd.h
// promises for any bytes. libFuzzer's buffer ends where its allocation ends, and libFuzzer itself
// checks that it is not written to. Numbers of layouts are written out, as in tests/unit.
#ifndef IGD_FUZZ_H
#define IGD_FUZZ_H

#include <stdarg.h> // va_list
#include <stddef.h> // size_t
#include <stdint.h> // uint8_t
#include <stdio.h> // fprintf
#include <stdlib.h> // abort
#include <string.h> // memcpy
#include "igd.h" // struct igd_findings

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

// Compares two integers; what is a printf format for the arguments that follow it.
#define igd_fuzz_equal(expected, got, ...) \
    do { \
        long long igd_expected = (expected), igd_got = (got); \
        if (igd_expected != igd_got) { \
            fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
            fprintf(stderr, __VA_ARGS__); \
            fprintf(stderr, ": expected %lld (0x%llx), got %lld (0x%llx)\n", igd_expected, \
                    (unsigned long long)igd_expected, igd_got, (unsigned long long)igd_got); \
            abort(); \
        } \
    } while (0)
#define igd_fuzz_between(least, most, got, what) \
    do { \
        long long igd_least = (least), igd_most = (most), igd_value = (got); \
        if (igd_value < igd_least || igd_value > igd_most) { \
            fprintf(stderr, "%s:%d: %s: expected 0x%llx to 0x%llx, got 0x%llx\n", __FILE__, \
                    __LINE__, what, igd_least, igd_most, igd_value); \
            abort(); \
        } \
    } while (0)

// Compares bytes; names the first that differs.
static inline void
igd_fuzz_same(const uint8_t *expected, const uint8_t *got, size_t bytes, const char *what)
{
    size_t i;
    if (memcmp(expected, got, bytes))
        for (i = 0; i < bytes; i++)
            igd_fuzz_equal(expected[i], got[i], "byte 0x%zx of the %s", i, what);
}

// Little-endian integers of up to 8 bytes, not by the library's own loads.
static inline uint64_t
igd_fuzz_get(const uint8_t *at, unsigned bytes)
{
    uint64_t value = 0;
    while (bytes--)
        value = value << 8 | at[bytes];
    return value;
}

// A copy that ends where the allocation ends. The caller frees it; never NULL.
static inline uint8_t *
igd_fuzz_copy(const uint8_t *from, size_t bytes)
{
    uint8_t *copy = malloc(bytes);
    if (!copy)
        abort();
    memcpy(copy, from, bytes);
    return copy;
}

// How many of the findings have a code.
static inline unsigned
igd_fuzz_count(const struct igd_findings *found, uint8_t code)
{
    unsigned i, count = 0;
    for (i = 0; i < found->count; i++)
        count += found->item[i].code == code;
    return count;
}

// What igd_fuzz_print() was given: the text, and how often it was called.
static char igd_fuzz_text[1024];
static unsigned igd_fuzz_prints;

// Prints into igd_fuzz_text.
static inline void __attribute__((__format__(__printf__, 1, 2)))
igd_fuzz_print(const char *format, ...)
{
    size_t length = strlen(igd_fuzz_text), room = sizeof(igd_fuzz_text) - length;
    va_list args;
    va_start(args, format);
    igd_fuzz_between(0, room - 1, vsnprintf(igd_fuzz_text + length, room, format, args),
                     "length of a text");
    va_end(args);
    igd_fuzz_prints++;
}

static inline void
igd_fuzz_start_text(void)
{
    igd_fuzz_text[0] = 0;
    igd_fuzz_prints = 0;
}

// Checks one line of what was printed: printable, and of one piece. Returns the start of the next.
static inline const char *
igd_fuzz_line(const char *line)
{
    const char *at = line;
    igd_fuzz_equal(0, strncmp(line, "igd: ", 5), "start of \"%s\"", line);
    while (*at >= ' ' && *at <= '~')
        at++;
    igd_fuzz_equal('\n', *at, "end of the printable part of \"%s\"", line);
    return at + 1;
}

// Checks that the list is one, and that each finding has a line of its own.
static inline void
igd_fuzz_findings(const struct igd_findings *found)
{
    unsigned i;
    igd_fuzz_between(0, IGD_FINDINGS_MAX, found->count, "findings");
    for (i = 0; i < found->count; i++) {
        igd_fuzz_between(1, IGD_CODES - 1, found->item[i].code, "code of a finding");
        igd_fuzz_start_text();
        igd_message(&found->item[i], igd_fuzz_print);
        igd_fuzz_equal(2, igd_fuzz_prints, "prints of code %u", found->item[i].code);
        igd_fuzz_equal(0, *igd_fuzz_line(igd_fuzz_text), "end of \"%s\"", igd_fuzz_text);
        igd_fuzz_between(0, 250, strlen(igd_fuzz_text), "length of a line");
    }
}

// Checks that a call that refused has said so, and nothing else, with a code of a range.
static inline void
igd_fuzz_refused(int err, int first, int last, const struct igd_findings *found)
{
    igd_fuzz_between(first, last, -err, "error");
    igd_fuzz_equal(1, found->count, "findings of error %d", -err);
    igd_fuzz_equal(-err, found->item[0].code, "code of the finding");
}

// A field that decides what a parser does. twin: where the same value must be, 0: nowhere.
struct igd_fuzz_place {
    uint32_t offset, bytes, twin;
};

// A mutation for files whose few such fields lie far apart: every other time one of them gets a
// value at an edge, or the file is cut; else libFuzzer does as it likes.
static inline size_t
igd_fuzz_mutate(uint8_t *data, size_t size, size_t max_size, unsigned seed,
                const struct igd_fuzz_place *places, unsigned count)
{
    uint32_t random = seed * 2654435761u >> 4, near = random >> 16 & 7;
    const struct igd_fuzz_place *place = &places[(random >> 4) % count];
    uint64_t value;
    unsigned i;
    if (random & 1 || place->offset + place->bytes > size)
        return LLVMFuzzerMutate(data, size, max_size);
    if ((random & 0xe) == 0xe) // behind a field, so that what is read there ends with the file
        return place->offset + near && place->offset + near < size ? place->offset + near : size;
    switch (random >> 20 & 7) {
    case 0: value = near; break;
    case 1: value = size - near; break;
    case 2: value = size + near; break;
    case 3: value = 0 - (uint64_t)near; break;
    case 4: value = 1ull << (random >> 13 & 0x3f); break;
    case 5: value = igd_fuzz_get(data + place->offset, place->bytes) + near - 4; break;
    case 6: value = igd_fuzz_get(data + place->offset, place->bytes) ^ 1u << near; break;
    default:
        LLVMFuzzerMutate(data + place->offset, place->bytes, place->bytes);
        value = igd_fuzz_get(data + place->offset, place->bytes);
    }
    for (i = 0; i < place->bytes; i++) {
        data[place->offset + i] = value >> 8 * i;
        if (place->twin + i < size && place->twin)
            data[place->twin + i] = value >> 8 * i;
    }
    return size;
}

#define IGD_FUZZ_MUTATE(places) \
    size_t \
    LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed) \
    { \
        return igd_fuzz_mutate(data, size, max_size, seed, places, \
                               sizeof(places) / sizeof((places)[0])); \
    }

#endif // igd_fuzz.h
