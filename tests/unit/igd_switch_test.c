// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_switch.c: the names of a user's switches, and what their texts say.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

static const struct igd_test_switch {
    unsigned number;
    const char *name;
    int least, most;
} igd_test_switches[] = {
    { IGD_SWITCH_PRIMARY, "igd-primary", 0, 1 },
    { IGD_SWITCH_ANY_LPC, "igd-any-lpc", 0, 1 },
    { IGD_SWITCH_SECONDS, "igd-seconds", 0, 0xff },
    { IGD_SWITCH_PANEL + IGD_PANEL_BOOT_DISPLAY, "igd-5f35", 0, 0xff },
    { IGD_SWITCH_PANEL + IGD_PANEL_TYPE, "igd-5f40", 1, 16 },
    { IGD_SWITCH_PANEL + IGD_PANEL_LFP, "igd-5f51", 0, 3 },
    { IGD_SWITCH_PANEL + IGD_PANEL_DEPTH, "igd-5f52", 0, 1 },
};

// Reads a switch, and checks its value and its warning. value -1: it has none.
static void
igd_test_read(const struct igd_test_switch *row, const uint8_t *text, int bytes, int value)
{
    struct igd_findings found = { .count = 0 };
    igd_test_equal(value, igd_switch_read(row->number, text, bytes, &found), "%s of %d bytes",
                   row->name, bytes);
    if (value < 0 && bytes >= 0)
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_SWITCH, row->number, row->most));
    else
        igd_test_no_findings(&found);
}

static void
each_switch_has_its_name(void **state)
{
    unsigned i;
    (void)state;
    igd_test_equal(IGD_SWITCHES, IGD_TEST_COUNT(igd_test_switches), "switches");
    for (i = 0; i < IGD_TEST_COUNT(igd_test_switches); i++) {
        igd_test_equal(i, igd_test_switches[i].number, "number of %s", igd_test_switches[i].name);
        assert_string_equal(igd_test_switches[i].name, igd_switch_name(i));
        // The room that a caller has for a name, with its terminator.
        assert_in_range(strlen(igd_switch_name(i)) + 1, 1, IGD_SWITCH_NAME_BYTES);
    }
    igd_test_equal(12, IGD_SWITCH_NAME_BYTES, "bytes of the longest name");
}

// What strtoul() says of a text of hexadecimal digits alone, in the switch's range; else -1.
static int
igd_test_value(const char *text, const struct igd_test_switch *row)
{
    long value;
    if (!*text || strspn(text, "0123456789abcdefABCDEF") != strlen(text))
        return -1;
    value = strtol(text, NULL, 16);
    return value >= row->least && value <= row->most ? value : -1;
}

// Each text that there is. It is not terminated, and ASan on guard behind it.
static void
a_switch_is_one_or_two_hexadecimal_digits_in_its_range(void **state)
{
    struct igd_test_file one = igd_test_copy((const uint8_t *)"0", 1);
    struct igd_test_file two = igd_test_copy((const uint8_t *)"00", 2);
    unsigned first, second, i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_switches); i++) {
        const struct igd_test_switch *row = &igd_test_switches[i];
        for (first = 0; first < 0x100; first++) {
            char text[3] = { first, 0, 0 };
            igd_test_set_row("byte %02x: ", first);
            one.bytes[0] = two.bytes[0] = first;
            igd_test_read(row, one.bytes, 1, igd_test_value(text, row));
            for (second = 0; second < 0x100; second++) {
                two.bytes[1] = text[1] = second;
                igd_test_set_row("bytes %02x %02x: ", first, second);
                igd_test_read(row, two.bytes, 2, second ? igd_test_value(text, row) : -1);
            }
        }
    }
    igd_test_free(&one);
    igd_test_free(&two);
}

// Written out, should the C library and igd_switch_read() be wrong alike.
static void
a_switch_has_the_value_of_its_digits(void **state)
{
    static const struct {
        const char *text;
        int value;
    } texts[] = {
        { "0", 0 },     { "9", 9 },     { "a", 10 },    { "f", 15 },    { "A", 10 },
        { "F", 15 },    { "00", 0 },    { "01", 1 },    { "10", 16 },   { "1f", 31 },
        { "F1", 0xf1 }, { "ff", 0xff }, { "aF", 0xaf }, { "g", -1 },    { "@", -1 },
        { "G", -1 },    { "`", -1 },    { "/", -1 },    { ":", -1 },    { "-1", -1 },
        { "+1", -1 },   { " 1", -1 },   { "1 ", -1 },   { "1\n", -1 },  { "0x", -1 },
        { "x1", -1 },   { "1h", -1 },   { "", -1 },     { "001", -1 },  { "0xff", -1 },
        { "12\n", -1 }, { "1234", -1 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(texts); i++) {
        uint32_t bytes = strlen(texts[i].text);
        struct igd_test_file text = igd_test_copy((const uint8_t *)texts[i].text, bytes);
        igd_test_set_row("\"%s\": ", texts[i].text);
        igd_test_read(&igd_test_switches[2], text.bytes, bytes, texts[i].value);
        igd_test_free(&text);
    }
}

static void
a_switch_beyond_its_range_is_ignored(void **state)
{
    static const struct {
        unsigned number;
        const char *text;
        int value;
    } texts[] = {
        { 0, "0", 0 },  { 0, "1", 1 },   { 0, "2", -1 },   { 0, "ff", -1 }, { 1, "0", 0 },
        { 1, "1", 1 },  { 1, "2", -1 },  { 2, "0", 0 },    { 2, "1E", 30 }, { 2, "ff", 255 },
        { 3, "ff", 255 }, { 4, "0", -1 }, { 4, "1", 1 },   { 4, "10", 16 }, { 4, "11", -1 },
        { 5, "0", 0 },  { 5, "3", 3 },   { 5, "4", -1 },   { 6, "01", 1 },  { 6, "2", -1 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(texts); i++)
        igd_test_read(&igd_test_switches[texts[i].number], (const uint8_t *)texts[i].text,
                      strlen(texts[i].text), texts[i].value);
}

// Of a text that is too long SeaBIOS gives no byte, and a negative size.
static void
a_text_of_another_length_is_not_read(void **state)
{
    static const int lengths[] = { -1, 0, 3, 4, -2, 0x100, 0x101, 0x102, 0x10001, 0x10002,
                                   INT32_MAX, INT32_MIN, INT32_MIN + 1, INT32_MIN + 2 };
    struct igd_test_file text = igd_test_copy(NULL, 0);
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++)
        for (j = 0; j < IGD_TEST_COUNT(igd_test_switches); j++)
            igd_test_read(&igd_test_switches[j], text.bytes, lengths[i], -1);
    igd_test_free(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(each_switch_has_its_name),
        IGD_TEST(a_switch_is_one_or_two_hexadecimal_digits_in_its_range),
        IGD_TEST(a_switch_has_the_value_of_its_digits),
        IGD_TEST(a_switch_beyond_its_range_is_ignored),
        IGD_TEST(a_text_of_another_length_is_not_read),
    };
    return igd_test_run("igd_switch", tests);
}
