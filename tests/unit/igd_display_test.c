// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_display.c: who is the boot display, and what follows for the others.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// What must be planned, and the one finding.
struct igd_test_plan {
    int primary, silence_others, open_other, wants_vbios;
    uint8_t code; // 0: none
};

static const struct igd_device igd_test_hosts_lpc = { 0x00f8, 0x8086, 0xa305, 0x0601 };
static const struct igd_device igd_test_ich9 = { 0x00f8, 0x8086, 0x2918, 0x0601 };
static const struct igd_device igd_test_ahci = { 0x00fa, 0x8086, 0x2922, 0x0106 };
static const struct igd_device igd_test_none = { 0x00fa, 0xffff, 0xffff, 0xffff };

static void
igd_test_display(const struct igd_display_snapshot *in, const struct igd_test_plan *expected,
                 const char *reason)
{
    struct igd_findings found = { .count = 0 };
    struct igd_display plan;
    igd_test_set_row("%04x, bdf %04x, class %04x, ROM %u, wish %d, others %u, veto %u, LPC %04x, "
                     "any %u, 1f.2 %04x (%s): ", in->device.device, in->device.bdf,
                     in->device.class_code, in->has_rom, in->wish, in->others, in->no_vbios,
                     in->lpc.device, in->any_lpc, in->pm.vendor, reason);
    memset(&plan, 0xa5, sizeof(plan));
    igd_plan_display(in, &plan, &found);
    igd_test_equal(expected->primary, plan.primary, "primary");
    igd_test_equal(expected->silence_others, plan.silence_others, "silence_others");
    igd_test_equal(expected->open_other, plan.open_other, "open_other");
    igd_test_equal(expected->wants_vbios, plan.wants_vbios, "wants_vbios");
    if (!expected->code)
        igd_test_no_findings(&found);
    else if (expected->code == IGD_NOTE_ROM_UNUSED)
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_ROM_UNUSED, in->device.bdf,
                                                   in->device.class_code));
    else if (expected->code == IGD_ERR_ROM_LPC)
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_ROM_LPC, in->lpc.device,
                                                   in->device.device));
    else
        igd_test_findings(&found, IGD_TEST_FINDING(expected->code, 0, 0));
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
        { ELSEWHERE, VGA, 1, 1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED },
          "but not elsewhere, where it has no stolen memory" },
        { ELSEWHERE, VGA, 0, 1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_NO_ROM }, "with or without a ROM" },
        { ELSEWHERE, VGA, 1, 1, 1, 2, { 0, 0, 1, 1, 0 }, "another display shows what happens" },
        { HERE, OTHER, 1, 1, 0, 0, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED },
          "nor for another class" },
        { HERE, OTHER, 0, 1, 1, 0, { 0, 0, 1, 1, 0 }, "whatever is there" },
        { HERE, VGA, 1, 1, 0, 1, { 0, 0, 0, 1, 0 }, "nor if no VBIOS may run" },
        { HERE, VGA, 0, 1, 1, 1, { 0, 0, 1, 1, 0 }, "nor then without a ROM" },
        // The user wants it not to be.
        { HERE, VGA, 1, 0, 0, 0, { 0, 0, 0, 0, 0 }, "who wants no VBIOS needs no note" },
        { HERE, VGA, 1, 0, 1, 0, { 0, 0, 1, 0, 0 }, "the other device is the boot display" },
        { HERE, VGA, 0, 0, 0, 0, { 0, 0, 0, 0, 0 }, "nor of a missing ROM" },
        { ELSEWHERE, OTHER, 1, 0, 0, 0, { 0, 0, 0, 0, 0 }, "nor of the address and class" },
        // Neither QEMU nor GMS tells of stolen memory.
        { HERE, VGA, 1, -1, 0, 2, { 0, 0, 0, 1, IGD_ERR_ROM_NO_STOLEN }, "a VBIOS needs it" },
        { HERE, VGA, 1, -1, 1, 2, { 0, 0, 1, 1, IGD_ERR_ROM_NO_STOLEN }, "also with others" },
        { HERE, VGA, 1, 1, 0, 2, { 0, 0, 0, 1, IGD_ERR_ROM_NO_STOLEN }, "whoever wishes for it" },
        { HERE, VGA, 1, 0, 0, 2, { 0, 0, 0, 0, 0 }, "but nobody wants this one" },
        { HERE, VGA, 0, -1, 0, 2, { 0, 0, 0, 0, IGD_NOTE_NO_ROM }, "and here there is none" },
        { HERE, VGA, 0, 1, 0, 2, { 0, 0, 0, 1, IGD_NOTE_NO_ROM }, "whoever wishes" },
        { HERE, OTHER, 1, -1, 0, 2, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED }, "another reason" },
        { ELSEWHERE, VGA, 1, -1, 0, 2, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED }, "likewise" },
        { ELSEWHERE, VGA, 1, 1, 0, 2, { 0, 0, 0, 1, IGD_NOTE_ROM_UNUSED }, "likewise" },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        const struct igd_display_snapshot in = {
            .device = { cases[i].bdf, 0x8086, 0x3e92, cases[i].class_code },
            .wish = cases[i].wish, .has_rom = cases[i].has_rom, .others = cases[i].others,
            .no_vbios = cases[i].no_vbios, .lpc = igd_test_hosts_lpc, .pm = igd_test_ahci,
        };
        igd_test_display(&in, &cases[i].plan, cases[i].reason);
    }
}

// What is at 00:1f.0 and 00:1f.2, for a VBIOS that else could run.
static void
a_vbios_runs_only_with_the_devices_that_it_needs(void **state)
{
    static const struct {
        uint16_t id;
        const struct igd_device *lpc, *pm;
        int any_lpc, primary;
        uint8_t code;
        const char *reason;
    } cases[] = {
        { 0x3e92, &igd_test_hosts_lpc, &igd_test_ahci, 0, 1, 0, "all that it needs" },
        { 0x3e92, &igd_test_ich9, &igd_test_ahci, 0, 0, IGD_ERR_ROM_LPC, "it would hang" },
        { 0x3e92, &igd_test_none, &igd_test_ahci, 0, 0, IGD_ERR_ROM_LPC, "it would hang, too" },
        { 0x3e92, &igd_test_ich9, &igd_test_ahci, 1, 1, 0, "the user wants it to run" },
        { 0x3e92, &igd_test_none, &igd_test_none, 1, 1, IGD_WARN_ROM_PM_TIMER, "likewise" },
        { 0x3e92, &igd_test_hosts_lpc, &igd_test_none, 0, 1, IGD_WARN_ROM_PM_TIMER, "some hang" },
        { 0x5a84, &igd_test_none, &igd_test_none, 0, 1, IGD_WARN_ROM_PM_TIMER, "Gen9, any LPC" },
        { 0x5a84, &igd_test_none, &igd_test_ahci, 0, 1, 0, "with the other" },
        { 0x1616, &igd_test_ich9, &igd_test_none, 0, 0, IGD_ERR_ROM_LPC, "Broadwell" },
        { 0x1616, &igd_test_hosts_lpc, &igd_test_none, 0, 1, 0, "which looks at 1f.0" },
        { 0x0a16, &igd_test_ich9, &igd_test_none, 0, 0, IGD_ERR_ROM_LPC, "Haswell ULT" },
        { 0x0412, &igd_test_ich9, &igd_test_none, 0, 1, 0, "another Haswell" },
        { 0x0162, &igd_test_none, &igd_test_none, 0, 1, 0, "Ivy Bridge" },
        { 0x5a40, &igd_test_none, &igd_test_none, 0, 1, 0, "Gen10" },
        { 0x9a49, &igd_test_none, &igd_test_none, 0, 1, 0, "Gen12" },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        const struct igd_display_snapshot in = {
            .device = { 0x0010, 0x8086, cases[i].id, 0x0300 }, .wish = -1, .has_rom = 1,
            .any_lpc = cases[i].any_lpc, .lpc = *cases[i].lpc, .pm = *cases[i].pm,
        };
        const struct igd_test_plan plan = { cases[i].primary, cases[i].primary, 0, 1,
                                            cases[i].code };
        igd_test_display(&in, &plan, cases[i].reason);
    }
}

// Worked out from igd.h's words, by cases instead of conditions. needs_lpc: the VBIOS would hang
// with the LPC bridge that is there; warns: some VBIOSes hang for want of a PM timer.
static struct igd_test_plan
igd_test_expect(const struct igd_display_snapshot *in, int needs_lpc, int warns)
{
    struct igd_test_plan plan = { 0, 0, 0, 0, 0 };
    int can_be = in->device.bdf == 0x0010 && in->device.class_code == 0x0300, may_run = 1;
    int is_asked = in->wish == 1 || (in->wish == -1 && in->has_rom);
    int is_tried = is_asked && can_be && in->has_rom;
    plan.wants_vbios = is_asked;
    if (in->no_vbios == IGD_VETO_REFUSED) {
        may_run = 0;
    } else if (in->no_vbios == IGD_VETO_UNKNOWN) {
        may_run = 0;
        plan.code = is_tried ? IGD_ERR_ROM_NO_STOLEN : 0;
    } else if (is_tried && needs_lpc) {
        may_run = 0;
        plan.code = IGD_ERR_ROM_LPC;
    } else if (is_tried && warns) {
        plan.code = IGD_WARN_ROM_PM_TIMER;
    }
    plan.primary = is_asked && can_be && may_run;
    if (plan.primary)
        plan.silence_others = 1;
    else if (in->others)
        plan.open_other = 1;
    // A dark screen is explained unless its reason is known.
    if (!in->others && in->no_vbios != IGD_VETO_REFUSED && in->wish) {
        if (!in->has_rom)
            plan.code = IGD_NOTE_NO_ROM;
        else if (!is_tried)
            plan.code = IGD_NOTE_ROM_UNUSED;
    }
    return plan;
}

// All combinations of what a device, its VBIOS and the two devices may be.
static void
igd_test_combinations(struct igd_display_snapshot *in, int host_lpc, int is_gen9)
{
    unsigned bits;
    int wish;
    for (bits = 0; bits < 1 << 5; bits++)
        for (in->no_vbios = 0; in->no_vbios <= IGD_VETO_UNKNOWN; in->no_vbios++)
            for (wish = -1; wish <= 1; wish++) {
                struct igd_test_plan plan;
                in->wish = wish;
                in->has_rom = bits & 1;
                in->others = bits >> 1 & 1;
                in->any_lpc = bits >> 2 & 1;
                in->lpc = bits >> 3 & 1 ? igd_test_hosts_lpc : igd_test_ich9;
                in->pm = bits >> 4 & 1 ? igd_test_ahci : igd_test_none;
                plan = igd_test_expect(in, host_lpc && !in->any_lpc && !(bits >> 3 & 1),
                                       is_gen9 && !(bits >> 4 & 1));
                igd_test_display(in, &plan, "by the rules");
            }
}

static void
each_combination_is_planned_by_the_rules(void **state)
{
    static const uint16_t bdfs[] = { 0x0010, 0x0000, 0x0011, 0x0018, 0x0110, 0x8010 };
    static const uint16_t classes[] = { 0x0300, 0x0380, 0x0301, 0x0000 };
    static const struct {
        uint16_t id;
        int host_lpc, is_gen9;
    } devices[] = { { 0x3e92, 1, 1 }, { 0x3184, 0, 1 }, { 0x1616, 1, 0 }, { 0x0412, 0, 0 },
                    { 0x9a49, 0, 0 } };
    unsigned i, j, k;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++)
        for (j = 0; j < IGD_TEST_COUNT(classes); j++)
            for (k = 0; k < IGD_TEST_COUNT(devices); k++) {
                struct igd_display_snapshot in = {
                    .device = { bdfs[i], 0x8086, devices[k].id, classes[j] },
                };
                igd_test_combinations(&in, devices[k].host_lpc, devices[k].is_gen9);
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
            .lpc = igd_test_hosts_lpc, .pm = igd_test_ahci,
        };
        struct igd_test_plan plan = igd_test_expect(&in, 0, 0);
        igd_test_display(&in, &plan, "by the rules");
        in.device = (struct igd_device){ 0x0010, 0x8086, 0x3e92, i };
        plan = igd_test_expect(&in, 0, 0);
        igd_test_display(&in, &plan, "by the rules");
        // With these two devices its id does not matter.
        in.device = (struct igd_device){ 0x0010, 0x8086, i, 0x0300 };
        plan = igd_test_expect(&in, 0, 0);
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
        IGD_TEST(a_vbios_runs_only_with_the_devices_that_it_needs),
        IGD_TEST(each_combination_is_planned_by_the_rules),
        IGD_TEST(the_address_and_the_class_are_just_these),
        IGD_TEST(a_trial_of_legacy_vga_proves_something_only_without_other_devices),
    };
    return igd_test_run("igd_display", tests);
}
