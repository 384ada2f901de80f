// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_message.c: the list of findings, the line for each, and the table of conditions.
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
                  "stolen memory refused: size file has 0x%llx bytes, not 0x%x, so no VBIOS; "
                  "leave etc/igd-bdsm-size to QEMU"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_LIMIT, 2,
                  "stolen memory refused: 0x%llx bytes, limit 0x%x, so no VBIOS; "
                  "lower x-igd-gms"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_ADDRESS, 2,
                  "stolen memory refused: IGD at bdf 0x%llx, not 0x%x, so no VBIOS; use addr=2.0"),
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
                  "no room for stolen memory of 0x%llx bytes, free 0x%x, so no VBIOS; "
                  "lower x-igd-gms, or raise -m up to 3583M (pc), 2815M (q35)"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_UNSET, 1,
                  "GMS says 0x%llx MiB of stolen memory, BDSM 0, so no VBIOS; "
                  "QEMU 10.0+ provides etc/igd-bdsm-size"),
    IGD_TEST_CODE(IGD_ERR_ASLS, 2,
                  "ASLS reads 0x%llx, wrote 0x%x; x-igd-opregion=on does it"),
    IGD_TEST_CODE(IGD_ERR_BDSM, 2,
                  "BDSM reads 0x%llx, wrote 0x%x, so no VBIOS; needs QEMU 10.0+ to emulate it"),
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
    // The limit is 0, what the sum should be.
    IGD_TEST_CODE(IGD_WARN_ROM_CHECKSUM, 2,
                  "option ROM sum 0x%llx, not 0x%x, mended; harmless"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_ROUNDED, 2,
                  "stolen memory of 0x%llx bytes rounded up to 0x%x; harmless"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_BASE, 2,
                  "host's stolen memory at 0x%llx is not in the RAM below 0x%x; "
                  "raise -m, or pc,max-ram-below-4g=4G -m 3584M"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_BASE_VALUE, 2,
                  "host's stolen memory at 0x%llx is no MiB from 0x%x to 4 GiB; "
                  "check etc/igd-stolen-base"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_BASE_FILE, 2,
                  "etc/igd-stolen-base has 0x%llx bytes, not 0x%x, ignored; "
                  "check etc/igd-stolen-base"),
    IGD_TEST_CODE(IGD_WARN_GMS, 2,
                  "GMS says 0x%llx MiB of stolen memory, QEMU 0x%x; x-igd-gms sets both"),
    IGD_TEST_CODE(IGD_WARN_SWITCH, 2,
                  "switch for 0x%llx (0x0: igd-primary) ignored; hexadecimal, most 0x%x"),
    IGD_TEST_CODE(IGD_WARN_ROM_BDSM, 2,
                  "host's BDSM 0x%llx at 0x%x of the ROM cleared; harmless"),
    IGD_TEST_CODE(IGD_NOTE_BGSM, 1,
                  "BGSM 0x%llx is the host's, black bands in Windows; "
                  "etc/igd-stolen-base cures it"),
    IGD_TEST_CODE(IGD_NOTE_DBUF, 2,
                  "DBUF 0x%llx left on: 0x%x, stripes in Windows; display sleep and wake"),
    IGD_TEST_CODE(IGD_NOTE_NO_OPREGION, 0,
                  "no etc/igd-opregion, ASLS left alone; x-igd-opregion=on does it"),
    IGD_TEST_CODE(IGD_NOTE_NO_STOLEN, 0,
                  "no etc/igd-bdsm-size, BDSM left alone; "
                  "QEMU provides it on pc, 10.0+ on q35 too"),
    IGD_TEST_CODE(IGD_NOTE_STOLEN_ZERO, 0,
                  "etc/igd-bdsm-size is 0, BDSM left alone; x-igd-gms sets it"),
    IGD_TEST_CODE(IGD_NOTE_STOLEN_BASE, 1,
                  "host's stolen memory unknown, STOLEN_RESERVED 0x%llx; "
                  "etc/igd-stolen-base cures it"),
    IGD_TEST_CODE(IGD_NOTE_GMS, 2,
                  "GMS says 0x%llx MiB of stolen memory, QEMU 0x%x; harmless"),
    // Its address is not printed: there is no other display to be told from.
    IGD_TEST_CODE(IGD_NOTE_NO_ROM, 0,
                  "no option ROM: dark until the guest's driver starts; "
                  "-machine graphics=off -serial stdio shows text"),
    IGD_TEST_CODE(IGD_NOTE_ROM_UNUSED, 1,
                  "option ROM not run: bdf 0x%llx; needs addr=2.0 and class 0300"),
};

// What must not be written to.
#define IGD_TEST_GUARD 0x5c

// A line as long as the contract says, at the end of its allocation, so that ASan sees one byte
// too many.
static char *
igd_test_room(void)
{
    char *line = malloc(IGD_LINE_BYTES);
    assert_non_null(line);
    memset(line, IGD_TEST_GUARD, IGD_LINE_BYTES);
    return line;
}

// Takes what was written there.
static const char *
igd_test_written(char *room)
{
    static char line[IGD_LINE_BYTES];
    if (!memchr(room, 0, IGD_LINE_BYTES))
        fail_msg("%sexpected a terminator, got none", igd_test_row);
    memcpy(line, room, IGD_LINE_BYTES);
    free(room);
    return line;
}

// Behind the terminator of a message nothing may have been written.
static const char *
igd_test_line(uint8_t code)
{
    char *room = igd_test_room();
    const char *line;
    unsigned i;
    igd_test_set_row("code %u: ", code);
    igd_test_equal(0, igd_message(code, room), "result");
    line = igd_test_written(room);
    for (i = strlen(line) + 1; i < IGD_LINE_BYTES; i++)
        igd_test_equal(IGD_TEST_GUARD, line[i], "byte %u behind \"%s\"", i, line);
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

// The log empties the list behind stolen memory, behind the OpRegion, behind the boot display and
// behind each source of an option ROM. What can come together before it does, in each of these.
static void
the_list_holds_all_that_one_device_can_have(void **state)
{
    static const uint8_t most[][16] = {
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_WARN_GMS, IGD_WARN_STOLEN_BASE,
          IGD_ERR_BDSM, IGD_ERR_BDSM, IGD_NOTE_BGSM, IGD_NOTE_DBUF },
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_NOTE_GMS, IGD_WARN_STOLEN_BASE_FILE,
          IGD_NOTE_STOLEN_BASE, IGD_ERR_BDSM, IGD_ERR_BDSM, IGD_NOTE_BGSM, IGD_NOTE_DBUF },
        { IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_WARN_GMS, IGD_NOTE_STOLEN_BASE,
          IGD_ERR_STOLEN_ROOM, IGD_NOTE_BGSM, IGD_NOTE_DBUF },
        { IGD_NOTE_STOLEN_ZERO, IGD_WARN_GMS, IGD_NOTE_BGSM, IGD_NOTE_DBUF },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_RVDA, IGD_WARN_VBT_CHECKSUM,
          IGD_WARN_VBT_PADDED, IGD_ERR_ASLS },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_VBT_SIZE, IGD_WARN_VBT_CHECKSUM,
          IGD_WARN_VBT_PADDED, IGD_ERR_ASLS },
        { IGD_WARN_SECOND_DEVICE, IGD_WARN_BAR_HIGH, IGD_WARN_VBT_SIZE, IGD_WARN_VBT_SIZE,
          IGD_WARN_VBT_MISSING, IGD_ERR_ASLS },
        // The four of the panel are looked at for a boot display. It is one without an option ROM
        // only if igd-primary says so, which then is no wrong switch.
        { IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH,
          IGD_ERR_VGA },
        { IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_WARN_SWITCH, IGD_ERR_VGA,
          IGD_NOTE_NO_ROM },
        { IGD_WARN_SWITCH, IGD_NOTE_NO_ROM },
        { IGD_WARN_SWITCH, IGD_NOTE_ROM_UNUSED },
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

// --- The table of conditions ----------------------------------------------------------------

// Rows 1 to 6, by what matters to each: whether its fact was seen, whether a VBIOS is wanted, and,
// for 5 and 6, whether it was tried. What it is for is written out as igd-assign has it.
#define IGD_TEST_SEEN   1
#define IGD_TEST_WANTED 2
#define IGD_TEST_TRIED  4
static const struct igd_test_condition {
    unsigned seen, tried; // enum igd_fact; tried 0: it is always
    const char *lines[8]; // by the three bits
} igd_test_conditions[] = {
    { IGD_FACT_OPREGION, 0,
      { "igd: 1 OpRegion with VBT missing    Linux Windows; x-igd-opregion=on\n",
        "igd: 1 OpRegion with VBT ok         Linux Windows\n",
        "igd: 1 OpRegion with VBT missing    Linux Windows VBIOS; x-igd-opregion=on\n",
        "igd: 1 OpRegion with VBT ok         Linux Windows VBIOS\n" } },
    { IGD_FACT_LPC, 0,
      { "igd: 2 host's LPC ids    not needed\n",
        "igd: 2 host's LPC ids    ok\n",
        "igd: 2 host's LPC ids    missing    VBIOS; x-igd-lpc=on, -machine pc\n",
        "igd: 2 host's LPC ids    ok         VBIOS\n" } },
    { IGD_FACT_ADDRESS, 0,
      { "igd: 3 address 00:02.0   missing    Windows; addr=2.0\n",
        "igd: 3 address 00:02.0   ok         Windows\n",
        "igd: 3 address 00:02.0   missing    Windows VBIOS; addr=2.0\n",
        "igd: 3 address 00:02.0   ok         Windows VBIOS\n" } },
    { IGD_FACT_CLASS, 0,
      { "igd: 4 class VGA         missing    Windows; x-pci-class-code=0x030000\n",
        "igd: 4 class VGA         ok         Windows\n",
        "igd: 4 class VGA         missing    Windows VBIOS; x-pci-class-code=0x030000\n",
        "igd: 4 class VGA         ok         Windows VBIOS\n" } },
    { IGD_FACT_VGA, IGD_FACT_VGA_TRIED,
      { "igd: 5 legacy VGA        not needed\n",
        "igd: 5 legacy VGA        ok\n",
        "igd: 5 legacy VGA        not tried  VBIOS\n",
        "igd: 5 legacy VGA        ok         VBIOS\n",
        "igd: 5 legacy VGA        not needed\n",
        "igd: 5 legacy VGA        ok\n",
        "igd: 5 legacy VGA        missing    VBIOS; x-vga=on\n",
        "igd: 5 legacy VGA        ok         VBIOS\n" } },
    { IGD_FACT_ROM, IGD_FACT_ROM_TRIED,
      { "igd: 6 VBIOS             not needed\n",
        "igd: 6 VBIOS             ok\n",
        "igd: 6 VBIOS             not tried  VBIOS\n",
        "igd: 6 VBIOS             ok         VBIOS\n",
        "igd: 6 VBIOS             not needed\n",
        "igd: 6 VBIOS             ok\n",
        "igd: 6 VBIOS             missing    VBIOS; romfile=FILE\n",
        "igd: 6 VBIOS             ok         VBIOS\n" } },
};

// What there is beyond them, in the order of its facts.
static const struct {
    unsigned fact;
    const char *text;
} igd_test_beyond[] = {
    { IGD_FACT_BARS_LOW, "BARs kept low" },
    { IGD_FACT_ROM_MATCH, "VBIOS of another id" },
    { IGD_FACT_ROM_BDSM, "host's BDSM in VBIOS cleared" },
    { IGD_FACT_BGSM, "host's BGSM" },
    { IGD_FACT_DBUF, "DBUF left on" },
};

// Bits of enum igd_fact.
#define IGD_TEST_FACTS 15

static void
igd_test_table(unsigned row, unsigned facts, const char *expected)
{
    char *room = igd_test_room();
    const char *got;
    igd_test_set_row("row %u, facts 0x%x: ", row, facts);
    igd_test_equal(0, igd_table(row, facts, room), "result");
    got = igd_test_written(room);
    if (strcmp(expected, got))
        fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, expected, got);
}

static void
igd_test_no_table(unsigned row, unsigned facts)
{
    char *room = igd_test_room();
    unsigned i;
    igd_test_set_row("row %u, facts 0x%x: ", row, facts);
    igd_test_equal(-1, igd_table(row, facts, room), "result");
    for (i = 0; i < IGD_LINE_BYTES; i++)
        igd_test_equal(IGD_TEST_GUARD, room[i], "byte %u", i);
    free(room);
}

static void
the_facts_are_bits_of_their_own(void **state)
{
    static const unsigned facts[] = {
        IGD_FACT_OPREGION, IGD_FACT_LPC, IGD_FACT_ADDRESS, IGD_FACT_CLASS, IGD_FACT_VGA,
        IGD_FACT_ROM, IGD_FACT_VGA_TRIED, IGD_FACT_ROM_TRIED, IGD_FACT_WANTED, IGD_FACT_NO_STOLEN,
        IGD_FACT_BARS_LOW, IGD_FACT_ROM_MATCH, IGD_FACT_ROM_BDSM, IGD_FACT_BGSM, IGD_FACT_DBUF,
    };
    unsigned i;
    (void)state;
    igd_test_equal(IGD_TEST_FACTS, IGD_TEST_COUNT(facts), "facts");
    for (i = 0; i < IGD_TEST_COUNT(facts); i++)
        igd_test_equal(1u << i, facts[i], "fact %u", i);
}

static void
the_table_starts_with_its_head_whatever_was_seen(void **state)
{
    unsigned i;
    (void)state;
    igd_test_table(0, 0, "igd: condition           state      for\n");
    igd_test_table(0, (1 << IGD_TEST_FACTS) - 1, "igd: condition           state      for\n");
    for (i = 0; i < IGD_TEST_FACTS; i++)
        igd_test_table(0, 1 << i, "igd: condition           state      for\n");
}

// Each with none of the other facts, with each alone, and with all.
static void
a_row_tells_a_conditions_state_and_who_needs_it(void **state)
{
    unsigned row, bits, i;
    (void)state;
    igd_test_equal(6, IGD_TEST_COUNT(igd_test_conditions), "conditions");
    for (row = 1; row <= 6; row++) {
        const struct igd_test_condition *condition = &igd_test_conditions[row - 1];
        unsigned own = condition->seen | condition->tried | IGD_FACT_WANTED;
        for (bits = 0; bits < (condition->tried ? 8 : 4); bits++) {
            unsigned facts = (bits & IGD_TEST_SEEN ? condition->seen : 0)
                | (bits & IGD_TEST_WANTED ? IGD_FACT_WANTED : 0)
                | (bits & IGD_TEST_TRIED ? condition->tried : 0);
            igd_test_table(row, facts, condition->lines[bits]);
            igd_test_table(row, facts | (((1 << IGD_TEST_FACTS) - 1) & ~own),
                           condition->lines[bits]);
            for (i = 0; i < IGD_TEST_FACTS; i++)
                igd_test_table(row, facts | (1 << i & ~own), condition->lines[bits]);
        }
    }
}

static void
the_last_row_tells_what_was_found_beyond_the_conditions(void **state)
{
    (void)state;
    igd_test_table(7, IGD_FACT_BARS_LOW, "igd: + BARs kept low\n");
    igd_test_table(7, IGD_FACT_ROM_MATCH, "igd: + VBIOS of another id\n");
    igd_test_table(7, IGD_FACT_ROM_BDSM, "igd: + host's BDSM in VBIOS cleared\n");
    igd_test_table(7, IGD_FACT_BGSM, "igd: + host's BGSM\n");
    igd_test_table(7, IGD_FACT_DBUF, "igd: + DBUF left on\n");
    igd_test_table(7, IGD_FACT_BGSM | IGD_FACT_DBUF, "igd: + host's BGSM, DBUF left on\n");
    igd_test_table(7, (1 << IGD_TEST_FACTS) - 1,
                   "igd: + BARs kept low, VBIOS of another id, host's BDSM in VBIOS cleared, "
                   "host's BGSM, DBUF left on\n");
}

// Each set of them, with none and with all of the conditions' facts.
static void
the_last_row_lists_any_of_them_in_one_order(void **state)
{
    unsigned beyond, i;
    (void)state;
    for (beyond = 1; beyond < 1 << IGD_TEST_COUNT(igd_test_beyond); beyond++) {
        char expected[IGD_LINE_BYTES] = "igd: +";
        unsigned facts = 0;
        for (i = 0; i < IGD_TEST_COUNT(igd_test_beyond); i++)
            if (beyond >> i & 1) {
                strcat(strcat(strcat(expected, facts ? "," : ""), " "), igd_test_beyond[i].text);
                facts |= igd_test_beyond[i].fact;
            }
        strcat(expected, "\n");
        igd_test_table(7, facts, expected);
        igd_test_table(7, facts | 0x3ff, expected);
    }
}

static void
a_row_that_is_none_or_has_nothing_to_say_is_not_written(void **state)
{
    static const unsigned rows[] = { 8, 9, 0x80, 0x100, 0x107, 0x10000, 0x7fffffff, 0x80000000,
                                     0xfffffffe, 0xffffffff };
    unsigned i;
    (void)state;
    igd_test_no_table(7, 0);
    igd_test_no_table(7, 0x3ff);
    for (i = 0; i < 10; i++)
        igd_test_no_table(7, 1 << i);
    for (i = 0; i < IGD_TEST_COUNT(rows); i++) {
        igd_test_no_table(rows[i], 0);
        igd_test_no_table(rows[i], (1 << IGD_TEST_FACTS) - 1);
    }
}

// The log goes by it: what igd_log() prints is then in the table, too. What says "so no VBIOS" is
// the one that keeps it from being run.
static void
some_codes_stand_for_a_fact(void **state)
{
    unsigned code;
    (void)state;
    for (code = 0; code < 0x100; code++) {
        int known = code > 0 && code < IGD_CODES;
        unsigned expected = known && strstr(igd_test_line(code), ", so no VBIOS; ")
            ? IGD_FACT_NO_STOLEN : code == IGD_WARN_ROM_BDSM ? IGD_FACT_ROM_BDSM
            : code == IGD_NOTE_BGSM ? IGD_FACT_BGSM
            : code == IGD_NOTE_DBUF ? IGD_FACT_DBUF : 0;
        igd_test_equal(expected, igd_fact_of(code), "fact of code %u", code);
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
        IGD_TEST(the_facts_are_bits_of_their_own),
        IGD_TEST(the_table_starts_with_its_head_whatever_was_seen),
        IGD_TEST(a_row_tells_a_conditions_state_and_who_needs_it),
        IGD_TEST(the_last_row_tells_what_was_found_beyond_the_conditions),
        IGD_TEST(the_last_row_lists_any_of_them_in_one_order),
        IGD_TEST(a_row_that_is_none_or_has_nothing_to_say_is_not_written),
        IGD_TEST(some_codes_stand_for_a_fact),
    };
    return igd_test_run("igd_message", tests);
}
