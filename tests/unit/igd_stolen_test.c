// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_stolen.c: how much stolen memory is reserved, for which device.
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
    err = igd_stolen_size(device, file.bytes, file_bytes, stolen_bytes, found);
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
    igd_test_equal(0, igd_stolen_size(&igd_test_skylake, bytes, 8, &stolen_bytes, &found),
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
        err = igd_stolen_size(&igd_test_skylake, file.bytes, lengths[i], &stolen_bytes, &found);
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
        igd_test_equal(0, igd_stolen_size(&igd_test_skylake, NULL, lengths[i], &stolen_bytes,
                                          &found),
                       "result");
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_NOTE_NO_STOLEN, 0, 0));
    }
    for (i = 0; i < IGD_TEST_COUNT(bdfs); i++) {
        struct igd_device device = { bdfs[i], 0x8086, 0x1912, 0x0300 };
        found.count = 0;
        stolen_bytes = 0xa5a5a5a5;
        igd_test_equal(0, igd_stolen_size(&device, NULL, 0, &stolen_bytes, &found),
                       "result at bdf %04x", bdfs[i]);
        igd_test_equal(0, stolen_bytes, "stolen bytes");
        igd_test_no_findings(&found);
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
        IGD_TEST(a_size_for_an_igd_elsewhere_than_00_02_0_is_refused),
        IGD_TEST(an_unknown_device_id_gets_its_memory_with_a_warning),
        IGD_TEST(known_devices_of_all_generations_get_their_memory),
    };
    return cmocka_run_group_tests_name("igd_stolen", tests, NULL, NULL);
}
