// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_report.c: the table of conditions that ends the log.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

static void
igd_test_report(const struct igd_report *report, const char *expected)
{
    igd_test_start_text();
    igd_print_report(report, igd_test_print);
    igd_test_printed(expected);
}

static void
what_is_known_starts_with_not_tried(void **state)
{
    (void)state;
    igd_test_equal(0, IGD_NOT_TRIED, "not tried");
    igd_test_equal(1, IGD_NO, "no");
    igd_test_equal(2, IGD_YES, "yes");
}

static void
nothing_but_an_igd_is_a_report_of_what_is_not_tried(void **state)
{
    static const struct igd_report report;
    (void)state;
    igd_test_report(&report, "igd: condition           state      for\n"
                             "igd: 1 OpRegion with VBT not tried  Linux Windows\n"
                             "igd: 2 host's LPC ids    not needed\n"
                             "igd: 3 address 00:02.0   not tried  Windows\n"
                             "igd: 4 class VGA         not tried  Windows\n"
                             "igd: 5 legacy VGA        not needed\n"
                             "igd: 6 VBIOS             not needed\n");
}

static void
a_machine_as_igd_assign_wants_it_has_all_ok(void **state)
{
    static const struct igd_report report = {
        .opregion = IGD_YES, .lpc = IGD_YES, .address = IGD_YES, .class_vga = IGD_YES,
        .legacy_vga = IGD_YES, .vbios = IGD_YES, .wants_vbios = 1,
    };
    (void)state;
    igd_test_report(&report, "igd: condition           state      for\n"
                             "igd: 1 OpRegion with VBT ok         Linux Windows VBIOS\n"
                             "igd: 2 host's LPC ids    ok         VBIOS\n"
                             "igd: 3 address 00:02.0   ok         Windows VBIOS\n"
                             "igd: 4 class VGA         ok         Windows VBIOS\n"
                             "igd: 5 legacy VGA        ok         VBIOS\n"
                             "igd: 6 VBIOS             ok         VBIOS\n");
}

static void
a_machine_that_misses_all_is_told_each_cure(void **state)
{
    static const struct igd_report report = {
        .opregion = IGD_NO, .lpc = IGD_NO, .address = IGD_NO, .class_vga = IGD_NO,
        .legacy_vga = IGD_NO, .vbios = IGD_NO, .wants_vbios = 1, .bars_low = 1,
        .rom_other = 1, .rom_used = 1, .gtt_rewrites = 1, .bgsm = 1, .dbuf = 1,
    };
    (void)state;
    igd_test_report(&report,
                    "igd: condition           state      for\n"
                    "igd: 1 OpRegion with VBT missing    Linux Windows VBIOS; x-igd-opregion=on\n"
                    "igd: 2 host's LPC ids    missing    VBIOS; x-igd-lpc=on, -machine pc\n"
                    "igd: 3 address 00:02.0   missing    Windows VBIOS; addr=2.0\n"
                    "igd: 4 class VGA         missing    Windows VBIOS; x-pci-class-code=0x030000\n"
                    "igd: 5 legacy VGA        missing    VBIOS; x-vga=on\n"
                    "igd: 6 VBIOS             missing    VBIOS; romfile=FILE\n"
                    "igd: + BARs kept low, VBIOS of another family, VBIOS used before, "
                    "QEMU rewrites the GTT, host's BGSM, DBUF left on\n");
}

// Without a VBIOS, as a second display: Linux and Windows do with less.
static void
a_machine_that_wants_no_vbios_misses_nothing_that_a_vbios_needs(void **state)
{
    static const struct igd_report report = {
        .opregion = IGD_YES, .lpc = IGD_NO, .address = IGD_NO, .class_vga = IGD_YES,
        .legacy_vga = IGD_NO, .vbios = IGD_NO, .bgsm = 1,
    };
    (void)state;
    igd_test_report(&report, "igd: condition           state      for\n"
                             "igd: 1 OpRegion with VBT ok         Linux Windows\n"
                             "igd: 2 host's LPC ids    not needed\n"
                             "igd: 3 address 00:02.0   missing    Windows; addr=2.0\n"
                             "igd: 4 class VGA         ok         Windows\n"
                             "igd: 5 legacy VGA        not needed\n"
                             "igd: 6 VBIOS             not needed\n"
                             "igd: + host's BGSM\n");
}

// Each condition's line in each state, by enum igd_known, without and with a VBIOS that is wanted.
static const struct igd_test_condition {
    size_t field;
    const char *lines[2][3];
} igd_test_conditions[] = {
    { offsetof(struct igd_report, opregion),
      { { "igd: 1 OpRegion with VBT not tried  Linux Windows\n",
          "igd: 1 OpRegion with VBT missing    Linux Windows; x-igd-opregion=on\n",
          "igd: 1 OpRegion with VBT ok         Linux Windows\n" },
        { "igd: 1 OpRegion with VBT not tried  Linux Windows VBIOS\n",
          "igd: 1 OpRegion with VBT missing    Linux Windows VBIOS; x-igd-opregion=on\n",
          "igd: 1 OpRegion with VBT ok         Linux Windows VBIOS\n" } } },
    { offsetof(struct igd_report, lpc),
      { { "igd: 2 host's LPC ids    not needed\n",
          "igd: 2 host's LPC ids    not needed\n",
          "igd: 2 host's LPC ids    ok\n" },
        { "igd: 2 host's LPC ids    not tried  VBIOS\n",
          "igd: 2 host's LPC ids    missing    VBIOS; x-igd-lpc=on, -machine pc\n",
          "igd: 2 host's LPC ids    ok         VBIOS\n" } } },
    { offsetof(struct igd_report, address),
      { { "igd: 3 address 00:02.0   not tried  Windows\n",
          "igd: 3 address 00:02.0   missing    Windows; addr=2.0\n",
          "igd: 3 address 00:02.0   ok         Windows\n" },
        { "igd: 3 address 00:02.0   not tried  Windows VBIOS\n",
          "igd: 3 address 00:02.0   missing    Windows VBIOS; addr=2.0\n",
          "igd: 3 address 00:02.0   ok         Windows VBIOS\n" } } },
    { offsetof(struct igd_report, class_vga),
      { { "igd: 4 class VGA         not tried  Windows\n",
          "igd: 4 class VGA         missing    Windows; x-pci-class-code=0x030000\n",
          "igd: 4 class VGA         ok         Windows\n" },
        { "igd: 4 class VGA         not tried  Windows VBIOS\n",
          "igd: 4 class VGA         missing    Windows VBIOS; x-pci-class-code=0x030000\n",
          "igd: 4 class VGA         ok         Windows VBIOS\n" } } },
    { offsetof(struct igd_report, legacy_vga),
      { { "igd: 5 legacy VGA        not needed\n",
          "igd: 5 legacy VGA        not needed\n",
          "igd: 5 legacy VGA        ok\n" },
        { "igd: 5 legacy VGA        not tried  VBIOS\n",
          "igd: 5 legacy VGA        missing    VBIOS; x-vga=on\n",
          "igd: 5 legacy VGA        ok         VBIOS\n" } } },
    { offsetof(struct igd_report, vbios),
      { { "igd: 6 VBIOS             not needed\n",
          "igd: 6 VBIOS             not needed\n",
          "igd: 6 VBIOS             ok\n" },
        { "igd: 6 VBIOS             not tried  VBIOS\n",
          "igd: 6 VBIOS             missing    VBIOS; romfile=FILE\n",
          "igd: 6 VBIOS             ok         VBIOS\n" } } },
};

// All states of all conditions at once: 3 to the power of 6, without and with a VBIOS.
static void
each_condition_has_its_line_whatever_the_others_are(void **state)
{
    unsigned states, wants_vbios, i;
    (void)state;
    igd_test_equal(6, IGD_TEST_COUNT(igd_test_conditions), "conditions");
    for (states = 0; states < 3 * 3 * 3 * 3 * 3 * 3; states++)
        for (wants_vbios = 0; wants_vbios <= 1; wants_vbios++) {
            char expected[1024] = "igd: condition           state      for\n";
            struct igd_report report;
            unsigned left = states;
            memset(&report, 0, sizeof(report));
            report.wants_vbios = wants_vbios;
            for (i = 0; i < 6; i++, left /= 3) {
                ((uint8_t *)&report)[igd_test_conditions[i].field] = left % 3;
                strcat(expected, igd_test_conditions[i].lines[wants_vbios][left % 3]);
            }
            igd_test_set_row("states %u, VBIOS wanted %u: ", states, wants_vbios);
            igd_test_report(&report, expected);
        }
}

// Each set of what can be found beyond the conditions.
static void
what_is_found_beyond_the_conditions_is_listed_in_one_line(void **state)
{
    static const struct {
        size_t field;
        const char *words;
    } beyond[] = {
        { offsetof(struct igd_report, bars_low), "BARs kept low" },
        { offsetof(struct igd_report, rom_other), "VBIOS of another family" },
        { offsetof(struct igd_report, rom_used), "VBIOS used before" },
        { offsetof(struct igd_report, gtt_rewrites), "QEMU rewrites the GTT" },
        { offsetof(struct igd_report, bgsm), "host's BGSM" },
        { offsetof(struct igd_report, dbuf), "DBUF left on" },
    };
    unsigned set, i;
    (void)state;
    for (set = 0; set < 1 << IGD_TEST_COUNT(beyond); set++) {
        char expected[256] = "";
        struct igd_report report;
        const char *got;
        memset(&report, 0, sizeof(report));
        for (i = 0; i < IGD_TEST_COUNT(beyond); i++)
            if (set >> i & 1) {
                ((uint8_t *)&report)[beyond[i].field] = 1;
                strcat(strcat(expected, *expected ? ", " : "igd: + "), beyond[i].words);
            }
        strcat(expected, *expected ? "\n" : "");
        igd_test_set_row("set 0x%x: ", set);
        igd_test_start_text();
        igd_print_report(&report, igd_test_print);
        got = strstr(igd_test_text, "igd: +");
        if (strcmp(expected, got ? got : ""))
            fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, expected, got ? got : "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(what_is_known_starts_with_not_tried),
        IGD_TEST(nothing_but_an_igd_is_a_report_of_what_is_not_tried),
        IGD_TEST(a_machine_as_igd_assign_wants_it_has_all_ok),
        IGD_TEST(a_machine_that_misses_all_is_told_each_cure),
        IGD_TEST(a_machine_that_wants_no_vbios_misses_nothing_that_a_vbios_needs),
        IGD_TEST(each_condition_has_its_line_whatever_the_others_are),
        IGD_TEST(what_is_found_beyond_the_conditions_is_listed_in_one_line),
    };
    return igd_test_run("igd_report", tests);
}
