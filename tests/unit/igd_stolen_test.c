// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_stolen.c: how much stolen memory is reserved, for which device, and where; what of
// it drivers count on, and what of the host's shows through.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

static const struct igd_device igd_test_skylake = { 0x0010, 0x8086, 0x1912, 0x0300 };

// Reads a size file of file_bytes, the first of the size's bytes (little-endian) and then AAh.
static int
igd_test_size(const struct igd_device *device, uint64_t size, uint32_t file_bytes,
              uint32_t *stolen_bytes, struct igd_findings *found)
{
    uint8_t bytes[16];
    struct igd_test_file file;
    unsigned i;
    int err;
    for (i = 0; i < sizeof(bytes); i++)
        bytes[i] = i < 8 ? size >> 8 * i : 0xaa;
    file = igd_test_copy(bytes, file_bytes);
    found->count = 0;
    *stolen_bytes = 0xa5a5a5a5;
    err = igd_stolen_size(device, file.bytes, file_bytes, 64, 0x7b800001, stolen_bytes, found);
    igd_test_free(&file);
    return err;
}

static void
a_size_of_whole_mib_is_taken_as_it_is(void **state)
{
    static const uint32_t sizes[] = { 0x00100000, 0x00200000, 0x00400000, 0x02000000,
                                      0x20000000, 0x7ff00000, 0x80000000, 0xffe00000,
                                      0xfff00000 };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        igd_test_equal(0, igd_test_size(&igd_test_skylake, sizes[i], 8, &stolen_bytes, &found),
                       "result for 0x%x", sizes[i]);
        igd_test_equal(sizes[i], stolen_bytes, "stolen bytes");
        igd_test_no_findings(&found);
    }
}

static void
the_file_is_little_endian(void **state)
{
    static const uint8_t bytes[8] = { 0x00, 0x00, 0x30, 0x12, 0x00, 0x00, 0x00, 0x00 };
    struct igd_findings found = { .count = 0 };
    uint32_t stolen_bytes;
    (void)state;
    igd_test_equal(0, igd_stolen_size(&igd_test_skylake, bytes, 8, 0, 0, &stolen_bytes, &found),
                   "result");
    igd_test_equal(0x12300000, stolen_bytes, "stolen bytes");
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
        { 0xffe00001, 0xfff00000 },
        { 0xffefffff, 0xfff00000 },
    };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        igd_test_equal(0,
                       igd_test_size(&igd_test_skylake, sizes[i].bytes, 8, &stolen_bytes, &found),
                       "result for 0x%x", sizes[i].bytes);
        igd_test_equal(sizes[i].rounded, stolen_bytes, "0x%x rounded", sizes[i].bytes);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, sizes[i].bytes,
                                                   sizes[i].rounded));
    }
}

static void
a_size_that_cannot_lie_below_4_gib_is_refused(void **state)
{
    static const uint64_t sizes[] = { 0xfff00001, 0xffffffff, 0x100000000, 0x100000001,
                                      0x102000000, 0x8000000000000000, 0xfffffffffff00000,
                                      0xffffffffffffffff };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        igd_test_equal(-IGD_ERR_STOLEN_LIMIT,
                       igd_test_size(&igd_test_skylake, sizes[i], 8, &stolen_bytes, &found),
                       "result for 0x%llx", (unsigned long long)sizes[i]);
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_LIMIT, sizes[i], 0xfff00000));
    }
}

static void
size_0_is_noted_and_reserves_nothing(void **state)
{
    static const struct igd_device devices[] = {
        { 0x0010, 0x8086, 0x1912, 0x0300 },
        { 0x0018, 0x8086, 0x1912, 0x0300 },
        { 0x0010, 0x8086, 0xffff, 0x0300 },
    };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(devices); i++) {
        igd_test_equal(0, igd_test_size(&devices[i], 0, 8, &stolen_bytes, &found), "result");
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_STOLEN_ZERO, 0, 0));
    }
}

static void
a_file_of_other_than_8_bytes_is_refused_unread(void **state)
{
    uint32_t file_bytes, stolen_bytes;
    struct igd_findings found;
    (void)state;
    for (file_bytes = 0; file_bytes <= 16; file_bytes++) {
        if (file_bytes == 8)
            continue;
        igd_test_equal(-IGD_ERR_STOLEN_FILE,
                       igd_test_size(&igd_test_skylake, 0x2000000, file_bytes, &stolen_bytes,
                                     &found),
                       "result for %u bytes", file_bytes);
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_FILE, file_bytes, 8));
    }
}

static void
a_size_whose_length_only_claims_to_be_huge_is_refused_unread(void **state)
{
    static const uint32_t lengths[] = { 0x108, 0x10008, 0x80000008, 0xffffffff };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        struct igd_test_file file = igd_test_copy(NULL, 0);
        int err;
        found.count = 0;
        err = igd_stolen_size(&igd_test_skylake, file.bytes, lengths[i], 64, 0, &stolen_bytes,
                              &found);
        igd_test_free(&file);
        igd_test_equal(-IGD_ERR_STOLEN_FILE, err, "result for 0x%x bytes", lengths[i]);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_FILE, lengths[i], 8));
    }
}

static void
no_file_is_noted_at_00_02_0_alone(void **state)
{
    static const uint16_t bdfs[] = { 0x0000, 0x0011, 0x0012, 0x0018, 0x0008, 0x0110, 0x8010,
                                     0xffff };
    static const uint32_t lengths[] = { 0, 8, 0xffffffff };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        found.count = 0;
        stolen_bytes = 0xa5a5a5a5;
        igd_test_equal(0, igd_stolen_size(&igd_test_skylake, NULL, lengths[i], 0, 0,
                                          &stolen_bytes, &found),
                       "result");
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 0, 0));
    }
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++) {
        struct igd_device device = { bdfs[i], 0x8086, 0x1912, 0x0300 };
        found.count = 0;
        stolen_bytes = 0xa5a5a5a5;
        igd_test_equal(0, igd_stolen_size(&device, NULL, 0, 64, 0, &stolen_bytes, &found),
                       "result at bdf %04x", bdfs[i]);
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_no_findings(&found);
    }
}

// A VBIOS would take what is at 0 for it.
static void
stolen_memory_that_is_counted_on_but_at_no_address_is_an_error(void **state)
{
    static const struct {
        uint32_t gms_mb, bdsm;
        int unset;
    } devices[] = {
        { 64, 0x00000000, 1 }, { 64, 0x00000001, 1 }, { 64, 0x000fffff, 1 }, { 4, 0, 1 },
        { 8160, 0x00000001, 1 },
        { 64, 0x00100000, 0 }, { 64, 0x7b800001, 0 }, { 64, 0x80000000, 0 }, { 4, 0xfff00000, 0 },
        { 0, 0x00000000, 0 }, { 0, 0x00000001, 0 }, { 0, 0x7b800000, 0 },
    };
    static const uint8_t zero[8];
    unsigned i, file;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(devices); i++)
        for (file = 0; file <= 1; file++) {
            struct igd_device elsewhere = { 0x0018, 0x8086, 0x1912, 0x0300 };
            struct igd_findings found = { .count = 0 };
            uint32_t stolen_bytes = 0xa5a5a5a5, gms_mb = devices[i].gms_mb;
            igd_test_set_row("%u MiB, BDSM 0x%x, file %u: ", gms_mb, devices[i].bdsm, file);
            igd_test_equal(devices[i].unset ? -IGD_ERR_STOLEN_UNSET : 0,
                           igd_stolen_size(&igd_test_skylake, file ? zero : NULL, 8, gms_mb,
                                           devices[i].bdsm, &stolen_bytes, &found),
                           "result");
            igd_test_equal(0, stolen_bytes, "stolen bytes");
            if (devices[i].unset)
                igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_UNSET, gms_mb, 0));
            else
                igd_test_findings(&found, IGD_TEST_FINDING(file ? IGD_NOTE_STOLEN_ZERO
                                                                : IGD_NOTE_NO_STOLEN, 0, 0));
            // Elsewhere there is none.
            igd_test_equal(0, igd_stolen_size(&elsewhere, file ? zero : NULL, 8, gms_mb,
                                              devices[i].bdsm, &stolen_bytes, &found),
                           "result elsewhere");
        }
}

static void
a_size_for_an_igd_elsewhere_than_00_02_0_is_refused(void **state)
{
    unsigned bdf;
    (void)state;
    for (bdf = 0; bdf < 0x10000; bdf++) {
        struct igd_device device = { bdf, 0x8086, 0x1912, 0x0300 };
        struct igd_findings found;
        uint32_t stolen_bytes;
        int err = igd_test_size(&device, 0x2000000, 8, &stolen_bytes, &found);
        if (bdf == 0x0010) {
            igd_test_equal(0, err, "result at 00:02.0");
            igd_test_equal(0x2000000, stolen_bytes, "stolen bytes at 00:02.0");
            igd_test_no_findings(&found);
            continue;
        }
        igd_test_equal(-IGD_ERR_STOLEN_ADDRESS, err, "result at bdf %04x", bdf);
        igd_test_equal(0, stolen_bytes, "stolen bytes at bdf %04x", bdf);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ADDRESS, bdf, 0x0010));
    }
}

static void
an_unknown_device_id_gets_its_memory_with_a_warning(void **state)
{
    static const uint16_t ids[] = { 0x0000, 0x1234, 0x56a0, 0xffff };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ids); i++) {
        struct igd_device device = { 0x0010, 0x8086, ids[i], 0x0300 };
        igd_test_equal(0, igd_test_size(&device, 0x4000000, 8, &stolen_bytes, &found),
                       "result for %04x", ids[i]);
        igd_test_equal(0x4000000, stolen_bytes, "stolen bytes for %04x", ids[i]);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, ids[i], 0));
        igd_test_equal(0, igd_test_size(&device, 0x1f80000, 8, &stolen_bytes, &found),
                       "result for %04x", ids[i]);
        igd_test_equal(0x2000000, stolen_bytes, "stolen bytes for %04x", ids[i]);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_ROUNDED, 0x1f80000, 0x2000000),
                          IGD_TEST_FINDING(IGD_WARN_DEVICE_ID, ids[i], 0));
    }
}

static void
known_devices_of_all_generations_get_their_memory(void **state)
{
    static const uint16_t ids[] = { 0x0106, 0x0162, 0x0412, 0x0f31, 0x1616, 0x22b0, 0x1912,
                                    0x5912, 0x3e92, 0x9bc8, 0x3184, 0x5a84, 0x8a52, 0x4e61,
                                    0x9a49, 0x4680, 0xa780, 0x7d55, 0x64a0, 0xb080 };
    struct igd_findings found;
    uint32_t stolen_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ids); i++) {
        struct igd_device device = { 0x0010, 0x8086, ids[i], 0x0380 };
        igd_test_equal(0, igd_test_size(&device, 0x4000000, 8, &stolen_bytes, &found),
                       "result for %04x", ids[i]);
        igd_test_equal(0x4000000, stolen_bytes, "stolen bytes for %04x", ids[i]);
        igd_test_no_findings(&found);
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
        uint32_t gms_mb, stolen_bytes;
        uint8_t code; // 0: none
    } sizes[] = {
        { 0, 0, 0 },
        { 64, 0x04000000, 0 },
        { 4095, 0xfff00000, 0 },
        { 65, 0x04000000, IGD_WARN_GMS },
        { 64, 0x03f00000, IGD_WARN_GMS },
        { 60, 0, IGD_WARN_GMS },
        { 1, 0, IGD_WARN_GMS },
        { 8160, 0xfff00000, IGD_WARN_GMS },
        { 4096, 0xfff00000, IGD_WARN_GMS },
        { 63, 0x04000000, IGD_NOTE_GMS },
        { 64, 0x04100000, IGD_NOTE_GMS },
        { 0, 0x00800000, IGD_NOTE_GMS },
        { 0, 0x00100000, IGD_NOTE_GMS },
        { 4094, 0xfff00000, IGD_NOTE_GMS },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_findings found = { .count = 0 };
        igd_test_set_row("%u MiB of 0x%x bytes: ", sizes[i].gms_mb, sizes[i].stolen_bytes);
        igd_gms_compare(&igd_test_skylake, sizes[i].gms_mb, sizes[i].stolen_bytes, &found);
        if (sizes[i].code)
            igd_test_findings(&found, IGD_TEST_FINDING(sizes[i].code, sizes[i].gms_mb,
                                                       sizes[i].stolen_bytes / 0x100000));
        else
            igd_test_no_findings(&found);
    }
}

static void
drivers_of_an_igd_elsewhere_than_00_02_0_count_on_none(void **state)
{
    unsigned bdf;
    (void)state;
    for (bdf = 0; bdf < 0x10000; bdf++) {
        struct igd_device device = { bdf, 0x8086, 0x1912, 0x0300 };
        struct igd_findings found = { .count = 0 };
        igd_gms_compare(&device, 64, 0, &found);
        igd_gms_compare(&device, 0, 0x4000000, &found);
        igd_test_equal(bdf == 0x0010 ? 2 : 0, found.count, "findings at bdf %04x", bdf);
    }
}

// --- Where the host has it ------------------------------------------------------------------

static void
a_base_file_is_a_little_endian_u64(void **state)
{
    static const uint8_t bytes[8] = { 0x00, 0x00, 0x80, 0x7b, 0x02, 0x00, 0x00, 0x80 };
    struct igd_test_file file = igd_test_copy(bytes, 8);
    struct igd_findings found = { .count = 0 };
    (void)state;
    assert_true(igd_stolen_file_addr(file.bytes, 8, &found) == 0x800000027b800000);
    igd_test_free(&file);
    igd_test_no_findings(&found);
}

static void
no_base_file_tells_no_address(void **state)
{
    static const int lengths[] = { -1, -8, INT32_MIN };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        struct igd_findings found = { .count = 0 };
        igd_test_equal(0, igd_stolen_file_addr(NULL, lengths[i], &found), "address");
        igd_test_no_findings(&found);
    }
}

static void
a_base_file_of_other_than_8_bytes_is_ignored_unread(void **state)
{
    static const int lengths[] = { 0, 1, 4, 7, 9, 16, 0x108, INT32_MAX };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lengths); i++) {
        struct igd_test_file file = igd_test_copy(NULL, 0);
        struct igd_findings found = { .count = 0 };
        igd_test_equal(0, igd_stolen_file_addr(file.bytes, lengths[i], &found), "address");
        igd_test_free(&file);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_FILE, lengths[i], 8));
    }
}

// STOLEN_RESERVED: bits 31:20 are the base of the reserved part, bits 8:7 its size, bit 0 says that
// it is there.
static void
stolen_memory_ends_with_its_reserved_part(void **state)
{
    static const struct {
        uint32_t reserved, gms_mb, stolen_bytes, addr;
    } hosts[] = {
        // 1, 2, 4 and 8 MiB below 7f800000h.
        { 0x7f700001, 64, 0x04000000, 0x7b800000 },
        { 0x7f600081, 64, 0x04000000, 0x7b800000 },
        { 0x7f400101, 64, 0x04000000, 0x7b800000 },
        { 0x7f000181, 64, 0x04000000, 0x7b800000 },
        // The same base of different parts.
        { 0x7f000001, 64, 0x04000000, 0x7b100000 },
        { 0x7f000081, 64, 0x04000000, 0x7b200000 },
        { 0x7f000101, 64, 0x04000000, 0x7b400000 },
        // The other bits do not matter.
        { 0x7f7ffe7f, 64, 0x04000000, 0x7b800000 },
        { 0x7f0fffff, 64, 0x04000000, 0x7b800000 },
        // GMS is what counts, if it is less than what is reserved.
        { 0x7f000181, 64, 0x04800000, 0x7b800000 },
        { 0x7f000181, 63, 0x04000000, 0x7b900000 },
        { 0x7f000181, 8, 0x04000000, 0x7f000000 },
        { 0x7f000181, 65, 0x04000000, 0x7b800000 },
        { 0x7f000181, 128, 0x04000000, 0x7b800000 },
        { 0x7f000181, 8160, 0x04000000, 0x7b800000 },
        { 0x7f000181, 0, 0x04000000, 0x7b800000 },
        { 0x7f000181, 0, 0x04800000, 0x7b000000 },
        // All of it may be the reserved part.
        { 0x7f000181, 0, 0x00800000, 0x7f000000 },
        { 0x7f700001, 1, 0x00100000, 0x7f700000 },
        { 0x7f700001, 1, 0x04000000, 0x7f700000 },
        // The least and the most.
        { 0x04000001, 64, 0x04000000, 0x00100000 },
        { 0xffe00001, 64, 0x04000000, 0xfbf00000 },
        { 0xff700101, 64, 0x04000000, 0xfbb00000 },
        { 0xffd00081, 4094, 0xfff00000, 0x00100000 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(hosts); i++)
        igd_test_equal(hosts[i].addr,
                       igd_stolen_host_addr(hosts[i].reserved, 0, hosts[i].gms_mb,
                                            hosts[i].stolen_bytes),
                       "host's address by 0x%x, GMS %u MiB, 0x%x bytes", hosts[i].reserved,
                       hosts[i].gms_mb, hosts[i].stolen_bytes);
}

static void
a_reserved_part_that_cannot_be_tells_no_address(void **state)
{
    static const struct {
        uint32_t reserved, gms_mb, stolen_bytes;
    } hosts[] = {
        // Not set, or no register.
        { 0x00000000, 64, 0x04000000 },
        { 0x7f000180, 64, 0x04000000 },
        { 0x7f0ffffe, 64, 0x04000000 },
        { 0xffffffff, 64, 0x04000000 },
        { 0xffffffff, 0, 0xfff00000 },
        // Larger than stolen memory.
        { 0x7f000181, 0, 0x00700000 },
        { 0x7f000181, 7, 0x04000000 },
        { 0x7f400101, 3, 0x04000000 },
        { 0x7f600081, 1, 0x04000000 },
        { 0x7f600081, 0, 0x00100000 },
        { 0x7f700001, 0, 0 },
        { 0x7f700001, 64, 0 },
        { 0x00000001, 0, 0 },
        // Starts below 0, or at it.
        { 0x00300001, 64, 0x04000000 },
        { 0x03e00001, 64, 0x04000000 },
        { 0x03f00001, 64, 0x04000000 },
        { 0x00000181, 0, 0x00800000 },
        { 0x00000001, 1, 0x04000000 },
        // Ends at 4 GiB, or above.
        { 0xfff00001, 64, 0x04000000 },
        { 0xfff00001, 0, 0xfff00000 },
        { 0xffe00081, 64, 0x04000000 },
        { 0xff800181, 64, 0x04000000 },
        { 0xff900181, 64, 0x04000000 },
        { 0xff900181, 8, 0x04000000 },
        { 0xfff00181, 8, 0x00800000 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(hosts); i++)
        igd_test_equal(0, igd_stolen_host_addr(hosts[i].reserved, 0, hosts[i].gms_mb,
                                               hosts[i].stolen_bytes),
                       "host's address by 0x%x, GMS %u MiB, 0x%x bytes", hosts[i].reserved,
                       hosts[i].gms_mb, hosts[i].stolen_bytes);
}

static void
a_reserved_part_above_4_gib_tells_no_address(void **state)
{
    unsigned i;
    (void)state;
    igd_test_equal(0, igd_stolen_host_addr(0xffffffff, 0xffffffff, 64, 0x4000000),
                   "host's address by all ones");
    for (i = 0; i < 32; i++)
        igd_test_equal(0, igd_stolen_host_addr(0x7f000181, 1u << i, 64, 0x4000000),
                       "host's address with bit %u of the high half", i);
}

// --- Where it is put ------------------------------------------------------------------------

// Puts it there, and checks the address; expects no finding.
static void
igd_test_place(uint32_t stolen_bytes, uint64_t host_addr, uint32_t ram_end, uint32_t expected)
{
    struct igd_findings found = { .count = 0 };
    uint32_t addr = 0xa5a5a5a5;
    igd_test_set_row("0x%x bytes, host 0x%llx, RAM to 0x%x: ", stolen_bytes,
                     (unsigned long long)host_addr, ram_end);
    igd_test_equal(0, igd_stolen_place(stolen_bytes, host_addr, ram_end, &addr, &found),
                   "result");
    igd_test_equal(expected, addr, "address");
    igd_test_no_findings(&found);
}

static void
stolen_memory_is_put_to_the_top_of_ram(void **state)
{
    static const struct {
        uint32_t stolen_bytes, ram_end, addr;
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
    for (i = 0; i < IGD_TEST_COUNT(places); i++)
        igd_test_place(places[i].stolen_bytes, 0, places[i].ram_end, places[i].addr);
}

static void
the_first_16_mib_stay_ram(void **state)
{
    static const struct {
        uint32_t stolen_bytes, ram_end, room;
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
            struct igd_findings found = { .count = 0 };
            uint32_t addr = 0xa5a5a5a5;
            igd_test_set_row("0x%x bytes, host 0x%llx, RAM to 0x%x: ", full[i].stolen_bytes,
                             (unsigned long long)hosts[j], full[i].ram_end);
            igd_test_equal(-IGD_ERR_STOLEN_ROOM,
                           igd_stolen_place(full[i].stolen_bytes, hosts[j], full[i].ram_end,
                                            &addr, &found),
                           "result");
            igd_test_equal(0, addr, "address");
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_STOLEN_ROOM, full[i].stolen_bytes,
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
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(places) + 20 + 32; i++) {
        struct igd_findings found = { .count = 0 };
        uint64_t host_addr = 0x7b800000;
        uint32_t ram_end = 0x80000000, expected = 0x7c000000, addr = 0xa5a5a5a5;
        uint8_t code = 0;
        if (i < IGD_TEST_COUNT(places)) {
            host_addr = places[i].host_addr;
            ram_end = places[i].ram_end;
            expected = places[i].addr;
            code = places[i].code;
        } else if (i < IGD_TEST_COUNT(places) + 20) {
            host_addr |= 1u << (i - IGD_TEST_COUNT(places)); // each bit below a MiB
        } else {
            host_addr |= 1ull << (i - IGD_TEST_COUNT(places) - 20 + 32); // and above 4 GiB
        }
        igd_test_set_row("host 0x%llx, RAM to 0x%x: ", (unsigned long long)host_addr, ram_end);
        igd_test_equal(0, igd_stolen_place(0x4000000, host_addr, ram_end, &addr, &found),
                       "result");
        igd_test_equal(expected, addr, "address");
        if (code)
            igd_test_findings(&found, IGD_TEST_FINDING(code, host_addr, ram_end));
        else
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_STOLEN_BASE_VALUE, host_addr,
                                                       0x1000000));
    }
}

// --- What the host left ---------------------------------------------------------------------

static const uint16_t igd_test_before_gen12[] = { 0x0106, 0x0162, 0x0412, 0x1616, 0x22b0, 0x1912,
                                                  0x5a40, 0x8a52, 0x4555, 0x4e61 };
static const uint16_t igd_test_gen12_and_newer[] = { 0x9a49, 0x4c8a, 0x4680, 0xa780, 0x7d55,
                                                     0x64a0, 0xb080, 0xfd80, 0xd740, 0xffff };

// Four slices' DBUF_CTL at the end of an allocation: ASan sees a fifth that is read.
static void
igd_test_leftovers(uint16_t id, uint16_t ggc, uint32_t bgsm, uint32_t stolen_addr,
                   const uint32_t dbuf[4], struct igd_findings *found)
{
    uint32_t *slices = malloc(4 * sizeof(*slices));
    assert_non_null(slices);
    memcpy(slices, dbuf, 4 * sizeof(*slices));
    found->count = 0;
    igd_test_set_row("%04x, GGC %04x, BGSM 0x%x, stolen memory at 0x%x: ", id, ggc, bgsm,
                     stolen_addr);
    igd_host_leftovers(igd_family(id), ggc, bgsm, stolen_addr, slices, found);
    free(slices);
}

static const uint32_t igd_test_dbuf_off[4] = { 0, 0, 0, 0 };

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
        { 0xffff, 0x7b0fffff, 0x7b800000, 0 }, { 0x00c0, 0x00100000, 0x00900000, 0 },
        { 0x02c1, 0x7b000001, 0x3c000000, 1 }, { 0x02c1, 0x7b000001, 0, 1 },
        { 0x02c1, 0x7af00001, 0x7b800000, 1 }, { 0x02c1, 0x7b100001, 0x7b800000, 1 },
        { 0x0281, 0x7b000001, 0x7b800000, 1 }, { 0x0241, 0x7b000001, 0x7b800000, 1 },
        { 0x0201, 0x7b000001, 0x7b800000, 1 }, { 0x02c1, 0x7b800001, 0x7b800000, 1 },
        { 0x02c1, 0x80000000, 0x7b800000, 1 }, { 0x02c1, 0x00100000, 0x7b800000, 1 },
        // Lock and reserved bits are no address.
        { 0x02c1, 0x00000000, 0x00800000, 0 }, { 0x02c1, 0x00000001, 0x7b800000, 0 },
        { 0x02c1, 0x000fffff, 0, 0 },
    };
    struct igd_findings found;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen12_and_newer); i++)
        for (j = 0; j < IGD_TEST_COUNT(gtts); j++) {
            igd_test_leftovers(igd_test_gen12_and_newer[i], gtts[j].ggc, gtts[j].bgsm,
                               gtts[j].stolen_addr, igd_test_dbuf_off, &found);
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
    struct igd_findings found;
    unsigned i, j, slice;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_gen12_and_newer); i++)
        for (j = 0; j < IGD_TEST_COUNT(values); j++)
            for (slice = 0; slice < 4; slice++) {
                uint32_t dbuf[4] = { 0xc0000000, 0x00000000, 0xffffffff, 0x80000000 };
                dbuf[slice] = values[j].dbuf;
                igd_test_leftovers(igd_test_gen12_and_newer[i], 0x02c1, 0, 0, dbuf, &found);
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
        uint32_t dbuf[4], first = 4;
        for (slice = 4; slice--;) {
            dbuf[slice] = left >> slice & 1 ? 0x40000000 + slice : 0xc0000000;
            if (left >> slice & 1)
                first = slice;
        }
        igd_test_leftovers(0x9a49, 0x02c1, 0x7b000001, 0x3c000000, dbuf, &found);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_BGSM, 0x7b000001, 0),
                          IGD_TEST_FINDING(IGD_NOTE_DBUF, first, 0x40000000 + first));
    }
}

static void
before_gen12_nothing_of_the_hosts_is_looked_for(void **state)
{
    static const uint32_t left[4] = { 0x40000000, 0x40000000, 0x40000000, 0x40000000 };
    struct igd_findings found;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_before_gen12); i++) {
        igd_test_leftovers(igd_test_before_gen12[i], 0x02c1, 0x7b000001, 0x3c000000, left, &found);
        igd_test_no_findings(&found);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(a_size_of_whole_mib_is_taken_as_it_is),
        IGD_TEST(the_file_is_little_endian),
        IGD_TEST(another_size_is_rounded_up_with_a_warning),
        IGD_TEST(a_size_that_cannot_lie_below_4_gib_is_refused),
        IGD_TEST(size_0_is_noted_and_reserves_nothing),
        IGD_TEST(a_file_of_other_than_8_bytes_is_refused_unread),
        IGD_TEST(a_size_whose_length_only_claims_to_be_huge_is_refused_unread),
        IGD_TEST(no_file_is_noted_at_00_02_0_alone),
        IGD_TEST(stolen_memory_that_is_counted_on_but_at_no_address_is_an_error),
        IGD_TEST(a_size_for_an_igd_elsewhere_than_00_02_0_is_refused),
        IGD_TEST(an_unknown_device_id_gets_its_memory_with_a_warning),
        IGD_TEST(known_devices_of_all_generations_get_their_memory),
        IGD_TEST(each_ggc_tells_its_mib_by_gms_alone),
        IGD_TEST(a_ggc_tells_the_mib_of_its_generation),
        IGD_TEST(drivers_that_count_on_other_than_is_reserved_are_told_of),
        IGD_TEST(drivers_of_an_igd_elsewhere_than_00_02_0_count_on_none),
        IGD_TEST(a_base_file_is_a_little_endian_u64),
        IGD_TEST(no_base_file_tells_no_address),
        IGD_TEST(a_base_file_of_other_than_8_bytes_is_ignored_unread),
        IGD_TEST(stolen_memory_ends_with_its_reserved_part),
        IGD_TEST(a_reserved_part_that_cannot_be_tells_no_address),
        IGD_TEST(a_reserved_part_above_4_gib_tells_no_address),
        IGD_TEST(stolen_memory_is_put_to_the_top_of_ram),
        IGD_TEST(the_first_16_mib_stay_ram),
        IGD_TEST(the_hosts_address_is_taken_where_there_is_ram),
        IGD_TEST(another_address_of_the_host_gives_way_to_the_top_of_ram),
        IGD_TEST(a_bgsm_that_is_not_right_below_stolen_memory_is_noted_from_gen12_on),
        IGD_TEST(a_slice_is_noted_that_has_power_without_asking),
        IGD_TEST(of_several_slices_the_first_one_is_noted),
        IGD_TEST(before_gen12_nothing_of_the_hosts_is_looked_for),
    };
    return igd_test_run("igd_stolen", tests);
}
