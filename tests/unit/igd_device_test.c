// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_device.c: which devices are ours, their family, and what is written to them.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// Ids first..last have one family. Ids in no range are unknown; xa84 and xa85 are Broxton
// whatever range they fall into (QEMU's igd.c tests for them first).
static const struct igd_test_range {
    uint16_t first, last;
    uint8_t gen;
    const char *name;
} igd_test_ranges[] = {
    { 0x0100, 0x013f, 6, "Sandy Bridge" },
    { 0x0140, 0x017f, 7, "Ivy Bridge" },
    { 0x0400, 0x04ff, 7, "Haswell" },
    { 0x0a00, 0x0aff, 7, "Haswell" },
    { 0x0c00, 0x0dff, 7, "Haswell" },
    { 0x0f00, 0x0fff, 7, "Bay Trail" },
    { 0x1600, 0x16ff, 8, "Broadwell" },
    { 0x1900, 0x19ff, 9, "Skylake" },
    { 0x2200, 0x22ff, 8, "Cherryview" },
    { 0x3100, 0x31ff, 9, "Gemini Lake" },
    { 0x3e00, 0x3eff, 9, "Coffee Lake" },
    { 0x4500, 0x45ff, 11, "Elkhart Lake" },
    { 0x4600, 0x46ff, 12, "Alder Lake" },
    { 0x4c00, 0x4cff, 12, "Rocket Lake" },
    { 0x4e00, 0x4eff, 11, "Jasper Lake" },
    { 0x5900, 0x59ff, 9, "Kaby Lake" },
    { 0x5a00, 0x5aff, 10, "Cannon Lake" },
    { 0x6400, 0x64ff, 20, "Lunar Lake" },
    { 0x7d00, 0x7d40, 12, "Meteor Lake" },
    { 0x7d41, 0x7d41, 12, "Arrow Lake" },
    { 0x7d42, 0x7d50, 12, "Meteor Lake" },
    { 0x7d51, 0x7d51, 12, "Arrow Lake" },
    { 0x7d52, 0x7d66, 12, "Meteor Lake" },
    { 0x7d67, 0x7d67, 12, "Arrow Lake" },
    { 0x7d68, 0x7dd0, 12, "Meteor Lake" },
    { 0x7dd1, 0x7dd1, 12, "Arrow Lake" },
    { 0x7dd2, 0x7dff, 12, "Meteor Lake" },
    { 0x8700, 0x87ff, 9, "Amber Lake" },
    { 0x8a00, 0x8aff, 11, "Ice Lake" },
    { 0x9a00, 0x9aff, 12, "Tiger Lake" },
    { 0x9b00, 0x9bff, 9, "Comet Lake" },
    { 0xa700, 0xa7ff, 12, "Raptor Lake" },
    { 0xb000, 0xb0ff, 30, "Panther Lake" },
    { 0xb640, 0xb640, 12, "Arrow Lake" },
    { 0xd700, 0xd7ff, 35, "Nova Lake" },
    { 0xfd80, 0xfd8f, 30, "Wildcat Lake" },
};

static void
igd_test_family(unsigned id, uint8_t gen, const char *name, uint8_t bdsm_reg)
{
    const struct igd_family *family = igd_family(id);
    struct igd_write write[2];
    if (!family)
        fail_msg("device %04x: expected %s, got NULL", id, name);
    if (strcmp(name, family->name))
        fail_msg("device %04x: expected %s, got %s", id, name, family->name);
    igd_test_equal(gen, family->gen, "generation of %04x", id);
    igd_test_equal(bdsm_reg == 0x5c ? 1 : 2, igd_bdsm_writes(family, 0x7f800000, write),
                   "BDSM writes to %04x", id);
    igd_test_equal(bdsm_reg, write[0].reg, "BDSM register of %04x", id);
}

static void
each_known_device_has_its_family_and_its_bdsm(void **state)
{
    static const struct {
        uint16_t id;
        uint8_t gen, bdsm_reg;
        const char *name;
    } known[] = {
        { 0x0106, 6, 0x5c, "Sandy Bridge" },
        { 0x0126, 6, 0x5c, "Sandy Bridge" },
        { 0x0152, 7, 0x5c, "Ivy Bridge" },
        { 0x0162, 7, 0x5c, "Ivy Bridge" },
        { 0x0412, 7, 0x5c, "Haswell" },
        { 0x0a16, 7, 0x5c, "Haswell" },
        { 0x0d22, 7, 0x5c, "Haswell" },
        { 0x0f31, 7, 0x5c, "Bay Trail" },
        { 0x1616, 8, 0x5c, "Broadwell" },
        { 0x22b0, 8, 0x5c, "Cherryview" },
        { 0x1912, 9, 0x5c, "Skylake" },
        { 0x5912, 9, 0x5c, "Kaby Lake" },
        { 0x87c0, 9, 0x5c, "Amber Lake" },
        { 0x3e92, 9, 0x5c, "Coffee Lake" },
        { 0x9bc8, 9, 0x5c, "Comet Lake" },
        { 0x3184, 9, 0x5c, "Gemini Lake" },
        { 0x0a84, 9, 0x5c, "Broxton" },
        { 0x0a85, 9, 0x5c, "Broxton" },
        { 0x1a84, 9, 0x5c, "Broxton" },
        { 0x1a85, 9, 0x5c, "Broxton" },
        { 0x5a84, 9, 0x5c, "Broxton" },
        { 0x5a85, 9, 0x5c, "Broxton" },
        { 0x5a40, 10, 0x5c, "Cannon Lake" },
        { 0x8a52, 11, 0xc0, "Ice Lake" },
        { 0x4555, 11, 0xc0, "Elkhart Lake" },
        { 0x4e61, 11, 0xc0, "Jasper Lake" },
        { 0x9a49, 12, 0xc0, "Tiger Lake" },
        { 0x4c8a, 12, 0xc0, "Rocket Lake" },
        { 0x4680, 12, 0xc0, "Alder Lake" },
        { 0x46d1, 12, 0xc0, "Alder Lake" },
        { 0xa780, 12, 0xc0, "Raptor Lake" },
        { 0xa7a0, 12, 0xc0, "Raptor Lake" },
        { 0x7d55, 12, 0xc0, "Meteor Lake" },
        { 0x7d45, 12, 0xc0, "Meteor Lake" },
        { 0x7d41, 12, 0xc0, "Arrow Lake" },
        { 0x7d51, 12, 0xc0, "Arrow Lake" },
        { 0x7dd1, 12, 0xc0, "Arrow Lake" },
        { 0x7d67, 12, 0xc0, "Arrow Lake" },
        { 0xb640, 12, 0xc0, "Arrow Lake" },
        { 0x64a0, 20, 0xc0, "Lunar Lake" },
        { 0xb080, 30, 0xc0, "Panther Lake" },
        { 0xfd80, 30, 0xc0, "Wildcat Lake" },
        { 0xd740, 35, 0xc0, "Nova Lake" },
        { 0xd750, 35, 0xc0, "Nova Lake" },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(known); i++) {
        igd_test_family(known[i].id, known[i].gen, known[i].name, known[i].bdsm_reg);
        if (!igd_family(known[i].id)->mask)
            fail_msg("device %04x: expected a mask, got 0", known[i].id);
    }
}

static void
an_unknown_id_gets_the_newest_generation_and_mask_0(void **state)
{
    static const uint16_t unknown[] = { 0x0000, 0x0042, 0x00ff, 0x0180, 0x01ff, 0x0500, 0x0b00,
                                        0x0e00, 0x1000, 0x2e32, 0x4905, 0x56a0, 0xb641, 0xd6ff,
                                        0xd800, 0xe20b, 0xfd7f, 0xfd90, 0xffff };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(unknown); i++) {
        igd_test_family(unknown[i], 35, "unknown", 0xc0);
        igd_test_equal(0, igd_family(unknown[i])->mask, "mask of %04x", unknown[i]);
    }
}

static void
all_65536_ids_have_the_family_of_their_range(void **state)
{
    unsigned id, i;
    (void)state;
    for (id = 0; id < 0x10000; id++) {
        const struct igd_test_range *range = NULL;
        const struct igd_family *family = igd_family(id);
        for (i = 0; i < IGD_TEST_COUNT(igd_test_ranges); i++)
            if (id >= igd_test_ranges[i].first && id <= igd_test_ranges[i].last)
                range = &igd_test_ranges[i];
        if ((id & 0xffe) == 0xa84)
            igd_test_family(id, 9, "Broxton", 0x5c);
        else if (range)
            igd_test_family(id, range->gen, range->name, range->gen < 11 ? 0x5c : 0xc0);
        else
            igd_test_family(id, 35, "unknown", 0xc0);
        igd_test_equal(range || (id & 0xffe) == 0xa84, !!family->mask, "%04x has a mask", id);
        igd_test_equal(family->id, id & family->mask, "bits of %04x under its mask", id);
        assert_non_null(memchr(family->name, 0, sizeof(family->name)));
    }
}

static void
bdsm_is_one_dword_at_5c_up_to_gen10(void **state)
{
    static const uint32_t addrs[] = { 0x00100000, 0x3e700000, 0x7f800000, 0x80000000,
                                      0xfff00000 };
    static const uint16_t ids[] = { 0x0106, 0x0162, 0x1616, 0x1912, 0x5a40 };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ids); i++)
        for (j = 0; j < IGD_TEST_COUNT(addrs); j++) {
            struct igd_write write[2];
            memset(write, 0xa5, sizeof(write));
            igd_test_equal(1, igd_bdsm_writes(igd_family(ids[i]), addrs[j], write),
                           "writes to %04x", ids[i]);
            igd_test_equal(0x5c, write[0].reg, "register of %04x", ids[i]);
            igd_test_equal(addrs[j], write[0].value, "value for %04x", ids[i]);
            igd_test_equal(0xfff00000, write[0].mask, "mask for %04x", ids[i]);
            igd_test_equal(0xa5, write[1].reg, "second register of %04x, not to be filled",
                           ids[i]);
        }
}

static void
a_second_dword_is_written_for_gen11_and_newer(void **state)
{
    static const uint32_t addrs[] = { 0x00100000, 0x3e700000, 0x7f800000, 0x80000000,
                                      0xfff00000 };
    static const uint16_t ids[] = { 0x8a52, 0x4e61, 0x9a49, 0x7d55, 0x64a0, 0xb080, 0xd740,
                                    0xffff };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ids); i++)
        for (j = 0; j < IGD_TEST_COUNT(addrs); j++) {
            struct igd_write write[2];
            memset(write, 0xa5, sizeof(write));
            igd_test_equal(2, igd_bdsm_writes(igd_family(ids[i]), addrs[j], write),
                           "writes to %04x", ids[i]);
            igd_test_equal(0xc0, write[0].reg, "register of %04x", ids[i]);
            igd_test_equal(addrs[j], write[0].value, "value for %04x", ids[i]);
            igd_test_equal(0xfff00000, write[0].mask, "mask for %04x", ids[i]);
            igd_test_equal(0xc4, write[1].reg, "upper register of %04x", ids[i]);
            igd_test_equal(0, write[1].value, "upper value for %04x", ids[i]);
            igd_test_equal(0xffffffff, write[1].mask, "upper mask for %04x", ids[i]);
        }
}

static void
asls_is_the_whole_dword_at_fc(void **state)
{
    static const uint32_t addrs[] = { 0x00001000, 0x3e6fe000, 0x7ffff000, 0xfffff000 };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(addrs); i++) {
        struct igd_write write;
        memset(&write, 0xa5, sizeof(write));
        igd_asls_write(addrs[i], &write);
        igd_test_equal(0xfc, write.reg, "register");
        igd_test_equal(addrs[i], write.value, "value");
        igd_test_equal(0xffffffff, write.mask, "mask");
    }
}

static void
only_classes_0300_and_0380_are_displays(void **state)
{
    unsigned class;
    (void)state;
    for (class = 0; class < 0x10000; class++) {
        struct igd_device device = { 0x0010, 0x8086, 0x1912, class };
        igd_test_equal(class == 0x0300 || class == 0x0380, igd_is_display(&device),
                       "8086 of class %04x is a display", class);
    }
}

static void
only_vendor_8086_is_ours(void **state)
{
    unsigned vendor;
    (void)state;
    for (vendor = 0; vendor < 0x10000; vendor++) {
        struct igd_device vga = { 0x0010, vendor, 0x1912, 0x0300 };
        struct igd_device other = { 0x0010, vendor, 0xa780, 0x0380 };
        igd_test_equal(vendor == 0x8086, igd_is_display(&vga), "VGA of vendor %04x", vendor);
        igd_test_equal(vendor == 0x8086, igd_is_display(&other), "0380 of vendor %04x", vendor);
    }
}

static void
any_address_and_any_id_is_a_display(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device elsewhere = { i, 0x8086, 0x1912, 0x0300 };
        struct igd_device unknown = { 0x0010, 0x8086, i, 0x0380 };
        igd_test_equal(1, igd_is_display(&elsewhere), "display at bdf %04x", i);
        igd_test_equal(1, igd_is_display(&unknown), "display of id %04x", i);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(each_known_device_has_its_family_and_its_bdsm),
        IGD_TEST(an_unknown_id_gets_the_newest_generation_and_mask_0),
        IGD_TEST(all_65536_ids_have_the_family_of_their_range),
        IGD_TEST(bdsm_is_one_dword_at_5c_up_to_gen10),
        IGD_TEST(a_second_dword_is_written_for_gen11_and_newer),
        IGD_TEST(asls_is_the_whole_dword_at_fc),
        IGD_TEST(only_classes_0300_and_0380_are_displays),
        IGD_TEST(only_vendor_8086_is_ours),
        IGD_TEST(any_address_and_any_id_is_a_display),
    };
    return cmocka_run_group_tests_name("igd_device", tests, NULL, NULL);
}
