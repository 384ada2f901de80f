// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_message.c: the list of findings, and the words for each.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// What the words for each code must speak of. numbers: how many of value and limit the contract
// gives the code; cause and also: words of the cause; cure: a word of the cure.
#define IGD_TEST_CODE(code, numbers, cause, also, cure) \
    { code, #code, numbers, cause, also, cure }
static const struct igd_test_code {
    uint8_t code;
    const char *id;
    unsigned numbers;
    const char *cause, *also, *cure;
} igd_test_codes[] = {
    IGD_TEST_CODE(IGD_ERR_OPREGION_BYTES, 2, "OpRegion refused", "needs", "host"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_LIMIT, 2, "OpRegion refused", "limit", "host"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_SIGNATURE, 1, "OpRegion refused", "signature", "host"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_HEADER, 2, "OpRegion refused", "header says", "host"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_FILE, 2, "stolen memory refused", "file",
                  "etc/igd-bdsm-size"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_LIMIT, 2, "stolen memory refused", "limit", "lower x-igd-gms"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_ADDRESS, 2, "stolen memory refused", "bdf", "addr=2.0"),
    IGD_TEST_CODE(IGD_ERR_OPREGION_ROOM, 2, "no room", "OpRegion", "raise -m"),
    IGD_TEST_CODE(IGD_ERR_STOLEN_ROOM, 2, "no room", "stolen memory", "lower x-igd-gms"),
    IGD_TEST_CODE(IGD_ERR_ASLS, 2, "ASLS reads", "wrote", "x-igd-opregion=on"),
    IGD_TEST_CODE(IGD_ERR_BDSM, 2, "BDSM reads", "wrote", "QEMU"),
    IGD_TEST_CODE(IGD_ERR_NO_DEVICE, 0, "no Intel display device", "etc/igd-", "vfio-pci"),
    IGD_TEST_CODE(IGD_WARN_SECOND_DEVICE, 1, "second Intel display device", "bdf", "vfio-pci"),
    IGD_TEST_CODE(IGD_WARN_DEVICE_ID, 1, "unknown device id", "BDSM", "report"),
    IGD_TEST_CODE(IGD_WARN_RVDA, 2, "RVDA", "cleared", "host"),
    IGD_TEST_CODE(IGD_WARN_VBT_MISSING, 0, "no VBT", "OpRegion", "host"),
    IGD_TEST_CODE(IGD_WARN_VBT_SIZE, 2, "VBT says", "room", "host"),
    // The limit is 0, what the sum should be.
    IGD_TEST_CODE(IGD_WARN_VBT_CHECKSUM, 2, "VBT sum", "not", "harmless"),
    IGD_TEST_CODE(IGD_WARN_VBT_PADDED, 2, "VBT data", "header says", "harmless"),
    IGD_TEST_CODE(IGD_WARN_STOLEN_ROUNDED, 2, "stolen memory", "rounded", "harmless"),
    IGD_TEST_CODE(IGD_NOTE_NO_OPREGION, 0, "no etc/igd-opregion", "ASLS", "x-igd-opregion=on"),
    IGD_TEST_CODE(IGD_NOTE_NO_STOLEN, 0, "no etc/igd-bdsm-size", "BDSM", "QEMU"),
    IGD_TEST_CODE(IGD_NOTE_STOLEN_ZERO, 0, "etc/igd-bdsm-size is 0", "BDSM", "x-igd-gms sets"),
};

static struct igd_message
igd_test_message(uint8_t code)
{
    struct igd_message message = { NULL, NULL, NULL };
    igd_test_equal(0, igd_message(code, &message), "result for code %u", code);
    assert_non_null(message.severity);
    assert_non_null(message.cause);
    assert_non_null(message.cure);
    return message;
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
a_codes_severity_is_that_of_its_name(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const struct igd_test_code *row = &igd_test_codes[i];
        const char *expected = !strncmp(row->id, "IGD_ERR_", 8)    ? "error"
                               : !strncmp(row->id, "IGD_WARN_", 9) ? "warning"
                                                                   : "note";
        const char *got = igd_test_message(row->code).severity;
        if (strcmp(expected, got))
            fail_msg("%s: expected %s, got %s", row->id, expected, got);
    }
}

static void
a_codes_cause_and_cure_speak_of_it(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const struct igd_test_code *row = &igd_test_codes[i];
        struct igd_message message = igd_test_message(row->code);
        if (!strstr(message.cause, row->cause))
            fail_msg("%s: expected \"%s\", got \"%s\"", row->id, row->cause, message.cause);
        if (!strstr(message.cause, row->also))
            fail_msg("%s: expected \"%s\", got \"%s\"", row->id, row->also, message.cause);
        if (!strstr(message.cure, row->cure))
            fail_msg("%s: expected \"%s\", got \"%s\"", row->id, row->cure, message.cure);
    }
}

static void
no_two_codes_have_the_same_cause(void **state)
{
    unsigned i, j;
    (void)state;
    for (i = 1; i < IGD_CODES; i++)
        for (j = 1; j < i; j++)
            assert_string_not_equal(igd_test_message(i).cause, igd_test_message(j).cause);
}

static void
a_cause_takes_llx_then_x_as_its_code_has_numbers(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_codes); i++) {
        const char *cause = igd_test_message(igd_test_codes[i].code).cause, *at = cause;
        unsigned numbers = 0;
        while ((at = strchr(at, '%'))) {
            const char *expected = numbers ? "%x" : "%llx";
            if (numbers == 2 || strncmp(at, expected, strlen(expected)))
                fail_msg("%s: expected %s, got \"%s\"", igd_test_codes[i].id,
                         numbers == 2 ? "no third number" : expected, cause);
            at += strlen(expected);
            numbers++;
        }
        igd_test_equal(igd_test_codes[i].numbers, numbers, "numbers in \"%s\"", cause);
    }
}

static void
words_are_printable_and_severity_and_cure_take_no_numbers(void **state)
{
    unsigned code, i;
    (void)state;
    for (code = 1; code < IGD_CODES; code++) {
        struct igd_message message = igd_test_message(code);
        const char *words[] = { message.severity, message.cause, message.cure };
        for (i = 0; i < IGD_TEST_COUNT(words); i++) {
            const char *c = words[i];
            if (!*c)
                fail_msg("code %u: expected words, got none", code);
            for (; *c; c++)
                if (*c < ' ' || *c > '~' || (*c == '%' && words[i] != message.cause))
                    fail_msg("code %u: expected plain words, got \"%s\"", code, words[i]);
        }
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
        int length = igd_test_print(line, sizeof(line), igd_test_message(row->code).cause,
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

static void
a_code_that_is_none_is_refused_and_nothing_written(void **state)
{
    unsigned code;
    (void)state;
    for (code = 0; code < 0x100; code++) {
        const struct igd_message untouched = { "severity", "cause", "cure" };
        struct igd_message message = untouched;
        int known = code > 0 && code < IGD_CODES;
        igd_test_equal(known ? 0 : -1, igd_message(code, &message), "result for code %u", code);
        if (!known && memcmp(&message, &untouched, sizeof(message)))
            fail_msg("code %u: expected nothing written, got \"%s\"", code, message.severity);
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
    igd_test_findings(&found, IGD_TEST_FINDING(1, 0xfedcba9876543210, 0x89abcdef),
                      IGD_TEST_FINDING(IGD_WARN_RVDA, 0, 0xffffffff),
                      IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 0xffffffffffffffff, 0));
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
    for (i = 0; i < 300; i++)
        igd_test_equal(-IGD_ERR_ASLS, igd_find(found, IGD_ERR_ASLS, 1, 2), "result when full");
    igd_test_same_findings(found, full.item, IGD_FINDINGS_MAX, __FILE__, __LINE__);
    for (i = 0; i < IGD_FINDINGS_MAX; i++) {
        igd_test_equal(i, found->item[i].value, "value of finding %u", i);
        igd_test_equal(i + 100, found->item[i].limit, "limit of finding %u", i);
    }
    free(found);
}

// igd.h counts them beside IGD_FINDINGS_MAX.
static void
the_list_holds_all_that_one_device_can_have(void **state)
{
    static const uint8_t most[] = {
        IGD_WARN_SECOND_DEVICE, IGD_WARN_RVDA,      IGD_WARN_VBT_CHECKSUM, IGD_WARN_VBT_PADDED,
        IGD_ERR_ASLS,           IGD_WARN_STOLEN_ROUNDED, IGD_WARN_DEVICE_ID, IGD_ERR_BDSM,
        IGD_ERR_BDSM,
    };
    struct igd_findings found = { .count = 0 };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(most); i++)
        igd_find(&found, most[i], i, 0);
    igd_test_equal(IGD_TEST_COUNT(most), found.count, "findings kept");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(each_code_is_tested_once),
        IGD_TEST(a_codes_severity_is_that_of_its_name),
        IGD_TEST(a_codes_cause_and_cure_speak_of_it),
        IGD_TEST(no_two_codes_have_the_same_cause),
        IGD_TEST(a_cause_takes_llx_then_x_as_its_code_has_numbers),
        IGD_TEST(words_are_printable_and_severity_and_cure_take_no_numbers),
        IGD_TEST(a_finding_prints_its_numbers_in_order),
        IGD_TEST(a_code_that_is_none_is_refused_and_nothing_written),
        IGD_TEST(a_finding_is_kept_as_it_was_given),
        IGD_TEST(a_full_list_takes_no_more),
        IGD_TEST(the_list_holds_all_that_one_device_can_have),
    };
    return cmocka_run_group_tests_name("igd_message", tests, NULL, NULL);
}
