// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_message.c: the list of findings, and the line for each.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// The line of each code, behind "igd: error: " (or warning, or note) and before its newline. The
// table of tests/machine has the same words. numbers: how many of value and limit the line has.
#define IGD_TEST_CODE(code, numbers, text) { code, #code, numbers, text }
static const struct igd_test_code {
    uint8_t code;
    const char *id;
    unsigned numbers;
    const char *text;
} igd_test_codes[] = {
    IGD_TEST_CODE(IGD_ERR_OPREGION_BYTES, 2,
                  "OpRegion refused: file has 0x%llx bytes, needs 0x%x; check the host's OpRegion"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_LIMIT, 2,
                  "OpRegion refused: file has 0x%llx bytes, limit 0x%x; check the host's OpRegion"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_SIGNATURE, 1,
                  "OpRegion refused: no signature in 0x%llx bytes; check the host's OpRegion"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_HEADER, 2,
                  "OpRegion refused: header says 0x%llx bytes, file has 0x%x; "
                  "check the host's OpRegion"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_FILE, 2,
                  "stolen memory refused: size file has 0x%llx bytes, not 0x%x; "
                  "leave etc/igd-bdsm-size to QEMU"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_LIMIT, 2,
                  "stolen memory refused: 0x%llx bytes, limit 0x%x; "
                  "lower x-igd-gms, or more RAM below 4 GiB"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_ADDRESS, 2,
                  "stolen memory refused: IGD at bdf 0x%llx, not 0x%x; use addr=2.0"),
    IGD_TEST_CODE(IGD_ERR_ROM_SIGNATURE, 2,
                  "option ROM refused: no 55AA at 0x%llx of 0x%x bytes; romfile= gives another"),
    IGD_TEST_CODE(IGD_ERR_ROM_PCIR, 2,
                  "option ROM refused: no PCIR at 0x%llx of 0x%x bytes; romfile= gives another"),
    IGD_TEST_CODE(IGD_ERR_ROM_BYTES, 2,
                  "option ROM refused: image of 0x%llx bytes, room 0x%x; romfile= gives another"),
    IGD_TEST_CODE(IGD_ERR_ROM_MATCH, 2,
                  "option ROM refused: 0x%llx bytes, no x86 image for 0x%x; "
                  "romfile= gives another"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_ROOM, 2,
                  "no room for OpRegion of 0x%llx bytes, free 0x%x; raise -m"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_ROOM, 2,
                  "no room for stolen memory of 0x%llx bytes, free 0x%x; "
                  "lower x-igd-gms, or more RAM below 4 GiB"),
    IGD_TEST_CODE(IGD_ERR_ASLS, 2,
                  "ASLS reads 0x%llx, wrote 0x%x; x-igd-opregion=on does it"),
    IGD_TEST_CODE(IGD_ERR_BDSM, 2,
                  "BDSM reads 0x%llx, wrote 0x%x; needs QEMU 10.0+ to emulate it"),
    // The limit is 0, and not printed.
    IGD_TEST_CODE(IGD_ERR_VGA, 1,
                  "legacy VGA dead: 0x%llx (1 decode, 2 bridge, 4 GGC, 8 registers, 10 memory); "
                  "x-vga=on, and the IGD primary on the host"),
    IGD_TEST_CODE(IGD_ERR_NO_DEVICE, 0,
                  "etc/igd-* files, but no Intel display; assign one IGD with vfio-pci"),
    IGD_TEST_CODE(IGD_WARN_SECOND_DEVICE, 1,
                  "second Intel display at bdf 0x%llx left alone; "
                  "assign one IGD with vfio-pci"),
    IGD_TEST_CODE(IGD_WARN_DEVICE_ID, 1,
                  "unknown device id 0x%llx, took the newest BDSM; please report it"),
    IGD_TEST_CODE(IGD_WARN_RVDA, 2,
                  "RVDA 0x%llx not in the file's 0x%x bytes, cleared; host needs Linux 5.16+"),
    IGD_TEST_CODE(IGD_WARN_VBT_MISSING, 0,
                  "no VBT in the OpRegion; check the host's OpRegion"),
    IGD_TEST_CODE(IGD_WARN_VBT_SIZE, 2,
                  "VBT says 0x%llx bytes, room 0x%x; check the host's OpRegion"),
    // The limit is 0, what the sum should be.
    IGD_TEST_CODE(IGD_WARN_VBT_CHECKSUM, 2,
                  "VBT sum 0x%llx, not 0x%x; harmless"),
    IGD_TEST_CODE(IGD_WARN_VBT_PADDED, 2,
                  "VBT data 0x%llx bytes, header says 0x%x; harmless"),
    IGD_TEST_CODE(IGD_WARN_BAR_HIGH, 1,
                  "BARs at 0x%llx * 4 GiB, out of the VBIOS's reach; lower the host's aperture"),
    IGD_TEST_CODE(IGD_WARN_ROM_BDSM, 2,
                  "host's BDSM 0x%llx at 0x%x of the ROM cleared; harmless"),
    // The limit is 0, what the sum should be.
    IGD_TEST_CODE(IGD_WARN_ROM_CHECKSUM, 2,
                  "option ROM sum 0x%llx, not 0x%x, mended; harmless"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_ROUNDED, 2,
                  "stolen memory of 0x%llx bytes rounded up to 0x%x; harmless"),
    IGD_TEST_CODE(IGD_WARN_SWITCH, 2,
                  "switch for 0x%llx (0x0: igd-primary) ignored; hexadecimal, most 0x%x"),
    IGD_TEST_CODE(IGD_NOTE_NO_OPREGION, 0,
                  "no etc/igd-opregion, ASLS left alone; x-igd-opregion=on does it"),
    IGD_TEST_CODE(IGD_NOTE_NO_STOLEN, 0,
                  "no etc/igd-bdsm-size, BDSM left alone; "
                  "QEMU provides it on pc, 10.0+ on q35 too"),
    IGD_TEST_CODE(IGD_NOTE_STOLEN_ZERO, 0,
                  "etc/igd-bdsm-size is 0, BDSM left alone; x-igd-gms sets it"),
    // Its address is not printed: there is no other display to be told from.
    IGD_TEST_CODE(IGD_NOTE_NO_ROM, 0,
                  "no option ROM: dark until the guest's driver starts; "
                  "-machine graphics=off -serial stdio shows text"),
    IGD_TEST_CODE(IGD_NOTE_ROM_UNUSED, 1,
                  "option ROM not run: bdf 0x%llx; needs addr=2.0 and class 0300"),
};

// What igd_message() must not write to.
#define IGD_TEST_GUARD 0x5c

// A line as long as the contract says, at the end of its allocation, so that ASan sees one byte
// too many; and behind the terminator nothing may have been written.
static const char *
igd_test_line(uint8_t code)
{
    static char line[IGD_LINE_BYTES];
    char *written = malloc(IGD_LINE_BYTES);
    unsigned i;
    assert_non_null(written);
    memset(written, IGD_TEST_GUARD, IGD_LINE_BYTES);
    igd_test_equal(0, igd_message(code, written), "result for code %u", code);
    if (!memchr(written, 0, IGD_LINE_BYTES))
        fail_msg("code %u: expected a terminator, got none", code);
    memcpy(line, written, IGD_LINE_BYTES);
    free(written);
    for (i = strlen(line) + 1; i < IGD_LINE_BYTES; i++)
        igd_test_equal(IGD_TEST_GUARD, line[i], "code %u: byte %u behind \"%s\"", code, i, line);
    return line;
}

// Prints as the glue does: the arguments are passed whatever the format takes.
static int
igd_test_print(char *line, size_t bytes, const char *format, ...)
{
    va_list args;
    int length;
    va_start(args, format);
    length = vsnprintf(line, bytes, format, args);
    va_end(args);
    return length;
}

static void
each_code_is_tested_once(void **state)
{
    unsigned code, i;
    (void)state;
    igd_test_equal(IGD_CODES - 1, IGD_TEST_COUNT(igd_test_codes), "codes");
    for (code = 1; code < IGD_CODES; code++) {
        unsigned times = 0;
        for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++)
            times += igd_test_codes[i].code == code;
        igd_test_equal(1, times, "rows of code %u", code);
    }
}

static void
a_code_has_the_severity_of_its_name_and_its_words(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const struct igd_test_code *row = &igd_test_codes[i];
        const char *severity = !strncmp(row->id, "IGD_ERR_", 8)    ? "error"
                               : !strncmp(row->id, "IGD_WARN_", 9) ? "warning"
                                                                   : "note";
        const char *got = igd_test_line(row->code);
        char expected[256];
        snprintf(expected, sizeof(expected), "igd: %s: %s\n", severity, row->text);
        if (strcmp(expected, got))
            fail_msg("%s: expected \"%s\", got \"%s\"", row->id, expected, got);
    }
}

static void
a_line_is_one_cause_and_one_cure_in_printable_characters(void **state)
{
    unsigned code;
    (void)state;
    for (code = 1; code < IGD_CODES; code++) {
        const char *line = igd_test_line(code), *c, *cure = strstr(line, "; ");
        if (!cure || strstr(cure + 1, "; "))
            fail_msg("code %u: expected one \"; \", got \"%s\"", code, line);
        igd_test_equal(strlen(line) - 1, strcspn(line, "\n"), "code %u: place of the newline",
                       code);
        for (c = line; *c != '\n'; c++)
            if (*c < ' ' || *c > '~')
                fail_msg("code %u: expected a printable character, got %02x in \"%s\"", code,
                         (uint8_t)*c, line);
    }
}

static void
no_two_codes_have_the_same_line(void **state)
{
    unsigned i, j;
    (void)state;
    for (i = 1; i < IGD_CODES; i++) {
        char line[IGD_LINE_BYTES];
        strcpy(line, igd_test_line(i));
        for (j = 1; j < i; j++)
            assert_string_not_equal(line, igd_test_line(j));
    }
}

static void
a_line_takes_llx_then_x_as_its_code_has_numbers(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const char *line = igd_test_line(igd_test_codes[i].code), *at = line;
        unsigned numbers = 0;
        while ((at = strchr(at, '%'))) {
            const char *expected = numbers ? "%x" : "%llx";
            if (numbers == 2 || strncmp(at, expected, strlen(expected)))
                fail_msg("%s: expected %s, got \"%s\"", igd_test_codes[i].id,
                         numbers == 2 ? "no third number" : expected, line);
            at += strlen(expected);
            numbers++;
        }
        igd_test_equal(igd_test_codes[i].numbers, numbers, "numbers in \"%s\"", line);
    }
}

static void
a_finding_prints_its_numbers_in_order(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const struct igd_test_code *row = &igd_test_codes[i];
        char line[256];
        int length = igd_test_print(line, sizeof(line), igd_test_line(row->code),
                                    0xfedcba9876543210ull, 0x89abcdefu);
        const char *value = strstr(line, "0xfedcba9876543210");
        const char *limit = strstr(line, "0x89abcdef");
        igd_test_equal(strlen(line), length, "length of \"%s\"", line);
        igd_test_equal(row->numbers > 0, !!value, "value printed in \"%s\"", line);
        igd_test_equal(row->numbers > 1, !!limit, "limit printed in \"%s\"", line);
        if (limit && limit < value)
            fail_msg("%s: expected value and then limit, got \"%s\"", row->id, line);
    }
}

// enum igd_vga_dead is the caller's to set and the user's to read.
static void
the_vga_message_explains_each_bit(void **state)
{
    static const struct {
        unsigned bit;
        const char *number, *words;
    } bits[] = {
        { IGD_VGA_DECODE, "1", "1 decode" },
        { IGD_VGA_BRIDGE, "2", "2 bridge" },
        { IGD_VGA_GGC, "4", "4 GGC" },
        { IGD_VGA_REGISTERS, "8", "8 registers" },
        { IGD_VGA_MEMORY, "10", "10 memory" },
    };
    const char *line = igd_test_line(IGD_ERR_VGA);
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(bits); i++) {
        igd_test_equal(strtoul(bits[i].number, NULL, 16), bits[i].bit, "bit %u", i);
        if (!strstr(line, bits[i].words))
            fail_msg("expected \"%s\", got \"%s\"", bits[i].words, line);
    }
}

static void
a_code_that_is_none_is_refused_and_nothing_written(void **state)
{
    unsigned code, i;
    (void)state;
    for (code = 0; code < 0x100; code++) {
        char line[IGD_LINE_BYTES];
        int known = code > 0 && code < IGD_CODES;
        memset(line, IGD_TEST_GUARD, sizeof(line));
        igd_test_equal(known ? 0 : -1, igd_message(code, line), "result for code %u", code);
        for (i = 0; !known && i < sizeof(line); i++)
            igd_test_equal(IGD_TEST_GUARD, line[i], "byte %u for code %u", i, code);
    }
}

// 64-bit values by igd_find64(), 32-bit ones, not sign-extended, by igd_find().
static void
a_finding_is_kept_as_it_was_given(void **state)
{
    struct igd_findings found = { .count = 0 };
    (void)state;
    igd_test_equal(-1, igd_find64(&found, 1, 0xfedcba9876543210, 0x89abcdef), "result");
    igd_test_equal(-IGD_WARN_RVDA, igd_find64(&found, IGD_WARN_RVDA, 0, 0xffffffff), "result");
    igd_test_equal(-IGD_NOTE_STOLEN_ZERO,
                   igd_find64(&found, IGD_NOTE_STOLEN_ZERO, 0xffffffffffffffff, 0), "result");
    igd_test_equal(-IGD_ERR_BDSM, igd_find(&found, IGD_ERR_BDSM, 0xfedcba98, 0x89abcdef),
                   "result");
    igd_test_equal(-0xff, igd_find(&found, 0xff, 0xffffffff, 0), "result");
    igd_test_equal(-IGD_ERR_ASLS, igd_find(&found, IGD_ERR_ASLS, 0, 0xffffffff), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(1, 0xfedcba9876543210, 0x89abcdef),
                      IGD_TEST_FINDING(IGD_WARN_RVDA, 0, 0xffffffff),
                      IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 0xffffffffffffffff, 0),
                      IGD_TEST_FINDING(IGD_ERR_BDSM, 0xfedcba98, 0x89abcdef),
                      IGD_TEST_FINDING(0xff, 0xffffffff, 0),
                      IGD_TEST_FINDING(IGD_ERR_ASLS, 0, 0xffffffff));
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
    for (i = 0; i < IGD_FINDINGS_MAX; i++) {
        igd_test_equal(-IGD_ERR_BDSM, igd_find(found, IGD_ERR_BDSM, i, i + 100), "result");
        igd_test_equal(i + 1, found->count, "count");
    }
    full = *found;
    for (i = 0; i < 300; i++) {
        igd_test_equal(-IGD_ERR_ASLS, igd_find(found, IGD_ERR_ASLS, 1, 2), "result when full");
        igd_test_equal(-IGD_WARN_RVDA, igd_find64(found, IGD_WARN_RVDA, 1, 2),
                       "result when full");
    }
    igd_test_same_findings(found, full.item, IGD_FINDINGS_MAX, __FILE__, __LINE__);
    for (i = 0; i < IGD_FINDINGS_MAX; i++) {
        igd_test_equal(i, found->item[i].value, "value of finding %u", i);
        igd_test_equal(i + 100, found->item[i].limit, "limit of finding %u", i);
    }
    free(found);
}

// The log empties the list behind the OpRegion, behind the boot display and behind each source
// of an option ROM. What can come together before it does, in each of these.
static void
the_list_holds_all_that_one_device_can_have(void **state)
{
    static const uint8_t most[][16] = {
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_RVDA, IGD_WARN_VBT_CHECKSUM,
          IGD_WARN_VBT_PADDED, IGD_ERR_ASLS },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_VBT_SIZE, IGD_WARN_VBT_CHECKSUM,
          IGD_WARN_VBT_PADDED, IGD_ERR_ASLS },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_VBT_SIZE, IGD_WARN_VBT_SIZE,
          IGD_WARN_VBT_MISSING, IGD_ERR_ASLS },
        // The four of the panel are looked at for a boot display. It is one without an option ROM
        // only if igd-primary says so, which then is no wrong switch.
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_ERR_BDSM, IGD_ERR_BDSM,
          IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH,
          IGD_ERR_VGA },
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_ERR_BDSM, IGD_ERR_BDSM,
          IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_ERR_VGA,
          IGD_NOTE_NO_ROM },
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_ERR_BDSM, IGD_ERR_BDSM,
          IGD_WARN_SWITCH, IGD_NOTE_NO_ROM },
        { IGD_WARN_ROM_BDSM, IGD_WARN_ROM_CHECKSUM },
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
        IGD_TEST(each_code_is_tested_once),
        IGD_TEST(a_code_has_the_severity_of_its_name_and_its_words),
        IGD_TEST(a_line_is_one_cause_and_one_cure_in_printable_characters),
        IGD_TEST(no_two_codes_have_the_same_line),
        IGD_TEST(a_line_takes_llx_then_x_as_its_code_has_numbers),
        IGD_TEST(a_finding_prints_its_numbers_in_order),
        IGD_TEST(the_vga_message_explains_each_bit),
        IGD_TEST(a_code_that_is_none_is_refused_and_nothing_written),
        IGD_TEST(a_finding_is_kept_as_it_was_given),
        IGD_TEST(a_full_list_takes_no_more),
        IGD_TEST(the_list_holds_all_that_one_device_can_have),
    };
    return cmocka_run_group_tests_name("igd_message", tests, NULL, NULL);
}
