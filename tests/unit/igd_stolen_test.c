// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_stolen.c: how much stolen memory is reserved, for which device, and where; what of
// it drivers count on, and what of the host's shows through.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// GGC of Gen9 and newer for some sizes of stolen memory, in MiB, with a GTT of 8 MiB.
#define IGD_TEST_GGC_0    0x00c1
#define IGD_TEST_GGC_4    0xf0c1
#define IGD_TEST_GGC_8    0xf1c1
#define IGD_TEST_GGC_60   0xfec1
#define IGD_TEST_GGC_64   0x02c1
#define IGD_TEST_GGC_96   0x03c1
#define IGD_TEST_GGC_128  0x04c1
#define IGD_TEST_GGC_7648 0xefc1

// No file of QEMU's, no register of BAR0, 64 MiB by GMS, the host's BDSM, 2 GiB of RAM.
static const struct igd_snapshot igd_test_skylake = {
    .device = { 0x0010, 0x8086, 0x1912, 0x0300 },
    .ggc = IGD_TEST_GGC_64,
    .bdsm = { 0x7b800001, 0 },
    .reserved = { 0xffffffff, 0xffffffff },
    .dbuf = { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
    .size = { .file_bytes = -1 },
    .base = { .file_bytes = -1 },
    .ram_end = 0x80000000,
};

static const uint16_t igd_test_before_gen11[] = { 0x0106, 0x0162, 0x0412, 0x0f31, 0x1616, 0x22b0,
                                                  0x1912, 0x5912, 0x3e92, 0x9bc8, 0x3184, 0x5a84,
                                                  0x5a40 };
static const uint16_t igd_test_gen11[] = { 0x8a52, 0x4555, 0x4e61 };
static const uint16_t igd_test_gen12_and_newer[] = { 0x9a49, 0x4c8a, 0x4680, 0xa780, 0x7d55,
                                                     0x64a0, 0xb080, 0xfd80, 0xd740, 0xffff };

static void
igd_test_set_file(struct igd_number_file *file, uint64_t value)
{
    file->file_bytes = 8;
    igd_test_put_le(file->bytes, sizeof(file->bytes), 0, 8, value);
}

// A snapshot of a device with a size, and an address if that is not 0.
static struct igd_snapshot
igd_test_snapshot(uint16_t id, uint64_t size, uint64_t base)
{
    struct igd_snapshot in = igd_test_skylake;
    in.device.device = id;
    igd_test_set_file(&in.size, size);
    if (base)
        igd_test_set_file(&in.base, base);
    return in;
}

static unsigned
igd_test_count(const struct igd_findings *found, uint8_t code)
{
    unsigned i, count = 0;
    for (i = 0; i < found->count; i++)
        count += found->item[i].code == code;
    return count;
}

// Plans, and checks what holds for each plan. Returns 0 or the error.
static int
igd_test_plan(const struct igd_snapshot *from, struct igd_stolen *plan, struct igd_findings *found)
{
    struct igd_snapshot *in = malloc(sizeof(*in)); // so that ASan sees a slice too many
    int err;
    assert_non_null(in);
    *in = *from;
    memset(plan, 0xa5, sizeof(*plan));
    found->count = 0;
    err = igd_plan_stolen(in, plan, found);
    igd_test_equal(0, memcmp(in, from, sizeof(*in)), "change of the snapshot");
    free(in);
    igd_test_equal(err ? IGD_VETO_REFUSED : plan->bytes ? IGD_VETO_NONE : IGD_VETO_UNKNOWN,
                   plan->no_vbios, "no_vbios after result %d", err);
    igd_test_equal(!!err, igd_test_count(found, -err), "findings of result %d", err);
    igd_test_equal(igd_test_count(found, IGD_NOTE_BGSM), plan->bgsm, "bgsm");
    igd_test_equal(igd_test_count(found, IGD_NOTE_DBUF), plan->dbuf, "dbuf");
    if (err && plan->place != IGD_PLACE_BDSM)
        igd_test_equal(0, plan->bytes, "bytes in spite of result %d", err);
    if (!from->bdsm_fixed) {
        igd_test_equal(0, plan->by_cache, "by_cache although BDSM is told");
        igd_test_equal(0, plan->place == IGD_PLACE_BDSM, "the place of a BDSM that is told");
    }
    if (!plan->bytes) {
        igd_test_equal(0, plan->addr, "address of nothing");
        igd_test_equal(IGD_PLACE_NONE, plan->place, "place of nothing");
        igd_test_equal(0, plan->writes, "writes for nothing");
    }
    return err;
}

// What is not the test's subject: GMS and the host's leftovers have tests of their own.
static void
igd_test_drop(struct igd_findings *found, uint8_t code)
{
    unsigned i, kept = 0;
    for (i = 0; i < found->count; i++)
        if (found->item[i].code != code)
            found->item[kept++] = found->item[i];
    found->count = kept;
}

static int
igd_test_plan_but_gms(const struct igd_snapshot *in, struct igd_stolen *plan,
                      struct igd_findings *found)
{
    int err = igd_test_plan(in, plan, found);
    igd_test_drop(found, IGD_WARN_GMS);
    igd_test_drop(found, IGD_WARN_GMS_ZERO);
    igd_test_drop(found, IGD_NOTE_GMS);
    return err;
}

static void
igd_test_is_at(const struct igd_stolen *plan, uint32_t addr, uint32_t bytes, uint8_t place)
{
    igd_test_equal(addr, plan->addr, "address");
    igd_test_equal(bytes, plan->bytes, "bytes");
    igd_test_equal(place, plan->place, "place");
}

// --- How much -------------------------------------------------------------------------------

static void
a_size_of_whole_mib_is_taken_as_it_is(void **state)
{
    static const uint32_t sizes[] = { 0x00100000, 0x00200000, 0x00400000, 0x02000000,
                                      0x20000000, 0x7ff00000, 0x80000000, 0xfee00000,
                                      0xfef00000 };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, sizes[i], 0);
        in.ram_end = 0xfff00000;
        igd_test_set_row("0x%x bytes: ", sizes[i]);
        igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0xfff00000 - sizes[i], sizes[i], IGD_PLACE_TOP);
        igd_test_no_findings(&found);
    }
}

static void
the_file_is_little_endian(void **state)
{
    static const uint8_t bytes[8] = { 0x00, 0x00, 0x30, 0x12, 0x00, 0x00, 0x00, 0x00 };
    struct igd_snapshot in = igd_test_skylake;
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    in.size.file_bytes = 8;
    memcpy(in.size.bytes, bytes, 8);
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_equal(0x12300000, plan.bytes, "bytes");
}

static void
another_size_is_rounded_up_with_a_warning(void **state)
{
    static const struct {
        uint32_t bytes, rounded;
    } sizes[] = {
        { 0x00000001, 0x00100000 },
        { 0x000fffff, 0x00100000 },
        { 0x00100001, 0x00200000 },
        { 0x01f80000, 0x02000000 },
        { 0x7fffffff, 0x80000000 },
        { 0xfee00001, 0xfef00000 },
        { 0xfeefffff, 0xfef00000 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, sizes[i].bytes, 0);
        in.ram_end = 0xfff00000;
        igd_test_set_row("0x%x bytes: ", sizes[i].bytes);
        igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0xfff00000 - sizes[i].rounded, sizes[i].rounded, IGD_PLACE_TOP);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, sizes[i].bytes,
                                                   sizes[i].rounded));
    }
}

// The largest one of all is no error of the size, but there is never RAM for it.
static void
a_size_that_cannot_lie_below_4_gib_is_refused(void **state)
{
    static const uint64_t sizes[] = { 0xfff00001, 0xffffffff, 0x100000000, 0x100000001,
                                      0x102000000, 0x8000000000000000, 0xfffffffffff00000,
                                      0xffffffffffffffff };
    struct igd_snapshot largest = igd_test_snapshot(0x1912, 0xffe00001, 0);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, sizes[i], 0);
        in.ram_end = 0xffffffff;
        igd_test_equal(-IGD_ERR_STOLEN_LIMIT, igd_test_plan(&in, &plan, &found),
                       "result for 0x%llx", (unsigned long long)sizes[i]);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_LIMIT, sizes[i], 0xfff00000));
    }
    largest.ram_end = 0xffffffff;
    igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan_but_gms(&largest, &plan, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, 0xffe00001, 0xfff00000),
                      IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0xfff00000, 0xfef00000));
}

// Drivers go by GMS, whatever QEMU says.
static void
size_0_is_noted_and_gms_tells_the_size(void **state)
{
    static const struct igd_device elsewhere = { 0x0018, 0x8086, 0x1912, 0x0300 };
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0, 0x7b800000);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_FILE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 64, 0));
    in.device.device = 0xffff;
    igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_FILE);
    igd_test_drop(&found, IGD_WARN_DEVICE_ID);
    igd_test_drop(&found, IGD_NOTE_STOLEN_BASE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 64, 0));
    in.device = elsewhere;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result elsewhere");
    igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 64, 0));
    in.device = igd_test_skylake.device;
    in.ggc = IGD_TEST_GGC_0;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result without GMS");
    igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 0, 0));
}

static void
a_size_file_of_other_than_8_bytes_is_refused(void **state)
{
    static const int32_t lengths[] = { 0, 1, 4, 7, 9, 16, 0x108, 0x10008, INT32_MAX };
    static const uint16_t bdfs[] = { 0x0010, 0x0018 };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++)
        for (j = 0; j < IGD_TEST_COUNT(bdfs); j++) {
            struct igd_snapshot in = igd_test_snapshot(0x1912, 0x2000000, 0);
            in.size.file_bytes = lengths[i];
            in.device.bdf = bdfs[j];
            igd_test_equal(-IGD_ERR_STOLEN_FILE, igd_test_plan(&in, &plan, &found),
                           "result for %d bytes at bdf %04x", lengths[i], bdfs[j]);
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_FILE, lengths[i], 8));
        }
}

static void
no_size_file_is_noted_at_00_02_0_alone(void **state)
{
    static const uint16_t bdfs[] = { 0x0000, 0x0011, 0x0012, 0x0018, 0x0008, 0x0110, 0x8010,
                                     0xffff };
    static const int32_t lengths[] = { -1, -8, INT32_MIN };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, 0x2000000, 0x7b800000);
        in.size.file_bytes = lengths[i];
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result for %d bytes", lengths[i]);
        igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_FILE);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 64, 0));
    }
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++) {
        struct igd_snapshot in = igd_test_skylake;
        in.device.bdf = bdfs[i];
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result at bdf %04x", bdfs[i]);
        igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
        igd_test_no_findings(&found);
    }
}

static void
without_a_size_gms_tells_it(void **state)
{
    static const struct {
        uint16_t id, ggc;
        uint32_t gms_mb;
    } devices[] = {
        { 0x1912, IGD_TEST_GGC_0, 0 },   { 0x1912, IGD_TEST_GGC_64, 64 },
        { 0x1912, IGD_TEST_GGC_4, 4 },   { 0x9a49, IGD_TEST_GGC_64, 64 },
        { 0x0412, 0x0080, 512 },         { 0x22b0, 0x0088, 8 },
        { 0x1616, 0x7f00, 4064 },        { 0x1616, 0x8000, 4096 },
        { 0x1616, 0xff00, 8160 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i, has_file;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(devices); i++)
        for (has_file = 0; has_file <= 1; has_file++) {
            struct igd_snapshot in = igd_test_snapshot(devices[i].id, 0, 0);
            uint8_t note = has_file ? IGD_NOTE_STOLEN_ZERO : IGD_NOTE_NO_STOLEN;
            uint32_t gms_mb = devices[i].gms_mb;
            int err = gms_mb > 4095 ? -IGD_ERR_STOLEN_LIMIT : 0;
            in.ggc = devices[i].ggc;
            in.ram_end = 0xfff00000;
            if (!has_file)
                in.size.file_bytes = -1;
            igd_test_set_row("%u MiB, file %u: ", gms_mb, has_file);
            igd_test_equal(err, igd_test_plan(&in, &plan, &found), "result");
            igd_test_drop(&found, IGD_NOTE_STOLEN_BASE);
            if (gms_mb && !err)
                igd_test_is_at(&plan, 0xfff00000 - (gms_mb << 20), gms_mb << 20, IGD_PLACE_TOP);
            else
                igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
            if (err)
                igd_test_findings(&found, IGD_TEST_FINDING(note, gms_mb, 0),
                                  IGD_TEST_FINDING(IGD_ERR_STOLEN_LIMIT, (uint64_t)gms_mb << 20,
                                                   0xfff00000));
            else
                igd_test_findings(&found, IGD_TEST_FINDING(note, gms_mb, 0));
            // Elsewhere there is none.
            in.device.bdf = 0x0018;
            igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result elsewhere");
            igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
            igd_test_equal(has_file, found.count, "findings elsewhere");
        }
}

static void
bdsm_is_tried_where_there_is_stolen_memory(void **state)
{
    static const struct {
        uint16_t bdf, ggc;
        int32_t file_bytes;
        uint64_t size;
        int tried;
    } rows[] = {
        { 0x0010, IGD_TEST_GGC_64, -1, 0, 1 },
        { 0x0010, IGD_TEST_GGC_0, -1, 0x4000000, 0 },
        { 0x0010, IGD_TEST_GGC_0, 8, 0x4000000, 1 },
        { 0x0010, IGD_TEST_GGC_0, 8, 1, 1 },
        { 0x0010, IGD_TEST_GGC_0, 8, 0x100000000, 1 },
        { 0x0010, IGD_TEST_GGC_0, 8, 0, 0 },
        { 0x0010, IGD_TEST_GGC_4, 8, 0, 1 },
        { 0x0010, IGD_TEST_GGC_0, 4, 0x4000000, 0 },
        { 0x0018, IGD_TEST_GGC_64, 8, 0x4000000, 0 },
        { 0x0000, IGD_TEST_GGC_64, -1, 0, 0 },
        { 0x0011, IGD_TEST_GGC_64, -1, 0, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(rows); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, rows[i].size, 0);
        in.device.bdf = rows[i].bdf;
        in.ggc = rows[i].ggc;
        in.size.file_bytes = rows[i].file_bytes;
        igd_test_equal(rows[i].tried, igd_wants_bdsm_trial(&in), "row %u", i);
    }
}

static void
a_size_for_an_igd_elsewhere_than_00_02_0_is_refused(void **state)
{
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned bdf;
    (void)state;
    for (bdf = 0; bdf < 0x10000; bdf++) {
        igd_test_set_row("bdf %04x: ", bdf);
        in.device.bdf = bdf;
        int err = igd_test_plan(&in, &plan, &found);
        if (bdf == 0x0010) {
            igd_test_equal(0, err, "result");
            igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
            igd_test_no_findings(&found);
            continue;
        }
        igd_test_equal(-IGD_ERR_STOLEN_ADDRESS, err, "result");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ADDRESS, bdf, 0x0010));
    }
}

static void
an_unknown_device_id_gets_its_memory_with_a_warning(void **state)
{
    static const uint16_t ids[] = { 0x0000, 0x1234, 0x56a0, 0xffff };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ids); i++) {
        struct igd_snapshot in = igd_test_snapshot(ids[i], 0x4000000, 0x7b800000);
        igd_test_set_row("id %04x: ", ids[i]);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_FILE);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, ids[i], 0));
        igd_test_set_file(&in.size, 0x3f80000);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_FILE);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, 0x3f80000, 0x4000000),
                          IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, ids[i], 0));
        // Without memory its id does not matter.
        in.size.file_bytes = -1;
        in.ggc = IGD_TEST_GGC_0;
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 0, 0));
    }
}

// --- What drivers count on ------------------------------------------------------------------

// GMS as Linux's early-quirks.c reads it. Up to Gen7, and in Cherryview, it is bits 7:3 of GGC.
static uint32_t
igd_test_gms_mb(uint8_t layout, unsigned ggc)
{
    static const uint16_t cherryview[32] = {
        0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 480, 512,
        8, 12, 16, 20, 24, 28,
        36, 40, 44, 48, 52, 56, 60, 64, 68,
    };
    unsigned five = ggc / 8 % 32, eight = ggc / 256;
    switch (layout) {
    case IGD_GMS_GEN6: return 32 * five;
    case IGD_GMS_CHV: return cherryview[five];
    case IGD_GMS_GEN8: return 32 * eight;
    default: return eight < 0xf0 ? 32 * eight : 4 * (eight - 0xef);
    }
}

static void
each_ggc_tells_its_mib_by_gms_alone(void **state)
{
    static const struct {
        uint16_t id;
        uint8_t layout;
    } devices[] = {
        { 0x0106, IGD_GMS_GEN6 }, { 0x0162, IGD_GMS_GEN6 }, { 0x0412, IGD_GMS_GEN6 },
        { 0x0f31, IGD_GMS_GEN6 }, { 0x22b0, IGD_GMS_CHV },  { 0x1616, IGD_GMS_GEN8 },
        { 0x1912, IGD_GMS_GEN9 }, { 0x5a84, IGD_GMS_GEN9 }, { 0x3e92, IGD_GMS_GEN9 },
        { 0x5a40, IGD_GMS_GEN9 }, { 0x8a52, IGD_GMS_GEN9 }, { 0x9a49, IGD_GMS_GEN9 },
        { 0x7d55, IGD_GMS_GEN9 }, { 0x64a0, IGD_GMS_GEN9 }, { 0xb080, IGD_GMS_GEN9 },
        { 0xd740, IGD_GMS_GEN9 }, { 0xffff, IGD_GMS_GEN9 },
    };
    unsigned i, ggc;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(devices); i++)
        for (ggc = 0; ggc < 0x10000; ggc++)
            igd_test_equal(igd_test_gms_mb(devices[i].layout, ggc),
                           igd_gms_mb(igd_family(devices[i].id), ggc), "MiB of %04x, GGC %04x",
                           devices[i].id, ggc);
}

// Written out, should igd_test_gms_mb() and the library be wrong alike.
static void
a_ggc_tells_the_mib_of_its_generation(void **state)
{
    static const struct {
        uint16_t id, ggc, mb;
    } ggcs[] = {
        { 0x0106, 0x0000, 0 },     { 0x0106, 0x0208, 32 },   { 0x0162, 0x0211, 64 },
        { 0x0412, 0x0080, 512 },   { 0x0412, 0x00f8, 992 },  { 0x0412, 0xff07, 0 },
        { 0x1616, 0x01c0, 32 },    { 0x1616, 0xf000, 7680 }, { 0x1616, 0xff00, 8160 },
        { 0x1616, 0x00ff, 0 },     { 0x1912, 0x01c1, 32 },   { 0x1912, 0x02c1, 64 },
        { 0x1912, 0xefff, 7648 },  { 0x1912, 0xf000, 4 },    { 0x9a49, 0xfec1, 60 },
        { 0x9a49, 0xf0c1, 4 },     { 0x7d55, 0xfe00, 60 },   { 0x22b0, 0x0080, 512 },
        { 0x22b0, 0x0088, 8 },     { 0x22b0, 0x00b0, 28 },   { 0x22b0, 0x00b8, 36 },
        { 0x22b0, 0x00e8, 60 },    { 0x22b0, 0xff07, 0 },    { 0xffff, 0xf100, 8 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ggcs); i++)
        igd_test_equal(ggcs[i].mb, igd_gms_mb(igd_family(ggcs[i].id), ggcs[i].ggc),
                       "MiB of %04x, GGC %04x", ggcs[i].id, ggcs[i].ggc);
}

static void
drivers_that_count_on_other_than_is_reserved_are_told_of(void **state)
{
    static const struct {
        uint16_t id, ggc;
        uint32_t gms_mb, size, reserved_mb;
        uint8_t code; // 0: none
    } sizes[] = {
        { 0x1912, IGD_TEST_GGC_0, 0, 0x00000000, 0, 0 },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x04000000, 64, 0 },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x03f00001, 64, 0 }, // rounded
        { 0x1616, 0x1000, 512, 0x20000000, 512, 0 },
        { 0x0412, 0x0080, 512, 0x20000000, 512, 0 },
        { 0x22b0, 0x0088, 8, 0x00800000, 8, 0 },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x03f00000, 63, IGD_WARN_GMS },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x00100000, 1, IGD_WARN_GMS },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x00000000, 64, 0 }, // GMS tells it
        { 0x1912, IGD_TEST_GGC_4, 4, 0x00300000, 3, IGD_WARN_GMS },
        { 0x1616, 0xff00, 8160, 0xfef00000, 4079, IGD_WARN_GMS },
        { 0x9a49, IGD_TEST_GGC_60, 60, 0x02000000, 32, IGD_WARN_GMS },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x04100000, 65, IGD_NOTE_GMS },
        { 0x1912, IGD_TEST_GGC_64, 64, 0x04000001, 65, IGD_NOTE_GMS },
        { 0x9a49, IGD_TEST_GGC_60, 60, 0x04000000, 64, IGD_NOTE_GMS },
        { 0x1616, 0x7f00, 4064, 0xfef00000, 4079, IGD_NOTE_GMS },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_snapshot in = igd_test_snapshot(sizes[i].id, sizes[i].size, 0);
        in.ggc = sizes[i].ggc;
        in.ram_end = 0xfff00000;
        igd_test_set_row("%u MiB of 0x%x bytes: ", sizes[i].gms_mb, sizes[i].size);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_drop(&found, IGD_NOTE_STOLEN_ZERO);
        igd_test_drop(&found, IGD_NOTE_STOLEN_BASE);
        igd_test_drop(&found, IGD_WARN_STOLEN_ROUNDED);
        if (sizes[i].code)
            igd_test_findings(&found, IGD_TEST_FINDING(sizes[i].code, sizes[i].gms_mb,
                                                       sizes[i].reserved_mb));
        else
            igd_test_no_findings(&found);
    }
}

static void
a_gms_of_0_is_warned_of(void **state)
{
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    in.ggc = IGD_TEST_GGC_0;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_GMS_ZERO, 64, 0));
}

// Without a size of QEMU's there is nothing to compare, nor if it is refused.
static void
gms_is_compared_only_with_a_size_that_is_taken(void **state)
{
    struct igd_snapshot no_file = igd_test_skylake;
    struct igd_snapshot bad_file = igd_test_snapshot(0x1912, 0x2000000, 0);
    struct igd_snapshot too_large = igd_test_snapshot(0x1912, 0x102000000, 0);
    struct igd_snapshot elsewhere = igd_test_snapshot(0x1912, 0x2000000, 0);
    struct igd_snapshot no_room = igd_test_snapshot(0x1912, 0x2000000, 0);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    bad_file.size.file_bytes = 4;
    elsewhere.device.bdf = 0x0018;
    no_room.ram_end = 0x2000000;
    igd_test_plan(&no_file, &plan, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 64, 0));
    igd_test_plan(&bad_file, &plan, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_FILE, 4, 8));
    igd_test_plan(&too_large, &plan, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_LIMIT, 0x102000000, 0xfff00000));
    igd_test_plan(&elsewhere, &plan, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ADDRESS, 0x0018, 0x0010));
    // Here the size is right; it is told of before there is no room for it.
    igd_test_plan(&no_room, &plan, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_GMS, 64, 32),
                      IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x2000000, 0x1000000));
}

// --- Where the host has it ------------------------------------------------------------------

static void
a_base_file_is_a_little_endian_u64(void **state)
{
    static const uint8_t bytes[8] = { 0x00, 0x00, 0x80, 0x7b, 0x02, 0x00, 0x00, 0x80 };
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0x7a700000);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7a700000, 0x4000000, IGD_PLACE_FILE);
    memcpy(in.base.bytes, bytes, 8);
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_VALUE, 0x800000027b800000,
                                               0x1000000));
}

static void
no_base_file_and_a_base_of_0_tell_no_address(void **state)
{
    static const int32_t lengths[] = { -1, -8, INT32_MIN };
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0x7b800000);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i <= IGD_TEST_COUNT(lengths); i++) {
        if (i < IGD_TEST_COUNT(lengths))
            in.base.file_bytes = lengths[i];
        else
            igd_test_set_file(&in.base, 0);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
        igd_test_no_findings(&found);
    }
}

static void
a_base_file_of_other_than_8_bytes_is_ignored(void **state)
{
    static const int32_t lengths[] = { 0, 1, 4, 7, 9, 16, 0x108, INT32_MAX };
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0x7b800000);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        in.base.file_bytes = lengths[i];
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result for %d bytes", lengths[i]);
        igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_FILE, lengths[i], 8));
    }
}

static void
the_plan_needs_bar0_of_gen11_and_newer_at_00_02_0(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 0x10000; i++) {
        struct igd_device bdf = { i, 0x8086, 0x9a49, 0x0300 };
        struct igd_device old = { i, 0x8086, 0x1912, 0x0300 };
        igd_test_equal(i == 0x0010, igd_wants_bar0(&bdf), "BAR0 of 9a49 at bdf %04x", i);
        igd_test_equal(0, igd_wants_bar0(&old), "BAR0 of 1912 at bdf %04x", i);
    }
    for (i = 0; i < IGD_TEST_COUNT(igd_test_before_gen11); i++) {
        struct igd_device device = { 0x0010, 0x8086, igd_test_before_gen11[i], 0x0300 };
        igd_test_equal(0, igd_wants_bar0(&device), "BAR0 of %04x", device.device);
    }
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen11); i++) {
        struct igd_device device = { 0x0010, 0x8086, igd_test_gen11[i], 0x0380 };
        igd_test_equal(1, igd_wants_bar0(&device), "BAR0 of %04x", device.device);
    }
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen12_and_newer); i++) {
        struct igd_device device = { 0x0010, 0x8086, igd_test_gen12_and_newer[i], 0x0380 };
        igd_test_equal(1, igd_wants_bar0(&device), "BAR0 of %04x", device.device);
    }
}

// A Tiger Lake whose STOLEN_RESERVED is read, in 4 GiB of RAM.
static struct igd_snapshot
igd_test_tiger_lake(uint32_t reserved, uint16_t ggc, uint32_t size_mb)
{
    struct igd_snapshot in = igd_test_snapshot(0x9a49, (uint64_t)size_mb << 20, 0);
    in.ggc = ggc;
    in.reserved[0] = reserved;
    in.reserved[1] = 0;
    in.ram_end = 0xfff00000;
    igd_test_set_row("STOLEN_RESERVED 0x%x, GGC %04x, %u MiB: ", reserved, ggc, size_mb);
    return in;
}

// STOLEN_RESERVED: bits 31:20 are the base of the reserved part, bits 8:7 its size, bit 0 says that
// it is there.
static void
stolen_memory_ends_with_its_reserved_part(void **state)
{
    static const struct {
        uint32_t reserved;
        uint16_t ggc;
        uint32_t size_mb, addr;
    } hosts[] = {
        // 1, 2, 4 and 8 MiB below 7f800000h.
        { 0x7f700001, IGD_TEST_GGC_64, 64, 0x7b800000 },
        { 0x7f600081, IGD_TEST_GGC_64, 64, 0x7b800000 },
        { 0x7f400101, IGD_TEST_GGC_64, 64, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_64, 64, 0x7b800000 },
        // The same base of different parts.
        { 0x7f000001, IGD_TEST_GGC_64, 64, 0x7b100000 },
        { 0x7f000081, IGD_TEST_GGC_64, 64, 0x7b200000 },
        { 0x7f000101, IGD_TEST_GGC_64, 64, 0x7b400000 },
        // The other bits do not matter.
        { 0x7f7ffe7f, IGD_TEST_GGC_64, 64, 0x7b800000 },
        { 0x7f0fffff, IGD_TEST_GGC_64, 64, 0x7b800000 },
        // GMS is what counts, if it is less than what is reserved.
        { 0x7f000181, IGD_TEST_GGC_64, 72, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_60, 64, 0x7bc00000 },
        { 0x7f000181, IGD_TEST_GGC_60, 61, 0x7bc00000 },
        { 0x7f000181, IGD_TEST_GGC_60, 60, 0x7bc00000 },
        { 0x7f000181, IGD_TEST_GGC_60, 59, 0x7bd00000 },
        { 0x7f000181, IGD_TEST_GGC_8, 64, 0x7f000000 },
        { 0x7f000181, IGD_TEST_GGC_96, 64, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_128, 64, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_7648, 64, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_0, 64, 0x7b800000 },
        { 0x7f000181, IGD_TEST_GGC_0, 72, 0x7b000000 },
        // All of it may be the reserved part.
        { 0x7f000181, IGD_TEST_GGC_0, 8, 0x7f000000 },
        { 0x7f400101, IGD_TEST_GGC_4, 64, 0x7f400000 },
        { 0x7f700001, IGD_TEST_GGC_0, 1, 0x7f700000 },
        // The lowest and the highest.
        { 0x04f00001, IGD_TEST_GGC_64, 64, 0x01000000 },
        { 0xffe00001, IGD_TEST_GGC_64, 64, 0xfbf00000 },
        { 0xff700101, IGD_TEST_GGC_64, 64, 0xfbb00000 },
        { 0xffd00081, IGD_TEST_GGC_0, 4079, 0x01000000 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(hosts); i++) {
        struct igd_snapshot in = igd_test_tiger_lake(hosts[i].reserved, hosts[i].ggc,
                                                     hosts[i].size_mb);
        igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
        igd_test_is_at(&plan, hosts[i].addr, hosts[i].size_mb << 20, IGD_PLACE_REGISTER);
        igd_test_no_findings(&found);
    }
}

static void
the_register_is_read_from_gen11_on(void **state)
{
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_before_gen11); i++) {
        struct igd_snapshot in = igd_test_tiger_lake(0x7f000181, IGD_TEST_GGC_64, 64);
        in.device.device = igd_test_before_gen11[i];
        igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0xfbf00000, 0x4000000, IGD_PLACE_TOP);
        igd_test_no_findings(&found);
    }
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen11) + IGD_TEST_COUNT(igd_test_gen12_and_newer);
         i++) {
        struct igd_snapshot in = igd_test_tiger_lake(0x7f000181, IGD_TEST_GGC_64, 64);
        in.device.device = i < IGD_TEST_COUNT(igd_test_gen11)
            ? igd_test_gen11[i] : igd_test_gen12_and_newer[i - IGD_TEST_COUNT(igd_test_gen11)];
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0x7b800000, 0x4000000, IGD_PLACE_REGISTER);
        igd_test_drop(&found, IGD_WARN_DEVICE_ID);
        igd_test_no_findings(&found);
    }
}

static void
a_reserved_part_that_cannot_be_tells_no_address(void **state)
{
    static const struct {
        uint32_t reserved;
        uint16_t ggc;
        uint32_t size_mb;
    } hosts[] = {
        // Not set, or no register.
        { 0x00000000, IGD_TEST_GGC_64, 64 },
        { 0x7f000180, IGD_TEST_GGC_64, 64 },
        { 0x7f0ffffe, IGD_TEST_GGC_64, 64 },
        { 0xffffffff, IGD_TEST_GGC_64, 64 },
        { 0xffffffff, IGD_TEST_GGC_0, 4079 },
        // Larger than stolen memory.
        { 0x7f000181, IGD_TEST_GGC_0, 7 },
        { 0x7f000181, IGD_TEST_GGC_4, 64 },
        { 0x7f400101, IGD_TEST_GGC_0, 3 },
        { 0x7f600081, IGD_TEST_GGC_0, 1 },
        // Starts below 0, or at it.
        { 0x00300001, IGD_TEST_GGC_64, 64 },
        { 0x03e00001, IGD_TEST_GGC_64, 64 },
        { 0x03f00001, IGD_TEST_GGC_64, 64 },
        { 0x00000181, IGD_TEST_GGC_0, 8 },
        { 0x00000001, IGD_TEST_GGC_0, 1 },
        // Ends at 4 GiB, or above.
        { 0xfff00001, IGD_TEST_GGC_64, 64 },
        { 0xfff00001, IGD_TEST_GGC_0, 4079 },
        { 0xffe00081, IGD_TEST_GGC_64, 64 },
        { 0xff800181, IGD_TEST_GGC_64, 64 },
        { 0xff900181, IGD_TEST_GGC_64, 64 },
        { 0xff900181, IGD_TEST_GGC_8, 64 },
        { 0xfff00181, IGD_TEST_GGC_8, 8 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(hosts); i++) {
        struct igd_snapshot in = igd_test_tiger_lake(hosts[i].reserved, hosts[i].ggc,
                                                     hosts[i].size_mb);
        igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0xfff00000 - (hosts[i].size_mb << 20), hosts[i].size_mb << 20,
                       IGD_PLACE_TOP);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_BASE, hosts[i].reserved, 0));
    }
}

static void
a_reserved_part_above_4_gib_tells_no_address(void **state)
{
    struct igd_snapshot in = igd_test_tiger_lake(0x7f000181, IGD_TEST_GGC_64, 64);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < 32; i++) {
        in.reserved[1] = 1u << i;
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, 0xfbf00000, 0x4000000, IGD_PLACE_TOP);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_BASE, 0x7f000181, 0));
    }
}

// The file goes first, and what it says is not made up for by the register.
static void
the_base_file_goes_before_the_register(void **state)
{
    static const struct {
        int32_t file_bytes;
        uint64_t base;
        uint32_t reserved, addr;
        uint8_t place, first, second; // findings' codes; 0: none
    } hosts[] = {
        { 8, 0x79000000, 0x7f000181, 0x79000000, IGD_PLACE_FILE, 0, 0 },
        { 8, 0x79000000, 0x00000000, 0x79000000, IGD_PLACE_FILE, 0, 0 },
        { 8, 0x79000000, 0xffffffff, 0x79000000, IGD_PLACE_FILE, 0, 0 },
        { 8, 0, 0x7f000181, 0x7b800000, IGD_PLACE_REGISTER, 0, 0 },
        { 8, 0, 0x00000000, 0x7c000000, IGD_PLACE_TOP, IGD_NOTE_STOLEN_BASE, 0 },
        { -1, 0x79000000, 0x7f000181, 0x7b800000, IGD_PLACE_REGISTER, 0, 0 },
        { -1, 0x79000000, 0x00000000, 0x7c000000, IGD_PLACE_TOP, IGD_NOTE_STOLEN_BASE, 0 },
        { 4, 0x79000000, 0x7f000181, 0x7b800000, IGD_PLACE_REGISTER, IGD_WARN_STOLEN_BASE_FILE,
          0 },
        { 4, 0x79000000, 0x00000000, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE_FILE,
          IGD_NOTE_STOLEN_BASE },
        { 8, 0x79000001, 0x7f000181, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE_VALUE, 0 },
        { 8, 0x7c100000, 0x7f000181, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE, 0 },
        { 8, 0x17b800000, 0x00000000, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE_VALUE, 0 },
        // The register's address must be in RAM as well.
        { -1, 0, 0x7ff00001, 0x7c000000, IGD_PLACE_REGISTER, 0, 0 },
        { -1, 0, 0x80000001, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE, 0 },
        { -1, 0, 0xaf000181, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE, 0 },
        { -1, 0, 0x04e00001, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE_VALUE, 0 },
        { -1, 0, 0x04000001, 0x7c000000, IGD_PLACE_TOP, IGD_WARN_STOLEN_BASE_VALUE, 0 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(hosts); i++) {
        struct igd_snapshot in = igd_test_tiger_lake(hosts[i].reserved, IGD_TEST_GGC_64, 64);
        in.ram_end = 0x80000000;
        igd_test_set_file(&in.base, hosts[i].base);
        in.base.file_bytes = hosts[i].file_bytes;
        igd_test_set_row("row %u: ", i);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, hosts[i].addr, 0x4000000, hosts[i].place);
        igd_test_equal(!!hosts[i].first + !!hosts[i].second, found.count, "findings");
        if (hosts[i].first)
            igd_test_equal(hosts[i].first, found.item[0].code, "first finding");
        if (hosts[i].second)
            igd_test_equal(hosts[i].second, found.item[1].code, "second finding");
    }
}

// --- Where it is put ------------------------------------------------------------------------

// Puts it there by etc/igd-stolen-base, 0: none, and checks where it is; expects no finding.
static void
igd_test_place(uint32_t bytes, uint64_t host_addr, uint32_t ram_end, uint32_t expected)
{
    struct igd_snapshot in = igd_test_snapshot(0x1912, bytes, host_addr);
    struct igd_findings found;
    struct igd_stolen plan;
    in.ram_end = ram_end;
    igd_test_set_row("0x%x bytes, host 0x%llx, RAM to 0x%x: ", bytes,
                     (unsigned long long)host_addr, ram_end);
    igd_test_equal(0, igd_test_plan_but_gms(&in, &plan, &found), "result");
    igd_test_is_at(&plan, expected, bytes, host_addr ? IGD_PLACE_FILE : IGD_PLACE_TOP);
    igd_test_no_findings(&found);
}

static void
stolen_memory_is_put_to_the_top_of_ram(void **state)
{
    static const struct {
        uint32_t bytes, ram_end, addr;
    } places[] = {
        { 0x04000000, 0x40000000, 0x3c000000 },
        { 0x04000000, 0x80000000, 0x7c000000 },
        { 0x04000000, 0xb0000000, 0xac000000 },
        { 0x00100000, 0xe0000000, 0xdff00000 },
        { 0x00200000, 0x08000000, 0x07e00000 },
        // RAM that does not end with a MiB.
        { 0x04000000, 0x40000001, 0x3c000000 },
        { 0x04000000, 0x400fffff, 0x3c000000 },
        { 0x04000000, 0x40100000, 0x3c100000 },
        { 0x04000000, 0x3fffffff, 0x3bf00000 },
        { 0x04000000, 0x3ffd0000, 0x3bf00000 },
        { 0x00100000, 0x3ff00001, 0x3fe00000 },
        // As high as RAM gets.
        { 0x04000000, 0xfff00000, 0xfbf00000 },
        { 0x04000000, 0xfffc0000, 0xfbf00000 },
        { 0x04000000, 0xffffffff, 0xfbf00000 },
    };
    unsigned i;
    (void)state;
    igd_test_equal(0, IGD_PLACE_NONE, "no place");
    for (i = 0; i < IGD_TEST_COUNT(places); i++)
        igd_test_place(places[i].bytes, 0, places[i].ram_end, places[i].addr);
}

static void
the_first_16_mib_stay_ram(void **state)
{
    static const struct {
        uint32_t bytes, ram_end, room;
    } full[] = {
        { 0x01100000, 0x02000000, 0x01000000 },
        { 0x01100000, 0x020fffff, 0x01000000 },
        { 0x01000000, 0x01ffffff, 0x00f00000 },
        { 0x01000000, 0x01f00000, 0x00f00000 },
        { 0x04000000, 0x02000000, 0x01000000 },
        { 0x00200000, 0x01100000, 0x00100000 },
        { 0x00100000, 0x010fffff, 0x00000000 },
        { 0x00100000, 0x01000001, 0x00000000 },
        { 0x00100000, 0x01000000, 0x00000000 },
        { 0x00100000, 0x00ffffff, 0x00000000 },
        { 0x00100000, 0x00f00000, 0x00000000 },
        { 0x00100000, 0x00a00000, 0x00000000 },
        { 0x00100000, 0x00000001, 0x00000000 },
        { 0x00100000, 0x00000000, 0x00000000 },
        { 0xfff00000, 0x00000000, 0x00000000 },
        { 0xff000000, 0xfffc0000, 0xfef00000 },
        { 0xfff00000, 0xfffc0000, 0xfef00000 },
        { 0xfff00000, 0xffffffff, 0xfef00000 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i, j;
    (void)state;
    igd_test_place(0x01000000, 0, 0x02000000, 0x01000000);
    igd_test_place(0x01000000, 0, 0x020fffff, 0x01000000);
    igd_test_place(0x01000000, 0, 0x02100000, 0x01100000);
    igd_test_place(0x01100000, 0, 0x02100000, 0x01000000);
    igd_test_place(0x00100000, 0, 0x01100000, 0x01000000);
    igd_test_place(0xfef00000, 0, 0xfffc0000, 0x01000000);
    // What does not fit is refused, and the host's address is then of no interest.
    for (i = 0; i < IGD_TEST_COUNT(full); i++) {
        const uint64_t hosts[] = { 0, 0x01000000, 0x7b800000, 0x7b800001, 0x17b800000,
                                   full[i].ram_end };
        for (j = 0; j < IGD_TEST_COUNT(hosts); j++) {
            struct igd_snapshot in = igd_test_snapshot(0x1912, full[i].bytes, hosts[j]);
            in.ram_end = full[i].ram_end;
            igd_test_set_row("0x%x bytes, host 0x%llx, RAM to 0x%x: ", full[i].bytes,
                             (unsigned long long)hosts[j], full[i].ram_end);
            igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan_but_gms(&in, &plan, &found),
                           "result");
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, full[i].bytes,
                                                       full[i].room));
        }
    }
}

static void
the_hosts_address_is_taken_where_there_is_ram(void **state)
{
    (void)state;
    igd_test_place(0x04000000, 0x7b800000, 0x80000000, 0x7b800000);
    igd_test_place(0x04000000, 0x7b800000, 0xe0000000, 0x7b800000);
    igd_test_place(0x04000000, 0x9b800000, 0xe0000000, 0x9b800000);
    // The lowest, the highest, and the only one.
    igd_test_place(0x04000000, 0x01000000, 0x80000000, 0x01000000);
    igd_test_place(0x04000000, 0x01100000, 0x80000000, 0x01100000);
    igd_test_place(0x04000000, 0x7bf00000, 0x80000000, 0x7bf00000);
    igd_test_place(0x04000000, 0x7c000000, 0x80000000, 0x7c000000);
    igd_test_place(0x04000000, 0x7bf00000, 0x7fffffff, 0x7bf00000);
    igd_test_place(0x04000000, 0x7c000000, 0x800fffff, 0x7c000000);
    igd_test_place(0x01000000, 0x01000000, 0x02000000, 0x01000000);
    igd_test_place(0x04000000, 0xfbf00000, 0xfffc0000, 0xfbf00000);
}

static void
another_address_of_the_host_gives_way_to_the_top_of_ram(void **state)
{
    static const struct {
        uint64_t host_addr;
        uint32_t ram_end, addr;
        uint8_t code; // 0: more RAM would not help
    } places[] = {
        // Above RAM, or over its end.
        { 0x7c100000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0x7c000000, 0x7fffffff, 0x7bf00000, IGD_WARN_STOLEN_BASE },
        { 0x7ff00000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0x80000000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0x9b800000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0xfc000000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0xfff00000, 0x80000000, 0x7c000000, IGD_WARN_STOLEN_BASE },
        { 0xfff00000, 0xffffffff, 0xfbf00000, IGD_WARN_STOLEN_BASE },
        // Below 16 MiB.
        { 0x00f00000, 0x80000000, 0x7c000000, 0 },
        { 0x00100000, 0x80000000, 0x7c000000, 0 },
        { 0x00000001, 0x80000000, 0x7c000000, 0 },
        // No MiB multiple.
        { 0x7b800001, 0x80000000, 0x7c000000, 0 },
        { 0x7b8fffff, 0x80000000, 0x7c000000, 0 },
        { 0x7b880000, 0x80000000, 0x7c000000, 0 },
        { 0x01000001, 0x80000000, 0x7c000000, 0 },
        { 0x7bffffff, 0x80000000, 0x7c000000, 0 },
        // Above 4 GiB.
        { 0x100000000, 0x80000000, 0x7c000000, 0 },
        { 0x17b800000, 0x80000000, 0x7c000000, 0 },
        { 0x17c000000, 0x80000000, 0x7c000000, 0 },
        { 0x800000007b800000, 0x80000000, 0x7c000000, 0 },
        { 0xffffffffffffffff, 0x80000000, 0x7c000000, 0 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(places) + 20 + 32; i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0);
        uint64_t host_addr = 0x7b800000;
        uint32_t expected = 0x7c000000;
        uint8_t code = 0;
        if (i < IGD_TEST_COUNT(places)) {
            host_addr = places[i].host_addr;
            in.ram_end = places[i].ram_end;
            expected = places[i].addr;
            code = places[i].code;
        } else if (i < IGD_TEST_COUNT(places) + 20) {
            host_addr |= 1u << (i - IGD_TEST_COUNT(places)); // each bit below a MiB
        } else {
            host_addr |= 1ull << (i - IGD_TEST_COUNT(places) - 20 + 32); // and above 4 GiB
        }
        igd_test_set_file(&in.base, host_addr);
        igd_test_set_row("host 0x%llx, RAM to 0x%x: ", (unsigned long long)host_addr, in.ram_end);
        igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, expected, 0x4000000, IGD_PLACE_TOP);
        if (code)
            igd_test_findings(&found, IGD_TEST_FINDING(code, host_addr, in.ram_end));
        else
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_VALUE, host_addr,
                                                       0x1000000));
    }
}

// --- What is written ------------------------------------------------------------------------

static const uint32_t igd_test_addrs[] = { 0x01000000, 0x3e700000, 0x7f800000, 0x80000000,
                                           0xfbf00000 };

static void
bdsm_is_one_dword_at_5c_up_to_gen10(void **state)
{
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_before_gen11); i++)
        for (j = 0; j < IGD_TEST_COUNT(igd_test_addrs); j++) {
            struct igd_snapshot in = igd_test_snapshot(igd_test_before_gen11[i], 0x4000000,
                                                       igd_test_addrs[j]);
            in.ram_end = 0xfff00000;
            igd_test_set_row("%04x, 0x%x: ", igd_test_before_gen11[i], igd_test_addrs[j]);
            igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
            igd_test_equal(1, plan.writes, "writes");
            igd_test_equal(0x5c, plan.write[0].reg, "register");
            igd_test_equal(igd_test_addrs[j], plan.write[0].value, "value");
            igd_test_equal(0xfff00000, plan.write[0].mask, "mask");
            igd_test_equal(0x5c, igd_bdsm_reg(&in.device), "register alone");
        }
}

// The low half first. The upper one is cleared: the host's may be above 4 GiB.
static void
bdsm_is_two_dwords_at_c0_from_gen11_on(void **state)
{
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen11) + IGD_TEST_COUNT(igd_test_gen12_and_newer);
         i++)
        for (j = 0; j < IGD_TEST_COUNT(igd_test_addrs); j++) {
            uint16_t id = i < IGD_TEST_COUNT(igd_test_gen11)
                ? igd_test_gen11[i]
                : igd_test_gen12_and_newer[i - IGD_TEST_COUNT(igd_test_gen11)];
            struct igd_snapshot in = igd_test_snapshot(id, 0x4000000, igd_test_addrs[j]);
            in.ram_end = 0xfff00000;
            igd_test_set_row("%04x, 0x%x: ", id, igd_test_addrs[j]);
            igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
            igd_test_equal(2, plan.writes, "writes");
            igd_test_equal(0xc0, plan.write[0].reg, "register");
            igd_test_equal(igd_test_addrs[j], plan.write[0].value, "value");
            igd_test_equal(0xfff00000, plan.write[0].mask, "mask");
            igd_test_equal(0xc4, plan.write[1].reg, "upper register");
            igd_test_equal(0, plan.write[1].value, "upper value");
            igd_test_equal(0xffffffff, plan.write[1].mask, "upper mask");
            igd_test_equal(0xc0, igd_bdsm_reg(&in.device), "register alone");
        }
}

// --- A BDSM that keeps what it has ----------------------------------------------------------

// QEMU before 10.0 outside of legacy mode, and any with a register that is locked for it.
static void
stolen_memory_is_where_a_fixed_bdsm_has_it(void **state)
{
    // 64 MiB in 2 GiB of RAM. addr, bytes: what is reserved.
    static const struct {
        uint32_t bdsm, upper, addr, bytes;
        uint8_t place, by_cache;
        uint32_t room; // 0: enough
    } rows[] = {
        { 0x7b800001, 0, 0x7b800000, 0x04000000, IGD_PLACE_BDSM, 0, 0 },
        { 0x7b800000, 0, 0x7b800000, 0x04000000, IGD_PLACE_BDSM, 0, 0 },
        { 0x7c0fffff, 0, 0x7c000000, 0x04000000, IGD_PLACE_BDSM, 0, 0 },
        { 0x01000001, 0, 0x01000000, 0x04000000, IGD_PLACE_BDSM, 0, 0 },
        // RAM ends before it does: what is there is reserved, and refused.
        { 0x7c100001, 0, 0x7c100000, 0x03f00000, IGD_PLACE_BDSM, 0, 0x03f00000 },
        { 0x7ff00001, 0, 0x7ff00000, 0x00100000, IGD_PLACE_BDSM, 0, 0x00100000 },
        // Not in RAM, or too low: a VBIOS must be told by its cache.
        { 0x80000001, 0, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0xfff00001, 0, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0x00f00001, 0, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0x00000001, 0, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0x00000000, 0, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0x7b800001, 1, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
        { 0x7b800001, 0x80000000, 0x7c000000, 0x04000000, IGD_PLACE_TOP, 1, 0 },
    };
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(rows); i++) {
        struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0);
        int err = rows[i].room ? -IGD_ERR_STOLEN_ROOM : 0;
        in.bdsm[0] = rows[i].bdsm;
        in.bdsm[1] = rows[i].upper;
        in.bdsm_fixed = 1;
        igd_test_set_row("BDSM 0x%x%08x: ", rows[i].upper, rows[i].bdsm);
        igd_test_equal(err, igd_test_plan(&in, &plan, &found), "result");
        igd_test_is_at(&plan, rows[i].addr, rows[i].bytes, rows[i].place);
        igd_test_equal(rows[i].by_cache, plan.by_cache, "by_cache");
        igd_test_equal(0, plan.writes, "writes");
        if (err)
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x4000000,
                                                       rows[i].room));
        else
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_BDSM, rows[i].bdsm,
                                                       rows[i].addr));
    }
}

// What there is no room for at the top is still reserved where drivers go.
static void
a_fixed_bdsm_is_reserved_also_where_there_is_no_room(void **state)
{
    struct igd_snapshot in = igd_test_snapshot(0x1912, 0x4000000, 0);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    in.bdsm[0] = 0x01800001;
    in.bdsm_fixed = 1;
    in.ram_end = 0x02000000;
    igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x01800000, 0x00800000, IGD_PLACE_BDSM);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x4000000, 0x1000000));
    // Half a MiB of RAM is none.
    in.bdsm[0] = 0x02000001;
    in.ram_end = 0x02080000;
    igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x4000000, 0x1000000));
    // Nor is there anything to reserve, nor to say twice.
    in.ram_end = 0x02000000;
    in.bdsm[0] = 0x80000001;
    igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x4000000, 0x1000000));
}

static void
a_fixed_bdsm_is_of_no_interest_without_stolen_memory(void **state)
{
    struct igd_snapshot in = igd_test_skylake;
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    in.ggc = IGD_TEST_GGC_0;
    in.bdsm_fixed = 1;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0, 0, IGD_PLACE_NONE);
    igd_test_equal(0, plan.by_cache, "by_cache");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 0, 0));
}

// --- What the host left ---------------------------------------------------------------------

// Where stolen memory is, 0: there is none.
static struct igd_snapshot
igd_test_leftovers(uint16_t id, uint32_t ggc, uint32_t bgsm, uint32_t stolen_addr)
{
    struct igd_snapshot in = igd_test_snapshot(id, 0x4000000, stolen_addr);
    in.ggc = ggc;
    in.bgsm = bgsm;
    if (!stolen_addr) {
        in.size.file_bytes = -1;
        in.ggc &= 0xff;
    }
    igd_test_set_row("%04x, GGC %04x, BGSM 0x%x, stolen memory at 0x%x: ", id, ggc, bgsm,
                     stolen_addr);
    return in;
}

// Looks for leftovers, and checks that stolen memory is where it shall be.
static void
igd_test_find_leftovers(const struct igd_snapshot *in, uint32_t stolen_addr,
                        struct igd_findings *found)
{
    struct igd_stolen plan;
    igd_test_equal(0, igd_test_plan_but_gms(in, &plan, found), "result");
    igd_test_equal(stolen_addr, plan.addr, "address");
    igd_test_drop(found, IGD_NOTE_NO_STOLEN);
    igd_test_drop(found, IGD_WARN_DEVICE_ID);
}

// GGC bits 7:6 are the GTT's size, 2, 4 or 8 MiB; it ends where stolen memory starts.
static void
a_bgsm_that_is_not_right_below_stolen_memory_is_noted_from_gen12_on(void **state)
{
    static const struct {
        uint32_t ggc, bgsm, stolen_addr;
        int noted;
    } gtts[] = {
        { 0x02c1, 0x7b000001, 0x7b800000, 0 }, { 0x02c1, 0x7b000000, 0x7b800000, 0 },
        { 0x0281, 0x7b400001, 0x7b800000, 0 }, { 0x0241, 0x7b600001, 0x7b800000, 0 },
        { 0xffff, 0x7b0fffff, 0x7b800000, 0 }, { 0x00c0, 0x00800000, 0x01000000, 0 },
        { 0x02c1, 0x7b000001, 0x3c000000, 1 }, { 0x02c1, 0x7b000001, 0, 1 },
        { 0x02c1, 0x7af00001, 0x7b800000, 1 }, { 0x02c1, 0x7b100001, 0x7b800000, 1 },
        { 0x0281, 0x7b000001, 0x7b800000, 1 }, { 0x0241, 0x7b000001, 0x7b800000, 1 },
        { 0x0201, 0x7b000001, 0x7b800000, 1 }, { 0x02c1, 0x7b800001, 0x7b800000, 1 },
        { 0x02c1, 0x80000000, 0x7b800000, 1 }, { 0x02c1, 0x00100000, 0x7b800000, 1 },
        // Lock and reserved bits are no address.
        { 0x02c1, 0x00000000, 0x7b800000, 0 }, { 0x02c1, 0x00000001, 0x7b800000, 0 },
        { 0x02c1, 0x000fffff, 0, 0 },
    };
    struct igd_findings found;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen12_and_newer); i++)
        for (j = 0; j < IGD_TEST_COUNT(gtts); j++) {
            struct igd_snapshot in = igd_test_leftovers(igd_test_gen12_and_newer[i], gtts[j].ggc,
                                                        gtts[j].bgsm, gtts[j].stolen_addr);
            igd_test_find_leftovers(&in, gtts[j].stolen_addr, &found);
            if (gtts[j].noted)
                igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_BGSM, gtts[j].bgsm, 0));
            else
                igd_test_no_findings(&found);
        }
}

// DBUF_CTL: bit 31 asks for power, bit 30 says that there is. All ones is no register.
static void
a_slice_is_noted_that_has_power_without_asking(void **state)
{
    static const struct {
        uint32_t dbuf;
        int left;
    } values[] = {
        { 0x40000000, 1 }, { 0x40000001, 1 }, { 0x7fffffff, 1 }, { 0x40020000, 1 },
        { 0x00000000, 0 }, { 0x80000000, 0 }, { 0xc0000000, 0 }, { 0xffffffff, 0 },
        { 0x3fffffff, 0 }, { 0xbfffffff, 0 }, { 0xc0020000, 0 }, { 0x00020000, 0 },
    };
    static const uint32_t dbuf[4] = { 0xc0000000, 0x00000000, 0xffffffff, 0x80000000 };
    struct igd_findings found;
    unsigned i, j, slice;
    (void)state;
    igd_test_equal(4, IGD_TEST_COUNT(igd_test_skylake.dbuf), "slices");
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen12_and_newer); i++)
        for (j = 0; j < IGD_TEST_COUNT(values); j++)
            for (slice = 0; slice < 4; slice++) {
                struct igd_snapshot in = igd_test_leftovers(igd_test_gen12_and_newer[i], 0x02c1,
                                                            0, 0);
                memcpy(in.dbuf, dbuf, sizeof(dbuf));
                in.dbuf[slice] = values[j].dbuf;
                igd_test_find_leftovers(&in, 0, &found);
                if (values[j].left)
                    igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_DBUF, slice,
                                                               values[j].dbuf));
                else
                    igd_test_no_findings(&found);
            }
}

static void
of_several_slices_the_first_one_is_noted(void **state)
{
    struct igd_findings found;
    unsigned left, slice;
    (void)state;
    for (left = 1; left < 16; left++) {
        struct igd_snapshot in = igd_test_leftovers(0x9a49, 0x02c1, 0x7b000001, 0x3c000000);
        uint32_t first = 4;
        for (slice = 4; slice--;) {
            in.dbuf[slice] = left >> slice & 1 ? 0x40000000 + slice : 0xc0000000;
            if (left >> slice & 1)
                first = slice;
        }
        igd_test_find_leftovers(&in, 0x3c000000, &found);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_BGSM, 0x7b000001, 0),
                          IGD_TEST_FINDING(IGD_NOTE_DBUF, first, 0x40000000 + first));
    }
}

static void
before_gen12_and_elsewhere_nothing_of_the_hosts_is_looked_for(void **state)
{
    static const uint32_t left[4] = { 0x40000000, 0x40000000, 0x40000000, 0x40000000 };
    struct igd_findings found;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_before_gen11) + IGD_TEST_COUNT(igd_test_gen11) + 1;
         i++) {
        struct igd_snapshot in = igd_test_leftovers(0x9a49, 0x02c1, 0x7b000001, 0);
        memcpy(in.dbuf, left, sizeof(left));
        if (i < IGD_TEST_COUNT(igd_test_before_gen11))
            in.device.device = igd_test_before_gen11[i];
        else if (i < IGD_TEST_COUNT(igd_test_before_gen11) + IGD_TEST_COUNT(igd_test_gen11))
            in.device.device = igd_test_gen11[i - IGD_TEST_COUNT(igd_test_before_gen11)];
        else
            in.device.bdf = 0x0018;
        in.ggc = 0;
        igd_test_find_leftovers(&in, 0, &found);
        igd_test_no_findings(&found);
    }
}

// The host's BGSM does not fit when there is no stolen memory, either.
static void
leftovers_are_looked_for_if_stolen_memory_is_refused(void **state)
{
    struct igd_snapshot in = igd_test_leftovers(0x9a49, 0x02c1, 0x7b000001, 0x7b800000);
    struct igd_findings found;
    struct igd_stolen plan;
    (void)state;
    in.dbuf[3] = 0x40000000;
    in.size.file_bytes = 4;
    igd_test_equal(-IGD_ERR_STOLEN_FILE, igd_test_plan(&in, &plan, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_FILE, 4, 8),
                      IGD_TEST_FINDING(IGD_NOTE_BGSM, 0x7b000001, 0),
                      IGD_TEST_FINDING(IGD_NOTE_DBUF, 3, 0x40000000));
}

// --- All at once ----------------------------------------------------------------------------

// Most of what can be found in this phase, with what the caller finds when it writes BDSM.
static void
the_list_holds_the_worst_that_stolen_memory_can_be(void **state)
{
    struct igd_snapshot in = igd_test_snapshot(0x56a0, 0x3f00001, 0x7b800000);
    struct igd_findings found;
    struct igd_stolen plan;
    unsigned i;
    (void)state;
    in.ggc = IGD_TEST_GGC_60;
    in.base.file_bytes = 9;
    in.bgsm = 0x7b000001;
    in.dbuf[1] = 0x40020000;
    igd_test_equal(0, igd_test_plan(&in, &plan, &found), "result");
    igd_test_is_at(&plan, 0x7c000000, 0x4000000, IGD_PLACE_TOP);
    igd_test_equal(2, plan.writes, "writes");
    for (i = 0; i < plan.writes; i++)
        igd_check_write(&plan.write[i], 0xffffffff, IGD_ERR_BDSM, &found);
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, 0x3f00001, 0x4000000),
                      IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, 0x56a0, 0),
                      IGD_TEST_FINDING(IGD_NOTE_GMS, 60, 64),
                      IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_FILE, 9, 8),
                      IGD_TEST_FINDING(IGD_NOTE_STOLEN_BASE, 0xffffffff, 0),
                      IGD_TEST_FINDING(IGD_NOTE_BGSM, 0x7b000001, 0),
                      IGD_TEST_FINDING(IGD_NOTE_DBUF, 1, 0x40020000),
                      IGD_TEST_FINDING(IGD_ERR_BDSM, 0xffffffff, 0x7c000000),
                      IGD_TEST_FINDING(IGD_ERR_BDSM, 0xffffffff, 0));
    // Three quarters of a list, so that one more condition is not lost.
    assert_in_range(found.count, 1, IGD_FINDINGS_MAX * 3 / 4);
    // Nor is one lost where there is no room.
    in.ram_end = 0x2000000;
    igd_test_equal(-IGD_ERR_STOLEN_ROOM, igd_test_plan(&in, &plan, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, 0x3f00001, 0x4000000),
                      IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, 0x56a0, 0),
                      IGD_TEST_FINDING(IGD_NOTE_GMS, 60, 64),
                      IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_FILE, 9, 8),
                      IGD_TEST_FINDING(IGD_NOTE_STOLEN_BASE, 0xffffffff, 0),
                      IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, 0x4000000, 0x1000000),
                      IGD_TEST_FINDING(IGD_NOTE_BGSM, 0x7b000001, 0),
                      IGD_TEST_FINDING(IGD_NOTE_DBUF, 1, 0x40020000));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(a_size_of_whole_mib_is_taken_as_it_is),
        IGD_TEST(the_file_is_little_endian),
        IGD_TEST(another_size_is_rounded_up_with_a_warning),
        IGD_TEST(a_size_that_cannot_lie_below_4_gib_is_refused),
        IGD_TEST(size_0_is_noted_and_gms_tells_the_size),
        IGD_TEST(a_size_file_of_other_than_8_bytes_is_refused),
        IGD_TEST(no_size_file_is_noted_at_00_02_0_alone),
        IGD_TEST(without_a_size_gms_tells_it),
        IGD_TEST(bdsm_is_tried_where_there_is_stolen_memory),
        IGD_TEST(a_size_for_an_igd_elsewhere_than_00_02_0_is_refused),
        IGD_TEST(an_unknown_device_id_gets_its_memory_with_a_warning),
        IGD_TEST(each_ggc_tells_its_mib_by_gms_alone),
        IGD_TEST(a_ggc_tells_the_mib_of_its_generation),
        IGD_TEST(drivers_that_count_on_other_than_is_reserved_are_told_of),
        IGD_TEST(a_gms_of_0_is_warned_of),
        IGD_TEST(gms_is_compared_only_with_a_size_that_is_taken),
        IGD_TEST(a_base_file_is_a_little_endian_u64),
        IGD_TEST(no_base_file_and_a_base_of_0_tell_no_address),
        IGD_TEST(a_base_file_of_other_than_8_bytes_is_ignored),
        IGD_TEST(the_plan_needs_bar0_of_gen11_and_newer_at_00_02_0),
        IGD_TEST(stolen_memory_ends_with_its_reserved_part),
        IGD_TEST(the_register_is_read_from_gen11_on),
        IGD_TEST(a_reserved_part_that_cannot_be_tells_no_address),
        IGD_TEST(a_reserved_part_above_4_gib_tells_no_address),
        IGD_TEST(the_base_file_goes_before_the_register),
        IGD_TEST(stolen_memory_is_put_to_the_top_of_ram),
        IGD_TEST(the_first_16_mib_stay_ram),
        IGD_TEST(the_hosts_address_is_taken_where_there_is_ram),
        IGD_TEST(another_address_of_the_host_gives_way_to_the_top_of_ram),
        IGD_TEST(bdsm_is_one_dword_at_5c_up_to_gen10),
        IGD_TEST(bdsm_is_two_dwords_at_c0_from_gen11_on),
        IGD_TEST(stolen_memory_is_where_a_fixed_bdsm_has_it),
        IGD_TEST(a_fixed_bdsm_is_reserved_also_where_there_is_no_room),
        IGD_TEST(a_fixed_bdsm_is_of_no_interest_without_stolen_memory),
        IGD_TEST(a_bgsm_that_is_not_right_below_stolen_memory_is_noted_from_gen12_on),
        IGD_TEST(a_slice_is_noted_that_has_power_without_asking),
        IGD_TEST(of_several_slices_the_first_one_is_noted),
        IGD_TEST(before_gen12_and_elsewhere_nothing_of_the_hosts_is_looked_for),
        IGD_TEST(leftovers_are_looked_for_if_stolen_memory_is_refused),
        IGD_TEST(the_list_holds_the_worst_that_stolen_memory_can_be),
    };
    return igd_test_run("igd_stolen", tests);
}
