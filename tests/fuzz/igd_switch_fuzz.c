// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_switch_read(): the input is the switch's number, then the text.
// Copyright (C) 2026 The seabios-igd authors

#include <ctype.h> // isxdigit
#include "igd_fuzz.h" // igd_fuzz_equal

// What strtol() makes of a text of one or two digits.
static int
igd_fuzz_digits(const uint8_t *text, size_t bytes)
{
    char copy[3] = "";
    size_t i;
    if (bytes < 1 || bytes > 2)
        return -1;
    for (i = 0; i < bytes; i++)
        if (!isxdigit(text[i]))
            return -1;
    memcpy(copy, text, bytes);
    return strtol(copy, NULL, 16);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int igd_ranges[7][2] = { { 0, 1 }, { 0, 1 }, { 0, 255 }, { 0, 255 }, { 1, 16 },
                                          { 0, 3 }, { 0, 1 } };
    struct igd_findings found = { .count = 0 };
    if (size < 1)
        return -1;
    unsigned number = data[0] % 7;
    int value = igd_fuzz_digits(data + 1, size - 1);
    if (value < igd_ranges[number][0] || value > igd_ranges[number][1])
        value = -1;
    igd_fuzz_equal(value, igd_switch_read(number, data + 1, size - 1, &found),
                   "value of switch %u", number);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(value < 0, igd_fuzz_count(&found, IGD_WARN_SWITCH), "warnings");
    igd_fuzz_equal(-1, igd_switch_read(number, data + size, 0, &found), "value of an empty text");
    igd_fuzz_equal(-1, igd_switch_read(number, data + size, -1, &found),
                   "value of a text that is not there");
    igd_fuzz_equal((value < 0) + 1, found.count, "warnings of all three texts");
    return 0;
}
