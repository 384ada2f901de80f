// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_device.c: which devices are ours, their family, what is written to them, which
// machine they are in, what igd-assign asks of both, which is the boot display, and what a user's
// switch says.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// Ids first..last have one family. Ids in no range are unknown; xa84 and xa85 are Broxton
// whatever range they fall into (QEMU's igd.c tests for them first). gms: how GGC has the size of
// stolen memory, by which of its stolen_size functions Linux's early-quirks.c takes for the device.
static const struct igd_test_range {
    uint16_t first, last;
    uint8_t gen, gms;
    const char *name;
} igd_test_ranges[] = {
    { 0x0100, 0x013f, 6, IGD_GMS_GEN6, "Sandy Bridge" },
    { 0x0140, 0x017f, 7, IGD_GMS_GEN6, "Ivy Bridge" },
    { 0x0400, 0x04ff, 7, IGD_GMS_GEN6, "Haswell" },
    { 0x0a00, 0x0aff, 7, IGD_GMS_GEN6, "Haswell" },
    { 0x0c00, 0x0dff, 7, IGD_GMS_GEN6, "Haswell" },
    { 0x0f00, 0x0fff, 7, IGD_GMS_GEN6, "Bay Trail" },
    { 0x1600, 0x16ff, 8, IGD_GMS_GEN8, "Broadwell" },
    { 0x1900, 0x19ff, 9, IGD_GMS_GEN9, "Skylake" },
    { 0x2200, 0x22ff, 8, IGD_GMS_CHV, "Cherryview" },
    { 0x3100, 0x31ff, 9, IGD_GMS_GEN9, "Gemini Lake" },
    { 0x3e00, 0x3eff, 9, IGD_GMS_GEN9, "Coffee Lake" },
    { 0x4500, 0x45ff, 11, IGD_GMS_GEN9, "Elkhart Lake" },
    { 0x4600, 0x46ff, 12, IGD_GMS_GEN9, "Alder Lake" },
    { 0x4c00, 0x4cff, 12, IGD_GMS_GEN9, "Rocket Lake" },
    { 0x4e00, 0x4eff, 11, IGD_GMS_GEN9, "Jasper Lake" },
    { 0x5900, 0x59ff, 9, IGD_GMS_GEN9, "Kaby Lake" },
    { 0x5a00, 0x5aff, 10, IGD_GMS_GEN9, "Cannon Lake" },
    { 0x6400, 0x64ff, 20, IGD_GMS_GEN9, "Lunar Lake" },
    { 0x7d00, 0x7dff, 12, IGD_GMS_GEN9, "Meteor Lake" },
    { 0x8700, 0x87ff, 9, IGD_GMS_GEN9, "Amber Lake" },
    { 0x8a00, 0x8aff, 11, IGD_GMS_GEN9, "Ice Lake" },
    { 0x9a00, 0x9aff, 12, IGD_GMS_GEN9, "Tiger Lake" },
    { 0x9b00, 0x9bff, 9, IGD_GMS_GEN9, "Comet Lake" },
    { 0xa700, 0xa7ff, 12, IGD_GMS_GEN9, "Raptor Lake" },
    { 0xb000, 0xb0ff, 30, IGD_GMS_GEN9, "Panther Lake" },
    { 0xb640, 0xb640, 12, IGD_GMS_GEN9, "Meteor Lake" },
    { 0xd700, 0xd7ff, 35, IGD_GMS_GEN9, "Nova Lake" },
    { 0xfd80, 0xfd8f, 30, IGD_GMS_GEN9, "Wildcat Lake" },
};

// Where a name is written has its bytes and no more: ASan sees one too many.
static void
igd_test_name(const struct igd_family *family, const char *name)
{
    size_t bytes = strlen(name) + 1;
    char *got = malloc(bytes);
    assert_non_null(got);
    memset(got, 0x5c, bytes);
    igd_family_name(family, got);
    if (memcmp(name, got, bytes))
        fail_msg("%sexpected \"%s\", got \"%.*s\"", igd_test_row, name, (int)bytes, got);
    free(got);
}

static void
igd_test_family(unsigned id, uint8_t gen, const char *name, uint8_t bdsm_reg)
{
    const struct igd_family *family = igd_family(id);
    struct igd_write write[2];
    igd_test_set_row("device %04x: ", id);
    if (!family)
        fail_msg("%sexpected %s, got NULL", igd_test_row, name);
    igd_test_name(family, name);
    igd_test_equal(gen, family->gen, "generation of %04x", id);
    igd_test_equal(bdsm_reg == 0x5c ? 1 : 2, igd_bdsm_writes(family, 0x7f800000, write),
                   "BDSM writes to %04x", id);
    igd_test_equal(bdsm_reg, write[0].reg, "BDSM register of %04x", id);
    igd_test_equal(bdsm_reg, igd_bdsm_reg(family), "BDSM register of %04x alone", id);
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
        // Arrow Lake, which Linux has under Meteor Lake as well.
        { 0x7d41, 12, 0xc0, "Meteor Lake" },
        { 0x7d51, 12, 0xc0, "Meteor Lake" },
        { 0x7dd1, 12, 0xc0, "Meteor Lake" },
        { 0x7d67, 12, 0xc0, "Meteor Lake" },
        { 0xb640, 12, 0xc0, "Meteor Lake" },
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
    }
}

static void
each_id_tells_how_ggc_has_the_size_of_stolen_memory(void **state)
{
    unsigned id, i;
    (void)state;
    for (id = 0; id < 0x10000; id++) {
        uint8_t gms = IGD_GMS_GEN9;
        for (i = 0; i < IGD_TEST_COUNT(igd_test_ranges); i++)
            if (id >= igd_test_ranges[i].first && id <= igd_test_ranges[i].last
                && (id & 0xffe) != 0xa84)
                gms = igd_test_ranges[i].gms;
        igd_test_equal(gms, igd_family(id)->gms, "GMS of %04x", id);
    }
}

// With its terminator; the caller's buffer has as many.
static void
no_name_is_longer_than_16_bytes(void **state)
{
    unsigned id;
    (void)state;
    for (id = 0; id < 0x10000; id++) {
        char name[64];
        memset(name, 0x5c, sizeof(name));
        igd_family_name(igd_family(id), name);
        if (!memchr(name, 0, 16))
            fail_msg("device %04x: expected a name of 15 characters at most, got \"%.64s\"", id,
                     name);
    }
    igd_test_equal(16, IGD_NAME_BYTES, "bytes of a name");
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
        igd_test_equal(class == 0x0300 || class == 0x0380, igd_is_display(0x8086, class),
                       "8086 of class %04x is a display", class);
    }
}

static void
only_vendor_8086_is_ours(void **state)
{
    unsigned vendor;
    (void)state;
    for (vendor = 0; vendor < 0x10000; vendor++) {
        igd_test_equal(vendor == 0x8086, igd_is_display(vendor, 0x0300), "VGA of vendor %04x",
                       vendor);
        igd_test_equal(vendor == 0x8086, igd_is_display(vendor, 0x0380), "0380 of vendor %04x",
                       vendor);
    }
}

// --- The platform ---------------------------------------------------------------------------

// QEMU's pc and q35 have the host bridges 8086:1237 and 8086:29c0. "QEMU" is what fw_cfg gives for
// key 0; without fw_cfg the port reads as all ones, or zeros.
static void
qemu_has_fw_cfg_and_one_of_two_host_bridges(void **state)
{
    static const uint32_t others[] = { 0, 1, 0xffffffff, 0x51454d55, 0x00004551, 0x554d0000 };
    const uint32_t qemu = 0x554d4551;
    unsigned i, j;
    (void)state;
    igd_test_equal(0, memcmp("QEMU", (const uint8_t[]){ 0x51, 0x45, 0x4d, 0x55 }, 4),
                   "difference of \"QEMU\" from the signature's bytes");
    for (i = 0; i < 0x10000; i++) {
        igd_test_equal(i == 0x1237 || i == 0x29c0, igd_is_qemu(0x8086, i, qemu),
                       "QEMU by 8086:%04x", i);
        igd_test_equal(i == 0x8086, igd_is_qemu(i, 0x1237, qemu), "QEMU by %04x:1237", i);
        igd_test_equal(i == 0x8086, igd_is_qemu(i, 0x29c0, qemu), "QEMU by %04x:29c0", i);
        igd_test_equal(0, igd_is_qemu(0x8086, i, 0), "QEMU without fw_cfg by 8086:%04x", i);
        igd_test_equal(0, igd_is_qemu(i, 0x1237, 0), "QEMU without fw_cfg by %04x:1237", i);
    }
    for (i = 0; i < 2; i++) {
        uint16_t device = i ? 0x29c0 : 0x1237;
        for (j = 0; j < IGD_TEST_COUNT(others); j++)
            igd_test_equal(0, igd_is_qemu(0x8086, device, others[j]), "QEMU by signature 0x%x",
                           others[j]);
        for (j = 0; j < 32; j++)
            igd_test_equal(0, igd_is_qemu(0x8086, device, qemu ^ 1u << j),
                           "QEMU without bit %u of the signature", j);
    }
}

// 00:1f.0 is bdf 00f8h, an ISA bridge has class 0601h. The dword at 0 of the host bridge has its
// vendor in the low half.
static void
q35s_lpc_bridge_is_known_by_all_but_its_device_id(void **state)
{
    const struct igd_device ich9 = { 0x00f8, 0x8086, 0x2918, 0x0601 };
    const uint32_t q35 = 0x29c08086;
    uint32_t i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device device = ich9, bdf = ich9, vendor = ich9, class = ich9;
        device.device = bdf.bdf = vendor.vendor = class.class = i;
        igd_test_equal(1, igd_is_q35_lpc(&device, q35), "LPC of id %04x", i);
        igd_test_equal(i == 0x00f8, igd_is_q35_lpc(&bdf, q35), "LPC at bdf %04x", i);
        igd_test_equal(i == 0x8086, igd_is_q35_lpc(&vendor, q35), "LPC of vendor %04x", i);
        igd_test_equal(i == 0x0601, igd_is_q35_lpc(&class, q35), "LPC of class %04x", i);
        igd_test_equal(i == 0x8086, igd_is_q35_lpc(&ich9, 0x29c00000 | i), "LPC below %04x:29c0",
                       i);
        igd_test_equal(i == 0x29c0, igd_is_q35_lpc(&ich9, i << 16 | 0x8086), "LPC below 8086:%04x",
                       i);
    }
    igd_test_equal(0, igd_is_q35_lpc(&ich9, 0x808629c0), "LPC below 29c0:8086");
    igd_test_equal(0, igd_is_q35_lpc(&ich9, 0x12378086), "LPC below 8086:1237");
}

// Conditions 2 to 4. QEMU's q35 has an ICH9, 8086:2918, at 00:1f.0, its pc nothing.
static void
an_lpc_bridge_is_the_hosts_unless_it_is_qemus(void **state)
{
    const struct igd_device elsewhere = { 0x0018, 0x8086, 0x3e92, 0x0380 };
    uint32_t i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        igd_test_equal(i == 0x2918 ? 0 : IGD_FACT_LPC,
                       igd_facts(&elsewhere, i << 16 | 0x8086, 0x0601), "facts of 8086:%04x", i);
        igd_test_equal(i == 0x8086 ? IGD_FACT_LPC : 0,
                       igd_facts(&elsewhere, 0xa3050000 | i, 0x0601), "facts of %04x:a305", i);
        igd_test_equal(i == 0x0601 ? IGD_FACT_LPC : 0, igd_facts(&elsewhere, 0xa3058086, i),
                       "facts of class %04x", i);
        igd_test_equal(0, igd_facts(&elsewhere, 0x29188086, i), "facts of an ICH9 of class %04x",
                       i);
    }
    igd_test_equal(0, igd_facts(&elsewhere, 0xffffffff, 0xffff), "facts of no bridge");
    igd_test_equal(0, igd_facts(&elsewhere, 0x80862918, 0x0601), "facts of 2918:8086");
}

static void
the_igds_address_and_class_are_facts(void **state)
{
    uint32_t i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device bdf = { i, 0x8086, 0x3e92, 0x0380 };
        struct igd_device class = { 0x0018, 0x8086, 0x3e92, i };
        igd_test_equal(i == 0x0010 ? IGD_FACT_ADDRESS : 0, igd_facts(&bdf, 0x29188086, 0x0601),
                       "facts at bdf %04x", i);
        igd_test_equal(i == 0x0300 ? IGD_FACT_CLASS : 0, igd_facts(&class, 0xffffffff, 0xffff),
                       "facts of class %04x", i);
    }
}

static void
each_fact_is_seen_beside_the_others(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 8; i++) {
        struct igd_device device = { i & 2 ? 0x0010 : 0x0018, 0x8086, 0x9a49,
                                     i & 4 ? 0x0300 : 0x0380 };
        igd_test_equal((i & 1 ? IGD_FACT_LPC : 0) | (i & 2 ? IGD_FACT_ADDRESS : 0)
                           | (i & 4 ? IGD_FACT_CLASS : 0),
                       igd_facts(&device, i & 1 ? 0xa0828086 : 0x29188086, 0x0601),
                       "facts of combination %u", i);
    }
}

// --- The boot display -----------------------------------------------------------------------

static void
an_igd_is_primary_with_a_rom_as_vga_at_00_02_0(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device bdf = { i, 0x8086, 0x3e92, 0x0300 };
        struct igd_device id = { 0x0010, 0x8086, i, 0x0300 };
        struct igd_device class = { 0x0010, 0x8086, 0x3e92, i };
        igd_test_equal(i == 0x0010, igd_is_primary(&bdf, 1, -1), "primary at bdf %04x", i);
        igd_test_equal(1, igd_is_primary(&id, 1, -1), "primary of id %04x", i);
        igd_test_equal(i == 0x0300, igd_is_primary(&class, 1, -1), "primary of class %04x", i);
        igd_test_equal(0, igd_is_primary(&bdf, 0, -1), "primary without ROM at bdf %04x", i);
        igd_test_equal(0, igd_is_primary(&class, 0, -1), "primary without ROM, class %04x", i);
    }
}

static void
the_users_wish_decides_who_is_primary(void **state)
{
    static const uint16_t bdfs[] = { 0x0010, 0x0000, 0x0011, 0x0018, 0x0110 };
    static const uint16_t classes[] = { 0x0300, 0x0380 };
    unsigned i, j;
    int has_rom, wish;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++)
        for (j = 0; j < IGD_TEST_COUNT(classes); j++)
            for (has_rom = 0; has_rom <= 1; has_rom++)
                for (wish = 0; wish <= 1; wish++) {
                    struct igd_device device = { bdfs[i], 0x8086, 0x3e92, classes[j] };
                    igd_test_equal(wish && classes[j] == 0x0300,
                                   igd_is_primary(&device, has_rom, wish),
                                   "primary at bdf %04x of class %04x, ROM %d, wish %d",
                                   bdfs[i], classes[j], has_rom, wish);
                }
}

// --- Switches -------------------------------------------------------------------------------

static const struct igd_range igd_test_switch_ranges[] = {
    { 0x35, 0, 0xff }, { 0x40, 1, 16 }, { 0x51, 0, 3 }, { 0x52, 0, 1 }, { 0, 0, 0 },
    { 0, 0xff, 0xff }, { 0, 5, 5 },     { 0, 0x10, 0x9f }, { 0, 9, 8 },
};

// What strtoul() says of a text of hexadecimal digits alone, in the range; else -1.
static int
igd_test_switch(const char *text, const struct igd_range *range)
{
    unsigned long value;
    if (!*text || strspn(text, "0123456789abcdefABCDEF") != strlen(text))
        return -1;
    value = strtoul(text, NULL, 16);
    return value >= range->least && value <= range->most ? (int)value : -1;
}

// Every one there is, with each range. The text is not terminated, and ASan on guard behind it.
static void
a_switch_is_one_or_two_hexadecimal_digits_in_its_range(void **state)
{
    struct igd_test_file one = igd_test_copy((const uint8_t *)"0", 1);
    struct igd_test_file two = igd_test_copy((const uint8_t *)"00", 2);
    unsigned first, second, i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_switch_ranges); i++) {
        const struct igd_range *range = &igd_test_switch_ranges[i];
        igd_test_set_row("range %02x to %02x: ", range->least, range->most);
        for (first = 0; first < 0x100; first++) {
            char text[3] = { first, 0, 0 };
            one.bytes[0] = two.bytes[0] = first;
            igd_test_equal(igd_test_switch(text, range), igd_switch(one.bytes, 1, range),
                           "value of byte %02x", first);
            for (second = 0; second < 0x100; second++) {
                int expected;
                two.bytes[1] = text[1] = second;
                expected = second ? igd_test_switch(text, range) : -1;
                igd_test_equal(expected, igd_switch(two.bytes, 2, range),
                               "value of bytes %02x %02x", first, second);
            }
        }
    }
    igd_test_free(&one);
    igd_test_free(&two);
}

// Written out, should the C library and igd_switch() be wrong alike.
static void
a_switch_has_the_value_of_its_digits(void **state)
{
    static const struct {
        const char *text;
        int value;
    } switches[] = {
        { "0", 0 },     { "9", 9 },     { "a", 10 },    { "f", 15 },    { "A", 10 },
        { "F", 15 },    { "00", 0 },    { "01", 1 },    { "10", 16 },   { "1f", 31 },
        { "F1", 0xf1 }, { "ff", 0xff }, { "aF", 0xaf }, { "g", -1 },    { "@", -1 },
        { "G", -1 },    { "`", -1 },    { "/", -1 },    { ":", -1 },    { "-1", -1 },
        { "+1", -1 },   { " 1", -1 },   { "1 ", -1 },   { "1\n", -1 },  { "0x", -1 },
        { "x1", -1 },   { "1h", -1 },   { "", -1 },     { "001", -1 },  { "0xff", -1 },
        { "12\n", -1 }, { "1234", -1 },
    };
    static const struct igd_range any = { 0, 0, 0xff };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(switches); i++) {
        uint32_t bytes = strlen(switches[i].text);
        struct igd_test_file text = igd_test_copy((const uint8_t *)switches[i].text, bytes);
        igd_test_equal(switches[i].value, igd_switch(text.bytes, bytes, &any), "value of \"%s\"",
                       switches[i].text);
        igd_test_free(&text);
    }
}

// SeaBIOS gives a negative size for a file that is too long, or cannot be read.
static void
a_text_of_another_length_is_no_switch_and_not_read(void **state)
{
    static const int lengths[] = { -1, 0, 3, 4, -2, 0x100, 0x101, 0x102, 0x10001, 0x10002,
                                   INT32_MAX, INT32_MIN, INT32_MIN + 1, INT32_MIN + 2 };
    struct igd_test_file text = igd_test_copy(NULL, 0);
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++)
        for (j = 0; j < IGD_TEST_COUNT(igd_test_switch_ranges); j++)
            igd_test_equal(-1, igd_switch(text.bytes, lengths[i], &igd_test_switch_ranges[j]),
                           "value of %d bytes", lengths[i]);
    igd_test_free(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(each_known_device_has_its_family_and_its_bdsm),
        IGD_TEST(an_unknown_id_gets_the_newest_generation_and_mask_0),
        IGD_TEST(all_65536_ids_have_the_family_of_their_range),
        IGD_TEST(each_id_tells_how_ggc_has_the_size_of_stolen_memory),
        IGD_TEST(no_name_is_longer_than_16_bytes),
        IGD_TEST(bdsm_is_one_dword_at_5c_up_to_gen10),
        IGD_TEST(a_second_dword_is_written_for_gen11_and_newer),
        IGD_TEST(asls_is_the_whole_dword_at_fc),
        IGD_TEST(only_classes_0300_and_0380_are_displays),
        IGD_TEST(only_vendor_8086_is_ours),
        IGD_TEST(qemu_has_fw_cfg_and_one_of_two_host_bridges),
        IGD_TEST(q35s_lpc_bridge_is_known_by_all_but_its_device_id),
        IGD_TEST(an_lpc_bridge_is_the_hosts_unless_it_is_qemus),
        IGD_TEST(the_igds_address_and_class_are_facts),
        IGD_TEST(each_fact_is_seen_beside_the_others),
        IGD_TEST(an_igd_is_primary_with_a_rom_as_vga_at_00_02_0),
        IGD_TEST(the_users_wish_decides_who_is_primary),
        IGD_TEST(a_switch_is_one_or_two_hexadecimal_digits_in_its_range),
        IGD_TEST(a_switch_has_the_value_of_its_digits),
        IGD_TEST(a_text_of_another_length_is_no_switch_and_not_read),
    };
    return igd_test_run("igd_device", tests);
}
