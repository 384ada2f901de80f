// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_device.c: which device is the IGD, its family, which machine it is in, and what
// igd-assign asks of both.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// Ids first..last have one family. Ids in no range are unknown; xa84 and xa85 are Broxton
// whatever range they fall into (QEMU's igd.c tests for them first). gms: how GGC has the size of
// stolen memory, by which of its stolen_size functions Linux's early-quirks.c takes for the device.
// lpc: whether VBIOSes of the range were seen to hang with an LPC bridge that is no host's.
static const struct igd_test_range {
    uint16_t first, last;
    uint8_t gen, gms, lpc;
    const char *name;
} igd_test_ranges[] = {
    { 0x0100, 0x013f, 6, IGD_GMS_GEN6, IGD_LPC_ANY, "Sandy Bridge" },
    { 0x0140, 0x017f, 7, IGD_GMS_GEN6, IGD_LPC_ANY, "Ivy Bridge" },
    { 0x0400, 0x04ff, 7, IGD_GMS_GEN6, IGD_LPC_ANY, "Haswell" },
    { 0x0a00, 0x0aff, 7, IGD_GMS_GEN6, IGD_LPC_HOST, "Haswell" },
    { 0x0c00, 0x0dff, 7, IGD_GMS_GEN6, IGD_LPC_ANY, "Haswell" },
    { 0x0f00, 0x0fff, 7, IGD_GMS_GEN6, IGD_LPC_ANY, "Bay Trail" },
    { 0x1600, 0x16ff, 8, IGD_GMS_GEN8, IGD_LPC_HOST, "Broadwell" },
    { 0x1900, 0x19ff, 9, IGD_GMS_GEN9, IGD_LPC_HOST, "Skylake" },
    { 0x2200, 0x22ff, 8, IGD_GMS_CHV, IGD_LPC_ANY, "Cherryview" },
    { 0x3100, 0x31ff, 9, IGD_GMS_GEN9, IGD_LPC_ANY, "Gemini Lake" },
    { 0x3e00, 0x3eff, 9, IGD_GMS_GEN9, IGD_LPC_HOST, "Coffee Lake" },
    { 0x4500, 0x45ff, 11, IGD_GMS_GEN9, IGD_LPC_ANY, "Elkhart Lake" },
    { 0x4600, 0x46ff, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Alder Lake" },
    { 0x4c00, 0x4cff, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Rocket Lake" },
    { 0x4e00, 0x4eff, 11, IGD_GMS_GEN9, IGD_LPC_ANY, "Jasper Lake" },
    { 0x5900, 0x59ff, 9, IGD_GMS_GEN9, IGD_LPC_HOST, "Kaby Lake" },
    { 0x5a00, 0x5aff, 10, IGD_GMS_GEN9, IGD_LPC_ANY, "Cannon Lake" },
    { 0x6400, 0x64ff, 20, IGD_GMS_GEN9, IGD_LPC_ANY, "Lunar Lake" },
    { 0x7d00, 0x7dff, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Meteor Lake" },
    { 0x8700, 0x87ff, 9, IGD_GMS_GEN9, IGD_LPC_HOST, "Amber Lake" },
    { 0x8a00, 0x8aff, 11, IGD_GMS_GEN9, IGD_LPC_ANY, "Ice Lake" },
    { 0x9a00, 0x9aff, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Tiger Lake" },
    { 0x9b00, 0x9bff, 9, IGD_GMS_GEN9, IGD_LPC_HOST, "Comet Lake" },
    { 0xa700, 0xa7ff, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Raptor Lake" },
    { 0xb000, 0xb0ff, 30, IGD_GMS_GEN9, IGD_LPC_ANY, "Panther Lake" },
    { 0xb640, 0xb640, 12, IGD_GMS_GEN9, IGD_LPC_ANY, "Meteor Lake" },
    { 0xd700, 0xd7ff, 35, IGD_GMS_GEN9, IGD_LPC_ANY, "Nova Lake" },
    { 0xfd80, 0xfd8f, 30, IGD_GMS_GEN9, IGD_LPC_ANY, "Wildcat Lake" },
};

static void
igd_test_family(unsigned id, uint8_t gen, const char *name, uint8_t bdsm_reg)
{
    const struct igd_device device = { 0x0010, 0x8086, id, 0x0300 };
    const struct igd_family *family = igd_family(id);
    igd_test_set_row("device %04x: ", id);
    if (!family)
        fail_msg("%sexpected %s, got NULL", igd_test_row, name);
    if (strcmp(name, igd_family_name(family)))
        fail_msg("%sexpected \"%s\", got \"%s\"", igd_test_row, name, igd_family_name(family));
    igd_test_equal(gen, family->gen, "generation");
    igd_test_equal(bdsm_reg, igd_bdsm_reg(&device), "BDSM register");
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

static void
each_id_tells_which_lpc_bridge_its_vbioses_need(void **state)
{
    unsigned id, i;
    (void)state;
    for (id = 0; id < 0x10000; id++) {
        uint8_t lpc = IGD_LPC_ANY;
        for (i = 0; i < IGD_TEST_COUNT(igd_test_ranges); i++)
            if (id >= igd_test_ranges[i].first && id <= igd_test_ranges[i].last
                && (id & 0xffe) != 0xa84)
                lpc = igd_test_ranges[i].lpc;
        igd_test_equal(lpc, igd_family(id)->lpc, "LPC bridge of %04x", id);
    }
}

static void
only_classes_0300_and_0380_are_displays(void **state)
{
    unsigned class;
    (void)state;
    for (class = 0; class < 0x10000; class++) {
        const struct igd_device device = { 0x0018, 0x8086, 0x3e92, class };
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
        const struct igd_device vga = { 0x0010, vendor, 0x3e92, 0x0300 };
        const struct igd_device other = { 0x0010, vendor, 0x3e92, 0x0380 };
        igd_test_equal(vendor == 0x8086, igd_is_display(&vga), "VGA of vendor %04x", vendor);
        igd_test_equal(vendor == 0x8086, igd_is_display(&other), "0380 of vendor %04x", vendor);
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
        device.device = bdf.bdf = vendor.vendor = class.class_code = i;
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
igd_test_report(const struct igd_device *device, const struct igd_device *bridge, int lpc,
                int address, int class_vga)
{
    struct igd_report report, expected;
    memset(&report, 0, sizeof(report));
    igd_report_device(device, bridge, &report);
    igd_test_equal(lpc, igd_is_hosts_lpc(bridge), "the bridge is a host's");
    igd_test_equal(lpc ? IGD_YES : IGD_NO, report.lpc, "condition 2");
    igd_test_equal(address ? IGD_YES : IGD_NO, report.address, "condition 3");
    igd_test_equal(class_vga ? IGD_YES : IGD_NO, report.class_vga, "condition 4");
    // The others stay, also if they were set.
    memset(&report, 0xa5, sizeof(report));
    expected = report;
    igd_report_device(device, bridge, &report);
    expected.lpc = lpc ? IGD_YES : IGD_NO;
    expected.address = address ? IGD_YES : IGD_NO;
    expected.class_vga = class_vga ? IGD_YES : IGD_NO;
    if (memcmp(&expected, &report, sizeof(report)))
        fail_msg("%sexpected conditions 2 to 4 alone to be filled in, got others", igd_test_row);
}

static const struct igd_device igd_test_elsewhere = { 0x0018, 0x8086, 0x3e92, 0x0380 };
static const struct igd_device igd_test_ich9 = { 0x00f8, 0x8086, 0x2918, 0x0601 };

static void
an_lpc_bridge_is_the_hosts_unless_it_is_qemus(void **state)
{
    static const struct igd_device hosts = { 0x00f8, 0x8086, 0xa305, 0x0601 };
    static const struct igd_device none = { 0x00f8, 0xffff, 0xffff, 0xffff };
    uint32_t i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device device = hosts, vendor = hosts, class = hosts, ich9 = igd_test_ich9;
        device.device = vendor.vendor = class.class_code = ich9.class_code = i;
        igd_test_set_row("bridge with %04x: ", i);
        igd_test_report(&igd_test_elsewhere, &device, i != 0x2918, 0, 0);
        igd_test_report(&igd_test_elsewhere, &vendor, i == 0x8086, 0, 0);
        igd_test_report(&igd_test_elsewhere, &class, i == 0x0601, 0, 0);
        igd_test_report(&igd_test_elsewhere, &ich9, 0, 0, 0);
    }
    igd_test_set_row("no bridge: ");
    igd_test_report(&igd_test_elsewhere, &none, 0, 0, 0);
}

static void
the_igds_address_and_class_are_reported(void **state)
{
    uint32_t i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device bdf = igd_test_elsewhere, class = igd_test_elsewhere;
        bdf.bdf = class.class_code = i;
        igd_test_set_row("IGD with %04x: ", i);
        igd_test_report(&bdf, &igd_test_ich9, 0, i == 0x0010, 0);
        igd_test_report(&class, &igd_test_ich9, 0, 0, i == 0x0300);
    }
}

static void
each_condition_is_reported_beside_the_others(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 8; i++) {
        struct igd_device device = { i & 2 ? 0x0010 : 0x0018, 0x8086, 0x9a49,
                                     i & 4 ? 0x0300 : 0x0380 };
        struct igd_device bridge = { 0x00f8, 0x8086, i & 1 ? 0xa082 : 0x2918, 0x0601 };
        igd_test_set_row("combination %u: ", i);
        igd_test_report(&device, &bridge, i & 1, i & 2, i & 4);
    }
}

// --- Which device is the IGD ----------------------------------------------------------------

// Devices of a machine. Of vendor 0: the end of a list.
#define IGD_TEST_IGD      { 0x0010, 0x8086, 0x3e92, 0x0300 } // at 00:02.0
#define IGD_TEST_OTHER    { 0x0008, 0x8086, 0x9a49, 0x0380 } // of a known id at 00:01.0
#define IGD_TEST_THIRD    { 0x0018, 0x8086, 0x1912, 0x0300 } // of a known id at 00:03.0
#define IGD_TEST_ARC      { 0x0100, 0x8086, 0x56a0, 0x0300 } // of an unknown id at 01:00.0
#define IGD_TEST_NEW      { 0x0010, 0x8086, 0x56a0, 0x0300 } // of an unknown id at 00:02.0
#define IGD_TEST_NETWORK  { 0x0020, 0x8086, 0x10d3, 0x0200 } // Intel's, but no display
#define IGD_TEST_VGA      { 0x0010, 0x1234, 0x1111, 0x0300 } // a display, but not Intel's

static void
the_display_at_00_02_0_is_the_igd_else_the_first_one(void **state)
{
    static const struct {
        struct igd_device devices[4];
        int has_opregion;
        int is[4];          // what igd_consider() returns for each
        int igd, second;    // numbers of devices; -1: none
    } machines[] = {
        { { IGD_TEST_IGD }, 0, { 1 }, 0, -1 },
        { { IGD_TEST_OTHER }, 0, { 1 }, 0, -1 },
        { { IGD_TEST_NETWORK, IGD_TEST_VGA }, 1, { 0, 0 }, -1, -1 },
        { { IGD_TEST_VGA, IGD_TEST_NETWORK, IGD_TEST_OTHER }, 1, { 0, 0, 1 }, 2, -1 },
        // Two, in each order.
        { { IGD_TEST_IGD, IGD_TEST_OTHER }, 0, { 1, 0 }, 0, 1 },
        { { IGD_TEST_OTHER, IGD_TEST_IGD }, 0, { 1, 1 }, 1, 0 },
        { { IGD_TEST_OTHER, IGD_TEST_THIRD }, 0, { 1, 0 }, 0, 1 },
        { { IGD_TEST_THIRD, IGD_TEST_OTHER }, 0, { 1, 0 }, 0, 1 },
        // Three: the second one is the first that is not the IGD.
        { { IGD_TEST_IGD, IGD_TEST_OTHER, IGD_TEST_THIRD }, 0, { 1, 0, 0 }, 0, 1 },
        { { IGD_TEST_OTHER, IGD_TEST_IGD, IGD_TEST_THIRD }, 0, { 1, 1, 0 }, 1, 0 },
        { { IGD_TEST_OTHER, IGD_TEST_THIRD, IGD_TEST_IGD }, 0, { 1, 0, 1 }, 2, 0 },
        { { IGD_TEST_THIRD, IGD_TEST_OTHER, IGD_TEST_IGD }, 0, { 1, 0, 1 }, 2, 0 },
        { { IGD_TEST_THIRD, IGD_TEST_OTHER, IGD_TEST_ARC }, 1, { 1, 0, 0 }, 0, 1 },
        // An unknown id may be a discrete GPU's, but not at 00:02.0.
        { { IGD_TEST_ARC }, 0, { 0 }, -1, -1 },
        { { IGD_TEST_ARC }, 1, { 1 }, 0, -1 },
        { { IGD_TEST_NEW }, 0, { 1 }, 0, -1 },
        { { IGD_TEST_NEW }, 1, { 1 }, 0, -1 },
        { { IGD_TEST_ARC, IGD_TEST_IGD }, 0, { 0, 1 }, 1, -1 },
        { { IGD_TEST_ARC, IGD_TEST_IGD }, 1, { 1, 1 }, 1, 0 },
        { { IGD_TEST_IGD, IGD_TEST_ARC }, 0, { 1, 0 }, 0, -1 },
        { { IGD_TEST_IGD, IGD_TEST_ARC }, 1, { 1, 0 }, 0, 1 },
        { { IGD_TEST_NEW, IGD_TEST_OTHER }, 0, { 1, 0 }, 0, 1 },
        { { IGD_TEST_ARC, IGD_TEST_OTHER }, 0, { 0, 1 }, 1, -1 },
        { { IGD_TEST_ARC, IGD_TEST_OTHER }, 1, { 1, 0 }, 0, 1 },
        { { IGD_TEST_OTHER, IGD_TEST_ARC }, 0, { 1, 0 }, 0, -1 },
        { { IGD_TEST_IGD, IGD_TEST_ARC, IGD_TEST_OTHER }, 0, { 1, 0, 0 }, 0, 2 },
    };
    static const struct igd_device none;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(machines); i++) {
        const struct igd_device *devices = machines[i].devices;
        const struct igd_device *igd = machines[i].igd < 0 ? &none : &devices[machines[i].igd];
        const struct igd_device *second = machines[i].second < 0 ? &none
                                                                 : &devices[machines[i].second];
        struct igd_choice choice;
        memset(&choice, 0, sizeof(choice));
        igd_test_set_row("machine %u: ", i);
        for (j = 0; j < 4 && devices[j].vendor; j++)
            igd_test_equal(machines[i].is[j],
                           igd_consider(&choice, &devices[j], machines[i].has_opregion),
                           "whether device %u is the IGD", j);
        igd_test_equal(igd->bdf, choice.igd.bdf, "BDF of the IGD");
        igd_test_equal(second->bdf, choice.second.bdf, "BDF of the second");
        if (memcmp(igd, &choice.igd, sizeof(*igd))
            || memcmp(second, &choice.second, sizeof(*second)))
            fail_msg("%sexpected the devices as they are, got them changed", igd_test_row);
    }
}

// Each class, each vendor and each id, at 00:02.0 and elsewhere.
static void
only_what_can_be_an_igd_is_considered(void **state)
{
    unsigned i, primary, has_opregion;
    (void)state;
    for (i = 0; i < 0x10000; i++)
        for (primary = 0; primary <= 1; primary++)
            for (has_opregion = 0; has_opregion <= 1; has_opregion++) {
                struct igd_device class = { primary ? 0x0010 : 0x0018, 0x8086, 0x3e92, i };
                struct igd_device vendor = { class.bdf, i, 0x3e92, 0x0300 };
                struct igd_device id = { class.bdf, 0x8086, i, 0x0380 };
                struct igd_choice choice[3];
                memset(choice, 0, sizeof(choice));
                igd_test_set_row("%04x, primary %u, OpRegion %u: ", i, primary, has_opregion);
                igd_test_equal(i == 0x0300 || i == 0x0380,
                               igd_consider(&choice[0], &class, has_opregion), "class");
                igd_test_equal(i == 0x8086, igd_consider(&choice[1], &vendor, has_opregion),
                               "vendor");
                igd_test_equal(primary || has_opregion || igd_family(i)->mask,
                               igd_consider(&choice[2], &id, has_opregion), "id");
            }
}

// --- Writes ---------------------------------------------------------------------------------

static void
a_write_is_kept_if_the_bits_of_its_mask_read_back(void **state)
{
    static const struct {
        struct igd_write write;
        uint32_t back;
        int kept;
    } writes[] = {
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0x3c000000, 1 },
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0x3c000001, 1 }, // locked
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0x3c0fffff, 1 },
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0x3c100000, 0 },
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0xbc000000, 0 },
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0x00000000, 0 },
        { { 0x5c, 0x3c000000, 0xfff00000 }, 0xffffffff, 0 },
        { { 0xc4, 0x00000000, 0xffffffff }, 0x00000000, 1 },
        { { 0xc4, 0x00000000, 0xffffffff }, 0x00000001, 0 },
        { { 0xc4, 0x00000000, 0xffffffff }, 0x80000000, 0 },
        { { 0xfc, 0x7ffd0000, 0xffffffff }, 0x7ffd0000, 1 },
        { { 0xfc, 0x7ffd0000, 0xffffffff }, 0x7ffd0001, 0 },
        { { 0xfc, 0x7ffd0000, 0xffffffff }, 0xffffffff, 0 },
        { { 0xfc, 0x7ffd0000, 0x00000000 }, 0x12345678, 1 },
    };
    static const uint8_t codes[] = { IGD_ERR_ASLS, IGD_ERR_BDSM };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(writes); i++)
        for (j = 0; j < IGD_TEST_COUNT(codes); j++) {
            const struct igd_write *write = &writes[i].write;
            struct igd_findings found = { .count = 0 };
            int err = igd_check_write(write, writes[i].back, codes[j], &found);
            igd_test_set_row("0x%x after 0x%x: ", writes[i].back, write->value);
            igd_test_equal(writes[i].kept ? 0 : -codes[j], err, "result");
            if (writes[i].kept)
                igd_test_no_findings(&found);
            else
                igd_test_findings(&found,
                                  IGD_TEST_FINDING(codes[j], writes[i].back, write->value));
        }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(each_known_device_has_its_family_and_its_bdsm),
        IGD_TEST(an_unknown_id_gets_the_newest_generation_and_mask_0),
        IGD_TEST(all_65536_ids_have_the_family_of_their_range),
        IGD_TEST(each_id_tells_how_ggc_has_the_size_of_stolen_memory),
        IGD_TEST(each_id_tells_which_lpc_bridge_its_vbioses_need),
        IGD_TEST(only_classes_0300_and_0380_are_displays),
        IGD_TEST(only_vendor_8086_is_ours),
        IGD_TEST(qemu_has_fw_cfg_and_one_of_two_host_bridges),
        IGD_TEST(q35s_lpc_bridge_is_known_by_all_but_its_device_id),
        IGD_TEST(an_lpc_bridge_is_the_hosts_unless_it_is_qemus),
        IGD_TEST(the_igds_address_and_class_are_reported),
        IGD_TEST(each_condition_is_reported_beside_the_others),
        IGD_TEST(the_display_at_00_02_0_is_the_igd_else_the_first_one),
        IGD_TEST(only_what_can_be_an_igd_is_considered),
        IGD_TEST(a_write_is_kept_if_the_bits_of_its_mask_read_back),
    };
    return igd_test_run("igd_device", tests);
}
