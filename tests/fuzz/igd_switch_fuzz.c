// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_switch(): the input is the range's ends, then the text.
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
    if (size < 2)
        return -1;
    struct igd_range range = { 0x40, data[0], data[1] };
    int value = igd_fuzz_digits(data + 2, size - 2);
    if (value < range.least || value > range.most)
        value = -1;
    igd_fuzz_equal(value, igd_switch(data + 2, size - 2, &range), "value for %u to %u",
                   range.least, range.most);
    igd_fuzz_equal(-1, igd_switch(data + size, 0, &range), "value of an empty text");
    igd_fuzz_equal(-1, igd_switch(data + size, -1, &range), "value of a text that is not there");
    return 0;
}
