// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_message.c and igd_messages.h: the list of findings, and the log's line for each.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// What is printed of a finding's numbers, a space between two. The words are igd_messages.h's: that
// file alone has them.
static const struct igd_test_line {
    uint8_t code;
    uint64_t value;
    uint32_t limit;
    const char *numbers;
} igd_test_lines[] = {
    { IGD_ERR_OPREGION_BYTES, 8191, 8192, "8191 8192" },
    { IGD_ERR_OPREGION_LIMIT, 1048577, 1048576, "1048577 1048576" },
    { IGD_ERR_OPREGION_SIGNATURE, 8192, 0, "8192" },
    { IGD_ERR_OPREGION_HEADER, 0x3000, 0x2fff, "12 11" },
    { IGD_ERR_OPREGION_ROOM, 0x100000, 0x3fff, "1024 15" },
    { IGD_ERR_ASLS, 0xffffffff, 0x7ffd0000, "ffffffff 7ffd0000" },
    { IGD_WARN_RVDA, 0xfedcba9876543210, 8192, "fedcba9876543210 8192" },
    { IGD_WARN_VBT_MISSING, 0, 0, "" },
    { IGD_WARN_VBT_SIZE, 8000, 7168, "8000 7168" },
    { IGD_WARN_VBT_CHECKSUM, 0x5, 0, "05" },
    { IGD_WARN_VBT_PADDED, 6000, 4281, "6000 4281" },
    { IGD_NOTE_NO_OPREGION, 0, 0, "" },
    { IGD_ERR_STOLEN_FILE, 4, 8, "4 8" },
    { IGD_ERR_STOLEN_LIMIT, 0x100000000, 0xfff00000, "4096 4095" },
    { IGD_ERR_STOLEN_ADDRESS, 0x011b, 0x0010, "01 03 3" },
    { IGD_ERR_STOLEN_ROOM, 0x08000000, 0x06f00000, "128 111" },
    { IGD_ERR_BDSM, 0x7b800001, 0x3c000000, "7b800001 3c000000" },
    { IGD_WARN_BDSM, 0x7b800001, 0x3c000000, "7b800001 3c000000" },
    { IGD_WARN_STOLEN_ROUNDED, 0x3f00001, 0x4000000, "3f00001 64" },
    { IGD_WARN_STOLEN_BASE, 0x7b800000, 0x3ffe0000, "7b800000 3ffe0000" },
    { IGD_WARN_STOLEN_BASE_VALUE, 0x47b800000, 0x1000000, "47b800000 1000000" },
    { IGD_WARN_STOLEN_BASE_FILE, 10, 8, "10 8" },
    { IGD_WARN_GMS, 64, 32, "64 32" },
    { IGD_NOTE_GMS, 60, 64, "60 64" },
    { IGD_WARN_GMS_ZERO, 64, 0, "64" },
    { IGD_NOTE_NO_STOLEN, 64, 0, "64" },
    { IGD_NOTE_STOLEN_ZERO, 32, 0, "32" },
    { IGD_NOTE_STOLEN_BASE, 0xffffffff, 0, "ffffffff" },
    { IGD_NOTE_BGSM, 0x7b000001, 0, "7b000001" },
    { IGD_NOTE_DBUF, 1, 0x40020000, "1 40020000" },
    { IGD_ERR_NO_DEVICE, 0, 0, "" },
    { IGD_WARN_SECOND_DEVICE, 0xfffe, 0, "ff 1f 6" },
    { IGD_WARN_DEVICE_ID, 0x42, 0, "0042" },
    { IGD_WARN_BAR_HIGH, 0x38, 0, "38" },
    { IGD_ERR_VGA, 0x15, 0, "decode GGC memory" },
    { IGD_WARN_SWITCH, 4, 0x10, "igd-5f40 10" },
    { IGD_ERR_ROM_SIGNATURE, 0x200, 65536, "200 65536" },
    { IGD_ERR_ROM_PCIR, 0x40, 512, "40 512" },
    { IGD_ERR_ROM_BYTES, 65536, 600, "65536 600" },
    { IGD_ERR_ROM_MATCH, 65536, 0x0162, "65536 0162" },
    { IGD_WARN_ROM_CHECKSUM, 0x6a, 0, "6a" },
    { IGD_WARN_ROM_FAMILY, 0x162, 0, "0162" },
    { IGD_ERR_ROM_CACHE, 0x3c000000, 0, "3c000000" },
    { IGD_ERR_ROM_NO_STOLEN, 0, 0, "" },
    { IGD_ERR_ROM_LPC, 0x2918, 0x3e92, "2918 3e92" },
    { IGD_WARN_ROM_PM_TIMER, 0, 0, "" },
    { IGD_ERR_ROM_HANGS, 0xc0001a2b, 30, "30 c000 1a2b" },
    { IGD_NOTE_NO_ROM, 0, 0, "" },
    { IGD_NOTE_ROM_UNUSED, 0x0018, 0x0380, "00 03 0 0380" },
};

static void
igd_test_message(uint8_t code, uint64_t value, uint32_t limit)
{
    const struct igd_finding finding = IGD_TEST_FINDING(code, value, limit);
    igd_test_start_text();
    igd_message(&finding, igd_test_print);
}

static void
numbers_are_printed_as_people_say_them(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_lines); i++) {
        const struct igd_test_line *row = &igd_test_lines[i];
        igd_test_set_row("code %u: ", row->code);
        igd_test_message(row->code, row->value, row->limit);
        if (strcmp(row->numbers, igd_test_numbers))
            fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, row->numbers,
                     igd_test_numbers);
        igd_test_equal(2, igd_test_prints, "calls of print");
    }
}

static void
a_line_starts_with_the_severity_of_its_codes_name(void **state)
{
    static const struct {
        uint8_t code;
        const char *name;
    } codes[] = {
#define IGD_MESSAGE(severity, code, ...) { code, #code },
#include "igd_messages.h" // IGD_MESSAGE
#undef IGD_MESSAGE
    };
    unsigned i;
    (void)state;
    igd_test_equal(IGD_CODES - 1, IGD_TEST_COUNT(codes), "codes");
    for (i = 0; i < IGD_TEST_COUNT(codes); i++) {
        const char *start = !strncmp(codes[i].name, "IGD_ERR_", 8)    ? "igd: error: "
                            : !strncmp(codes[i].name, "IGD_WARN_", 9) ? "igd: warning: "
                                                                      : "igd: note: ";
        igd_test_equal(i + 1, codes[i].code, "%s", codes[i].name);
        igd_test_message(codes[i].code, 0, 0);
        if (strncmp(igd_test_text, start, strlen(start)))
            fail_msg("%s: expected \"%s...\", got \"%s\"", codes[i].name, start, igd_test_text);
    }
}

// With the numbers that make it longest: the largest ones, and those that name a thing.
static void
a_line_is_one_cause_and_one_cure_and_no_longer_than_250_bytes(void **state)
{
    static const uint64_t values[] = { 0, 1, 4, 0xfffffff8, 0xffffffff, 0xffffffffffffffff };
    unsigned code, i;
    (void)state;
    for (code = 1; code < IGD_CODES; code++)
        for (i = 0; i < IGD_TEST_COUNT(values); i++) {
            const char *c, *cure;
            if (code == IGD_WARN_SWITCH && values[i] >= IGD_SWITCHES)
                continue;
            igd_test_set_row("code %u, value 0x%llx: ", code, (unsigned long long)values[i]);
            igd_test_message(code, values[i], 0xffffffff);
            cure = strstr(igd_test_text, "; ");
            if (!cure || strstr(cure + 1, "; "))
                fail_msg("%sexpected one \"; \", got \"%s\"", igd_test_row, igd_test_text);
            for (c = igd_test_text; *c >= ' ' && *c <= '~'; c++)
                ;
            igd_test_equal(0, strcmp(c, "\n"), "end of the printable part of \"%s\"",
                           igd_test_text);
            if (strlen(igd_test_text) > 250)
                fail_msg("%sexpected at most 250 bytes, got %zu: \"%s\"", igd_test_row,
                         strlen(igd_test_text), igd_test_text);
        }
}

// Sizes that are not whole, and those above what a conversion of 32 bits can print.
static void
mib_are_whole_ones_of_up_to_64_bits(void **state)
{
    static const struct {
        uint64_t bytes;
        const char *mib;
    } sizes[] = {
        { 0, " 0 MiB" },
        { 0xfffff, " 0 MiB" },
        { 0x100000, " 1 MiB" },
        { 0xfff00001, " 4095 MiB" },
        { 0x8000000000000, " 2147483648 MiB" },
        { 0xfffffffffffff, " 4294967295 MiB" },
        { 0x10000000000000, " 4294967295 MiB" },
        { 0x8000000000000000, " 4294967295 MiB" },
        { 0xffffffffffffffff, " 4294967295 MiB" },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        igd_test_message(IGD_ERR_STOLEN_LIMIT, sizes[i].bytes, 0xfff00000);
        if (!strstr(igd_test_text, sizes[i].mib))
            fail_msg("expected \"%s\", got \"%s\"", sizes[i].mib, igd_test_text);
    }
}

static void
a_bdf_is_printed_as_lspci_does(void **state)
{
    unsigned bdf;
    (void)state;
    for (bdf = 0; bdf < 0x10000; bdf++) {
        char expected[32];
        snprintf(expected, sizeof(expected), "at %02x:%02x.%x,", bdf / 256, bdf / 8 % 32, bdf % 8);
        igd_test_message(IGD_WARN_SECOND_DEVICE, bdf, 0);
        if (!strstr(igd_test_text, expected))
            fail_msg("expected \"%s\", got \"%s\"", expected, igd_test_text);
    }
}

static void
each_switch_is_called_by_its_files_name(void **state)
{
    static const char *const names[] = {
        "opt/org.seabios/igd-primary ", "opt/org.seabios/igd-any-lpc ",
        "opt/org.seabios/igd-seconds ", "opt/org.seabios/igd-5f35 ", "opt/org.seabios/igd-5f40 ",
        "opt/org.seabios/igd-5f51 ", "opt/org.seabios/igd-5f52 ",
    };
    unsigned i;
    (void)state;
    igd_test_equal(IGD_SWITCHES, IGD_TEST_COUNT(names), "switches");
    for (i = 0; i < IGD_TEST_COUNT(names); i++) {
        igd_test_message(IGD_WARN_SWITCH, i, 0);
        if (!strstr(igd_test_text, names[i]))
            fail_msg("expected \"%s\", got \"%s\"", names[i], igd_test_text);
    }
}

// enum igd_vga_dead is the caller's to set and the user's to read. Each set of its bits.
static void
the_vga_message_names_each_bit(void **state)
{
    static const char *const names[] = { " decode", " bridge", " GGC", " registers", " memory" };
    unsigned dead, i;
    (void)state;
    igd_test_equal(0x01, IGD_VGA_DECODE, "decode");
    igd_test_equal(0x02, IGD_VGA_BRIDGE, "bridge");
    igd_test_equal(0x04, IGD_VGA_GGC, "GGC");
    igd_test_equal(0x08, IGD_VGA_REGISTERS, "registers");
    igd_test_equal(0x10, IGD_VGA_MEMORY, "memory");
    for (dead = 0; dead < 0x100; dead++) {
        char expected[256] = ":";
        for (i = 0; i < IGD_TEST_COUNT(names); i++)
            if (dead >> i & 1)
                strcat(expected, names[i]);
        strcat(expected, "; ");
        igd_test_set_row("bits 0x%x: ", dead);
        igd_test_message(IGD_ERR_VGA, dead, 0);
        if (!strstr(igd_test_text, expected))
            fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, expected, igd_test_text);
    }
}

static void
a_code_that_is_none_prints_nothing(void **state)
{
    unsigned code;
    (void)state;
    for (code = 0; code < 0x100; code++) {
        igd_test_set_row("code %u: ", code);
        igd_test_message(code, 0, 0);
        igd_test_equal(code > 0 && code < IGD_CODES ? 2 : 0, igd_test_prints, "calls of print");
    }
}

static void
a_finding_is_kept_as_it_was_given(void **state)
{
    struct igd_findings found = { .count = 0 };
    (void)state;
    igd_test_equal(-1, igd_find(&found, 1, 0xfedcba9876543210, 0x89abcdef), "result");
    igd_test_equal(-IGD_WARN_RVDA, igd_find(&found, IGD_WARN_RVDA, 0, 0xffffffff), "result");
    igd_test_equal(-IGD_NOTE_STOLEN_ZERO,
                   igd_find(&found, IGD_NOTE_STOLEN_ZERO, 0xffffffffffffffff, 0), "result");
    igd_test_equal(-0xff, igd_find(&found, 0xff, 0xffffffff, 0), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(1, 0xfedcba9876543210, 0x89abcdef),
                      IGD_TEST_FINDING(IGD_WARN_RVDA, 0, 0xffffffff),
                      IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 0xffffffffffffffff, 0),
                      IGD_TEST_FINDING(0xff, 0xffffffff, 0));
}

// The list lies at the end of its allocation: ASan sees a finding too many.
static void
a_full_list_takes_no_more(void **state)
{
    struct igd_findings *found = malloc(sizeof(*found)), full;
    unsigned i;
    (void)state;
    assert_non_null(found);
    memset(found, 0, sizeof(*found));
    for (i = 0; i < 16; i++) {
        igd_test_equal(-IGD_ERR_BDSM, igd_find(found, IGD_ERR_BDSM, i, i + 100), "result");
        igd_test_equal(i + 1, found->count, "count");
    }
    full = *found;
    for (i = 0; i < 300; i++)
        igd_test_equal(-IGD_ERR_ASLS, igd_find(found, IGD_ERR_ASLS, 1, 2), "result when full");
    igd_test_same_findings(found, full.item, 16, __FILE__, __LINE__);
    for (i = 0; i < 16; i++) {
        igd_test_equal(i, found->item[i].value, "value of finding %u", i);
        igd_test_equal(i + 100, found->item[i].limit, "limit of finding %u", i);
    }
    free(found);
}

// The firmware empties the list after each phase. The first phase, stolen memory, is tested in
// igd_stolen_test.c. What can come together in the later ones:
static void
the_list_holds_all_that_one_phase_can_find(void **state)
{
    static const uint8_t most[][16] = {
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_RVDA, IGD_WARN_VBT_CHECKSUM,
          IGD_WARN_VBT_PADDED, IGD_ERR_ASLS },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_VBT_SIZE, IGD_WARN_VBT_SIZE,
          IGD_WARN_VBT_MISSING, IGD_ERR_ASLS },
        // The four switches of the panel are read for a boot display alone. A boot display has an
        // option ROM, or a right igd-primary.
        { IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_ROM_PM_TIMER,
          IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_ERR_VGA },
        { IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_NOTE_NO_ROM, IGD_WARN_SWITCH, IGD_WARN_SWITCH,
          IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_ERR_VGA },
        { IGD_WARN_ROM_FAMILY, IGD_WARN_ROM_CHECKSUM },
    };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(most); i++) {
        struct igd_findings found = { .count = 0 };
        for (j = 0; most[i][j]; j++)
            igd_find(&found, most[i][j], j, 0);
        igd_test_equal(j, found.count, "findings kept of list %u", i);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(numbers_are_printed_as_people_say_them),
        IGD_TEST(a_line_starts_with_the_severity_of_its_codes_name),
        IGD_TEST(a_line_is_one_cause_and_one_cure_and_no_longer_than_250_bytes),
        IGD_TEST(mib_are_whole_ones_of_up_to_64_bits),
        IGD_TEST(a_bdf_is_printed_as_lspci_does),
        IGD_TEST(each_switch_is_called_by_its_files_name),
        IGD_TEST(the_vga_message_names_each_bit),
        IGD_TEST(a_code_that_is_none_prints_nothing),
        IGD_TEST(a_finding_is_kept_as_it_was_given),
        IGD_TEST(a_full_list_takes_no_more),
        IGD_TEST(the_list_holds_all_that_one_phase_can_find),
    };
    return igd_test_run("igd_message", tests);
}
