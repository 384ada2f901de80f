// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_display.c: who is the boot display, and what follows for the others.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// What must be planned, and the note.
struct igd_test_plan {
    int primary, silence_others, open_other, wants_vbios;
    uint8_t note; // 0: none
};

static void
igd_test_display(const struct igd_display_snapshot *in, const struct igd_test_plan *expected,
                 const char *reason)
{
    struct igd_findings found = { .count = 0 };
    struct igd_display plan;
    igd_test_set_row("bdf %04x, class %04x, ROM %u, wish %d, others %u, no VBIOS %u (%s): ",
                     in->device.bdf, in->device.class_code, in->has_rom, in->wish, in->others,
                     in->no_vbios, reason);
    memset(&plan, 0xa5, sizeof(plan));
    igd_plan_display(in, &plan, &found);
    igd_test_equal(expected->primary, plan.primary, "primary");
    igd_test_equal(expected->silence_others, plan.silence_others, "silence_others");
    igd_test_equal(expected->open_other, plan.open_other, "open_other");
    igd_test_equal(expected->wants_vbios, plan.wants_vbios, "wants_vbios");
    if (!expected->note)
        igd_test_no_findings(&found);
    else if (expected->note == IGD_NOTE_NO_ROM)
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_ROM, 0, 0));
    else
        igd_test_findings(&found, IGD_TEST_FINDING(expected->note, in->device.bdf,
                                                   in->device.class_code));
}

// The cases that a user meets.
static void
the_display_is_planned_for_its_reason(void **state)
{
    enum { VGA = 0x0300, OTHER = 0x0380, HERE = 0x0010, ELSEWHERE = 0x0018 };
    static const struct {
        uint16_t bdf, class_code;
        int has_rom, wish, others, no_vbios;
        struct igd_test_plan plan;
        const char *reason;
    } cases[] = {
        { HERE, VGA, 1, -1, 0, 0, { 1, 1, 0, 1, 0 },
          "a VBIOS can drive it, so it is the boot display" },
        { HERE, VGA, 1, -1, 2, 0, { 1, 1, 0, 1, 0 }, "also before other VGA devices" },
        { HERE, VGA, 1, -1, 0, 1, { 0, 0, 0, 1, 0 },
          "no VBIOS may run; the refusal of stolen memory has its own line" },
        { HERE, VGA, 1, -1, 1, 1, { 0, 0, 1, 1, 0 }, "so the other device is the boot display" },
        { HERE, VGA, 0, -1, 0, 0, { 0, 0, 0, 0, IGD_NOTE_NO_ROM },
          "without an option ROM the screen is dark" },
        { HERE, VGA, 0, -1, 1, 0, { 0, 0, 1, 0, 0 }, "but another display shows what happens" },
        { HERE, OTHER, 1, -1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED },
          "no VBIOS drives another class" },
        { HERE, OTHER, 1, -1, 1, 0, { 0, 0, 1, 1, 0 }, "but another display shows what happens" },
        { ELSEWHERE, VGA, 1, -1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED },
          "no VBIOS drives it elsewhere" },
        { ELSEWHERE, VGA, 1, -1, 1, 0, { 0, 0, 1, 1, 0 }, "but another display shows it" },
        // The user wants the IGD to be the boot display.
        { HERE, VGA, 1, 1, 1, 0, { 1, 1, 0, 1, 0 }, "as it would be without the wish" },
        { HERE, VGA, 0, 1, 0, 0, { 1, 1, 0, 1, IGD_NOTE_NO_ROM },
          "legacy VGA is routed to it, but nothing shows it" },
        { HERE, VGA, 0, 1, 1, 0, { 1, 1, 0, 1, 0 }, "also before another one" },
        { ELSEWHERE, VGA, 1, 1, 0, 0, { 1, 1, 0, 1, 0 }, "the wish decides for any address" },
        { ELSEWHERE, VGA, 0, 1, 0, 0, { 1, 1, 0, 1, IGD_NOTE_NO_ROM }, "with or without a ROM" },
        { HERE, OTHER, 1, 1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED },
          "but not for another class" },
        { HERE, OTHER, 0, 1, 1, 0, { 0, 0, 1, 1, 0 }, "whatever is there" },
        { HERE, VGA, 1, 1, 0, 1, { 0, 0, 0, 1, 0 }, "nor if no VBIOS may run" },
        { HERE, VGA, 0, 1, 1, 1, { 0, 0, 1, 1, 0 }, "nor then without a ROM" },
        // The user wants it not to be.
        { HERE, VGA, 1, 0, 0, 0, { 0, 0, 0, 0, 0 }, "who wants no VBIOS needs no note" },
        { HERE, VGA, 1, 0, 1, 0, { 0, 0, 1, 0, 0 }, "the other device is the boot display" },
        { HERE, VGA, 0, 0, 0, 0, { 0, 0, 0, 0, 0 }, "nor of a missing ROM" },
        { ELSEWHERE, OTHER, 1, 0, 0, 0, { 0, 0, 0, 0, 0 }, "nor of the address and class" },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        const struct igd_display_snapshot in = {
            .device = { cases[i].bdf, 0x8086, 0x3e92, cases[i].class_code },
            .wish = cases[i].wish, .has_rom = cases[i].has_rom, .others = cases[i].others,
            .no_vbios = cases[i].no_vbios,
        };
        igd_test_display(&in, &cases[i].plan, cases[i].reason);
    }
}

// Worked out from igd.h's words, by cases instead of conditions.
static struct igd_test_plan
igd_test_expect(int is_vga, int is_here, int has_rom, int wish, int others, int no_vbios)
{
    struct igd_test_plan plan = { 0, 0, 0, 0, 0 };
    int may_be_primary = is_vga && !no_vbios;
    switch (wish) {
    case 1:
        plan.wants_vbios = 1;
        plan.primary = may_be_primary;
        break;
    case 0:
        break;
    default:
        plan.wants_vbios = has_rom;
        plan.primary = may_be_primary && has_rom && is_here;
    }
    if (plan.primary)
        plan.silence_others = 1;
    else if (others)
        plan.open_other = 1;
    // A dark screen is explained unless its reason is known.
    if (!others && !no_vbios && wish) {
        if (!has_rom)
            plan.note = IGD_NOTE_NO_ROM;
        else if (!plan.primary)
            plan.note = IGD_NOTE_ROM_UNUSED;
    }
    return plan;
}

static void
each_combination_is_planned_by_the_rules(void **state)
{
    static const uint16_t bdfs[] = { 0x0010, 0x0000, 0x0011, 0x0018, 0x0110, 0x8010 };
    static const uint16_t classes[] = { 0x0300, 0x0380, 0x0301, 0x0000 };
    static const uint8_t others[] = { 0, 1, 2, 255 };
    unsigned i, j, k, has_rom, no_vbios;
    int wish;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++)
        for (j = 0; j < IGD_TEST_COUNT(classes); j++)
            for (k = 0; k < IGD_TEST_COUNT(others); k++)
                for (has_rom = 0; has_rom <= 1; has_rom++)
                    for (no_vbios = 0; no_vbios <= 1; no_vbios++)
                        for (wish = -1; wish <= 1; wish++) {
                            const struct igd_display_snapshot in = {
                                .device = { bdfs[i], 0x8086, 0x3e92, classes[j] },
                                .wish = wish, .has_rom = has_rom, .others = others[k],
                                .no_vbios = no_vbios,
                            };
                            const struct igd_test_plan plan = igd_test_expect(
                                j == 0, i == 0, has_rom, wish, others[k], no_vbios);
                            igd_test_display(&in, &plan, "by the rules");
                        }
}

static void
the_address_and_the_class_are_just_these(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_display_snapshot in = {
            .device = { i, 0x8086, 0x3e92, 0x0300 }, .wish = -1, .has_rom = 1,
        };
        struct igd_test_plan plan = igd_test_expect(1, i == 0x0010, 1, -1, 0, 0);
        igd_test_display(&in, &plan, "by the rules");
        in.device = (struct igd_device){ 0x0010, 0x8086, 0x3e92, i };
        plan = igd_test_expect(i == 0x0300, 1, 1, -1, 0, 0);
        igd_test_display(&in, &plan, "by the rules");
        // Its id does not matter.
        in.device = (struct igd_device){ 0x0010, 0x8086, i, 0x0300 };
        plan = igd_test_expect(1, 1, 1, -1, 0, 0);
        igd_test_display(&in, &plan, "by the rules");
    }
}

static void
a_trial_of_legacy_vga_proves_something_only_without_other_devices(void **state)
{
    static const unsigned others[] = { 0, 1, 2, 255, 256, 0x10000, 0x80000000 };
    unsigned dead, i;
    (void)state;
    for (dead = 0; dead < 0x100; dead++)
        for (i = 0; i < IGD_TEST_COUNT(others); i++) {
            struct igd_findings found = { .count = 0 };
            uint8_t expected = dead ? IGD_NO : others[i] ? IGD_NOT_TRIED : IGD_YES;
            igd_test_set_row("dead 0x%x, others %u: ", dead, others[i]);
            igd_test_equal(expected, igd_judge_vga(dead, others[i], &found), "condition 5");
            if (dead)
                igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_VGA, dead, 0));
            else
                igd_test_no_findings(&found);
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(the_display_is_planned_for_its_reason),
        IGD_TEST(each_combination_is_planned_by_the_rules),
        IGD_TEST(the_address_and_the_class_are_just_these),
        IGD_TEST(a_trial_of_legacy_vga_proves_something_only_without_other_devices),
    };
    return igd_test_run("igd_display", tests);
}
