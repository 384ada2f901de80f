// SPDX-License-Identifier: LGPL-3.0-only
// What the unit tests share: checks that say what they expected, and files of an exact size.
// Copyright (C) 2026 The seabios-igd authors
//
// Numbers of registers and layouts are written out in the tests, not taken from igd_regs.h: a
// wrong one there must fail here.
#ifndef IGD_TEST_H
#define IGD_TEST_H

#include <stdarg.h> // va_list, for cmocka.h
#include <stddef.h> // size_t
#include <setjmp.h> // jmp_buf, for cmocka.h
#include <stdint.h> // uint8_t
#include <stdio.h> // snprintf
#include <stdlib.h> // malloc, getenv
#include <string.h> // memcpy
#include <cmocka.h> // assert_string_equal
#include "igd.h" // struct igd_findings

#define IGD_TEST_COUNT(table) (sizeof(table) / sizeof((table)[0]))

// Numbers below limit, at random, the same in each run: each test starts with seed 1.
static uint32_t igd_test_seed;

static inline uint32_t
igd_test_random(uint32_t limit)
{
    igd_test_seed = igd_test_seed * 1664525 + 1013904223;
    return (igd_test_seed >> 8) % limit;
}

// The row of a table that is being tested; failures print it. Each test starts with none.
static char igd_test_row[192];
#define igd_test_set_row(...) ((void)snprintf(igd_test_row, sizeof(igd_test_row), __VA_ARGS__))

static inline int
igd_test_setup(void **state)
{
    (void)state;
    igd_test_row[0] = 0;
    igd_test_seed = 1;
    return 0;
}
#define IGD_TEST(name) cmocka_unit_test_setup(name, igd_test_setup)

// Runs a program's tests, or of these the one that IGD_TEST names in the environment.
#define igd_test_run(name, tests) \
    (cmocka_set_test_filter(igd_test_chosen()), \
     cmocka_run_group_tests_name(name, tests, NULL, NULL))

static inline const char *
igd_test_chosen(void)
{
    const char *name = getenv("IGD_TEST");
    return name && *name ? name : NULL;
}

// Compares two integers; the printf arguments name what was compared.
#define igd_test_equal(expected, got, ...) \
    do { \
        long long igd_expected = (expected), igd_got = (got); \
        if (igd_expected != igd_got) { \
            print_error("%s", igd_test_row); \
            print_error(__VA_ARGS__); \
            print_error(": expected %lld (0x%llx), got %lld (0x%llx)\n", igd_expected, \
                        (unsigned long long)igd_expected, igd_got, \
                        (unsigned long long)igd_got); \
            _fail(__FILE__, __LINE__); \
        } \
    } while (0)

// Checks that the findings are just those listed, in any number and this order.
#define IGD_TEST_FINDING(name, a, b) { .code = (name), .value = (a), .limit = (b) }
#define igd_test_findings(found, ...) \
    igd_test_same_findings(found, (const struct igd_finding[]){ __VA_ARGS__ }, \
                           sizeof((const struct igd_finding[]){ __VA_ARGS__ }) \
                               / sizeof(struct igd_finding), \
                           __FILE__, __LINE__)
#define igd_test_no_findings(found) igd_test_same_findings(found, NULL, 0, __FILE__, __LINE__)

static inline void
igd_test_print_findings(const char *title, const struct igd_finding *item, unsigned count)
{
    unsigned i;
    print_error("%s %u findings:", title, count);
    for (i = 0; i < count; i++)
        print_error(" code %u (0x%llx, 0x%x)", item[i].code, (unsigned long long)item[i].value,
                    item[i].limit);
    print_error("\n");
}

static inline void
igd_test_same_findings(const struct igd_findings *found, const struct igd_finding *expected,
                       unsigned count, const char *file, int line)
{
    unsigned i, same = found->count == count;
    for (i = 0; same && i < count; i++)
        same = found->item[i].code == expected[i].code
            && found->item[i].value == expected[i].value
            && found->item[i].limit == expected[i].limit;
    if (same)
        return;
    print_error("%s", igd_test_row);
    igd_test_print_findings("expected", expected, count);
    igd_test_print_findings("got", found->item, found->count);
    _fail(file, line);
}

// What igd_test_print() was given: the text, what was printed for its conversions (a space between
// two), and how often it was called.
static char igd_test_text[1024], igd_test_numbers[256];
static unsigned igd_test_prints;

// SeaBIOS's printf knows no more than these conversions, of those that the library may use.
static inline int
igd_test_is_known(const char *conversion)
{
    const char *at = conversion + 1;
    if (*at == '0') // and a width of one digit
        return at[1] >= '1' && at[1] <= '9' && at[2] == 'x';
    return *at == 'u' || *at == 'x' || *at == 's' || !strncmp(at, "llx", 3);
}

// Copies a text without spaces that lead, end or follow each other.
static inline void
igd_test_trim(char *to, const char *from)
{
    char *start = to;
    for (; *from; from++)
        if (*from != ' ' || (to > start && to[-1] != ' '))
            *to++ = *from;
    while (to > start && to[-1] == ' ')
        to--;
    *to = 0;
}

// Prints into igd_test_text and igd_test_numbers.
static inline void __attribute__((__format__(__printf__, 1, 2)))
igd_test_print(const char *format, ...)
{
    size_t length = strlen(igd_test_text), room = sizeof(igd_test_text) - length;
    char conversions[128] = "", numbers[sizeof(igd_test_numbers)];
    const char *at;
    va_list args;
    for (at = format; (at = strchr(at, '%')); at++) {
        if (!igd_test_is_known(at))
            fail_msg("%sexpected a conversion that SeaBIOS knows, got \"%s\"", igd_test_row, at);
        strncat(conversions, at, strcspn(at, "uxs") + 1);
        strcat(conversions, " ");
    }
    va_start(args, format);
    assert_true((size_t)vsnprintf(igd_test_text + length, room, format, args) < room);
    va_end(args);
    va_start(args, format);
    vsnprintf(numbers, sizeof(numbers), conversions, args);
    va_end(args);
    igd_test_trim(igd_test_numbers, numbers);
    igd_test_prints++;
}

static inline void
igd_test_start_text(void)
{
    igd_test_text[0] = 0;
    igd_test_prints = 0;
}

// Compares what was printed since.
static inline void
igd_test_printed(const char *expected)
{
    if (strcmp(expected, igd_test_text))
        fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, expected, igd_test_text);
}

// Puts a little-endian number of so many bytes into a file under construction.
static inline void
igd_test_put_le(uint8_t *file, uint32_t room_bytes, uint32_t offset, unsigned bytes,
                uint64_t value)
{
    unsigned i;
    assert_true(offset + bytes <= room_bytes);
    for (i = 0; i < bytes; i++)
        file[offset + i] = value >> 8 * i;
}

// A copy that ends where the allocation ends, so that ASan sees one byte read too many. For no
// bytes at all the copy is the end of a byte: malloc(0) is not guarded in every libasan.
struct igd_test_file {
    uint8_t *bytes, *allocation;
};

static inline struct igd_test_file
igd_test_copy(const uint8_t *from, uint32_t bytes)
{
    struct igd_test_file file;
    file.allocation = malloc(bytes ? bytes : 1);
    assert_non_null(file.allocation);
    file.bytes = file.allocation + !bytes;
    if (bytes)
        memcpy(file.bytes, from, bytes);
    return file;
}

static inline void
igd_test_free(struct igd_test_file *file)
{
    free(file->allocation);
}

#endif // igd_test.h
