// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_opregion.c: what is read from an OpRegion file, and what is mended in it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal
#include "igd_bytes.h" // igd_file_at

// The file under construction. Tests read a copy of its first bytes, of just that size.
static uint8_t igd_test_image[0x14000];

#define igd_test_put(offset, bytes, value) \
    igd_test_put_le(igd_test_image, sizeof(igd_test_image), offset, bytes, value)

// Starts an OpRegion of 8 KiB without a VBT. version is the dword at 14h.
static void
igd_test_opregion(uint32_t version, uint32_t mailboxes)
{
    memset(igd_test_image, 0, sizeof(igd_test_image));
    memcpy(igd_test_image, "IntelGraphicsMem", 16);
    igd_test_put(0x10, 4, 8);
    igd_test_put(0x14, 4, version);
    igd_test_put(0x58, 4, mailboxes);
}

static void
igd_test_rvda(uint64_t rvda, uint32_t rvds)
{
    igd_test_put(0x3ba, 8, rvda);
    igd_test_put(0x3c2, 4, rvds);
}

// Puts a VBT of vbt_bytes (48 or more) with a good sum at offset. Its body is not zero.
static void
igd_test_vbt(uint32_t offset, uint16_t vbt_bytes, const char *name)
{
    uint8_t *vbt = igd_test_image + offset, sum = 0;
    unsigned i;
    assert_true(vbt_bytes >= 48 && offset + vbt_bytes <= sizeof(igd_test_image));
    memset(vbt, 0x11, vbt_bytes);
    memset(vbt, ' ', 20);
    memcpy(vbt, "$VBT", 4);
    memcpy(vbt + 5, name, strlen(name));
    igd_test_put(offset + 24, 2, vbt_bytes);
    vbt[26] = 0;
    for (i = 0; i < vbt_bytes; i++)
        sum += vbt[i];
    vbt[26] = -sum;
}

static int
igd_test_read(uint32_t file_bytes, struct igd_opregion *opregion, struct igd_findings *found)
{
    struct igd_test_file file = igd_test_copy(igd_test_image, file_bytes);
    int err, same;
    memset(opregion, 0xa5, sizeof(*opregion));
    found->count = 0;
    err = igd_opregion_read(file.bytes, file_bytes, opregion, found);
    same = !file_bytes || !memcmp(file.bytes, igd_test_image, file_bytes);
    igd_test_free(&file);
    if (!same)
        fail_msg("expected the file as it was, got it changed");
    return err;
}

static void
igd_test_has_vbt(const struct igd_opregion *opregion, uint32_t offset, uint32_t bytes,
                 const char *name)
{
    igd_test_equal(offset, opregion->vbt_offset, "VBT's offset");
    igd_test_equal(bytes, opregion->vbt_bytes, "VBT's bytes");
    if (strcmp(name, opregion->vbt_name))
        fail_msg("%sVBT's name: expected \"%s\", got \"%s\"", igd_test_row, name,
                 opregion->vbt_name);
}

// --- igd_bytes.h -----------------------------------------------------------------------------

static void
a_range_is_given_only_if_all_of_it_is_in_the_file(void **state)
{
    static const struct {
        uint32_t file_bytes, offset, bytes;
        int inside;
    } ranges[] = {
        { 0, 0, 0, 1 },           { 0, 0, 1, 0 },          { 0, 1, 0, 0 },
        { 16, 0, 16, 1 },         { 16, 0, 17, 0 },        { 16, 15, 1, 1 },
        { 16, 15, 2, 0 },         { 16, 16, 0, 1 },        { 16, 16, 1, 0 },
        { 16, 17, 0, 0 },         { 16, 8, 0xfffffff8, 0 }, { 16, 8, 0xffffffff, 0 },
        { 16, 0xffffffff, 0, 0 }, { 16, 0xffffffff, 1, 0 }, { 16, 0xfffffff8, 16, 0 },
        { 0, 0xffffffff, 1, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ranges); i++) {
        const uint8_t *at = igd_file_at(igd_test_image, ranges[i].file_bytes, ranges[i].offset,
                                        ranges[i].bytes);
        igd_test_set_row("0x%x bytes at 0x%x of 0x%x: ", ranges[i].bytes, ranges[i].offset,
                         ranges[i].file_bytes);
        igd_test_equal(ranges[i].inside, at != NULL, "inside");
        if (at)
            igd_test_equal(ranges[i].offset, at - igd_test_image, "offset given");
    }
}

static void
loads_are_little_endian_and_take_no_byte_more(void **state)
{
    static const uint8_t bytes[8] = { 0xf1, 0xe2, 0xd3, 0xc4, 0xb5, 0xa6, 0x97, 0x88 };
    struct igd_test_file two = igd_test_copy(bytes, 2), four = igd_test_copy(bytes, 4),
                         eight = igd_test_copy(bytes, 8);
    (void)state;
    igd_test_equal(0xe2f1, igd_get16(two.bytes), "u16");
    igd_test_equal(0xc4d3e2f1, igd_get32(four.bytes), "u32");
    igd_test_equal((long long)0x8897a6b5c4d3e2f1, (long long)igd_get64(eight.bytes), "u64");
    igd_test_free(&two);
    igd_test_free(&four);
    igd_test_free(&eight);
}

static void
bytes_add_up_modulo_256(void **state)
{
    static const struct {
        uint8_t bytes[4];
        uint32_t count;
        uint8_t sum;
    } sums[] = {
        { { 0xff, 0xff, 0xff, 0xff }, 0, 0x00 }, { { 0x12, 0xff, 0xff, 0xff }, 1, 0x12 },
        { { 0xff, 0x01, 0xff, 0xff }, 2, 0x00 }, { { 0x80, 0x80, 0x80, 0xff }, 3, 0x80 },
        { { 0x01, 0x02, 0x03, 0x04 }, 4, 0x0a }, { { 0xff, 0xff, 0xff, 0xff }, 4, 0xfc },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sums); i++) {
        struct igd_test_file file = igd_test_copy(sums[i].bytes, sums[i].count);
        igd_test_equal(sums[i].sum, igd_sum(file.bytes, sums[i].count), "sum %u", i);
        igd_test_free(&file);
    }
    memset(igd_test_image, 0xff, sizeof(igd_test_image));
    igd_test_equal(0, igd_sum(igd_test_image, sizeof(igd_test_image)), "sum of FFh");
}

// --- igd_opregion_room -----------------------------------------------------------------------

static void
the_room_is_the_file_in_whole_pages(void **state)
{
    static const struct {
        uint32_t file_bytes, room_bytes;
    } sizes[] = {
        { 0x2000, 0x2000 },    { 0x2001, 0x3000 },     { 0x2fff, 0x3000 },  { 0x3000, 0x3000 },
        { 0x3001, 0x4000 },    { 0x11fff, 0x12000 },   { 0x12000, 0x12000 },
        { 0xff001, 0x100000 }, { 0xfffff, 0x100000 },  { 0x100000, 0x100000 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_findings found = { .count = 0 };
        uint32_t room_bytes = 0xa5a5a5a5;
        igd_test_equal(0, igd_opregion_room(sizes[i].file_bytes, &room_bytes, &found),
                       "result for 0x%x", sizes[i].file_bytes);
        igd_test_equal(sizes[i].room_bytes, room_bytes, "room for 0x%x", sizes[i].file_bytes);
        igd_test_no_findings(&found);
    }
}

static void
a_file_below_8_kib_gets_no_room(void **state)
{
    uint32_t file_bytes;
    (void)state;
    for (file_bytes = 0; file_bytes < 0x2000; file_bytes++) {
        struct igd_findings found = { .count = 0 };
        uint32_t room_bytes = 0xa5a5a5a5;
        igd_test_equal(-IGD_ERR_OPREGION_BYTES,
                       igd_opregion_room(file_bytes, &room_bytes, &found), "result for 0x%x",
                       file_bytes);
        igd_test_equal(0, room_bytes, "room for 0x%x", file_bytes);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_OPREGION_BYTES, file_bytes, 0x2000));
    }
}

static void
a_file_over_1_mib_gets_no_room(void **state)
{
    static const uint32_t sizes[] = { 0x100001, 0x101000, 0x80000000, 0xfffff000, 0xfffff001,
                                      0xffffffff };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        struct igd_findings found = { .count = 0 };
        uint32_t room_bytes = 0xa5a5a5a5;
        igd_test_equal(-IGD_ERR_OPREGION_LIMIT, igd_opregion_room(sizes[i], &room_bytes, &found),
                       "result for 0x%x", sizes[i]);
        igd_test_equal(0, room_bytes, "room for 0x%x", sizes[i]);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_OPREGION_LIMIT, sizes[i], 0x100000));
    }
}

// --- The header ------------------------------------------------------------------------------

static void
the_header_is_read_as_it_is(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    (void)state;
    igd_test_opregion(0x03010203, 0x8000001f);
    igd_test_vbt(0x400, 0x100, "SKYLAKE");
    igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
    igd_test_no_findings(&found);
    igd_test_equal(0x2000, opregion.size_bytes, "size");
    igd_test_equal(3, opregion.major, "major");
    igd_test_equal(1, opregion.minor, "minor");
    igd_test_equal(0x8000001f, opregion.mailboxes, "mailboxes");
    igd_test_equal(0, opregion.rvda_outside, "RVDA outside");
    igd_test_has_vbt(&opregion, 0x400, 0x100, "SKYLAKE");
}

static void
a_file_below_8_kib_is_refused(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    uint32_t file_bytes;
    (void)state;
    igd_test_opregion(0x02000000, 0x0f);
    igd_test_put(0x10, 4, 0);
    for (file_bytes = 0; file_bytes < 0x2000; file_bytes++) {
        igd_test_equal(-IGD_ERR_OPREGION_BYTES, igd_test_read(file_bytes, &opregion, &found),
                       "result for 0x%x", file_bytes);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_OPREGION_BYTES, file_bytes, 0x2000));
    }
    igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result for 0x2000");
}

static void
each_byte_of_the_signature_counts(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i, bit;
    (void)state;
    for (i = 0; i < 16; i++)
        for (bit = 0; bit < 8; bit++) {
            igd_test_opregion(0x02000000, 0x0f);
            igd_test_image[i] ^= 1 << bit;
            igd_test_equal(-IGD_ERR_OPREGION_SIGNATURE, igd_test_read(0x2000, &opregion, &found),
                           "result with bit %u of byte %u flipped", bit, i);
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_OPREGION_SIGNATURE, 0x2000, 0));
        }
}

static void
a_header_size_beyond_the_file_is_refused(void **state)
{
    static const struct {
        uint32_t file_bytes, size_kb;
        int refused;
    } sizes[] = {
        { 0x2000, 0, 0 },          { 0x2000, 7, 0 },          { 0x2000, 8, 0 },
        { 0x2000, 9, 1 },          { 0x2001, 8, 0 },          { 0x23ff, 8, 0 },
        { 0x23ff, 9, 1 },          { 0x2400, 9, 0 },          { 0x2400, 10, 1 },
        { 0x2400, 1, 0 },          { 0x2000, 0x100, 1 },      { 0x2000, 0x10000, 1 },
        { 0x2000, 0x3fffff, 1 },   { 0x2000, 0x400000, 1 },   { 0x2000, 0x400008, 1 },
        { 0x2000, 0x80000000, 1 }, { 0x2000, 0x80000008, 1 }, { 0x2000, 0xffffffff, 1 },
    };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        uint64_t size_bytes = (uint64_t)sizes[i].size_kb * 1024;
        igd_test_opregion(0x02000000, 0x0f);
        igd_test_put(0x10, 4, sizes[i].size_kb);
        igd_test_equal(sizes[i].refused ? -IGD_ERR_OPREGION_HEADER : 0,
                       igd_test_read(sizes[i].file_bytes, &opregion, &found),
                       "result for 0x%x KiB in 0x%x", sizes[i].size_kb, sizes[i].file_bytes);
        if (sizes[i].refused)
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_ERR_OPREGION_HEADER, size_bytes,
                                                       sizes[i].file_bytes));
        else
            igd_test_equal(size_bytes, opregion.size_bytes, "size");
    }
}

// --- Truncation: every length, ASan on guard ---------------------------------------------------

static void
a_file_cut_below_its_headers_size_is_refused(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    uint32_t file_bytes;
    (void)state;
    igd_test_opregion(0x02010000, 0x1f);
    igd_test_put(0x10, 4, 10);
    igd_test_vbt(0x400, 0x1000, "MAILBOX 4");
    for (file_bytes = 0x2000; file_bytes <= 0x2c00; file_bytes++) {
        int err = igd_test_read(file_bytes, &opregion, &found);
        if (file_bytes < 0x2800) {
            igd_test_equal(-IGD_ERR_OPREGION_HEADER, err, "result for 0x%x", file_bytes);
            igd_test_findings(&found,
                              IGD_TEST_FINDING(IGD_ERR_OPREGION_HEADER, 0x2800, file_bytes));
            continue;
        }
        igd_test_equal(0, err, "result for 0x%x", file_bytes);
        igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x1000, "MAILBOX 4");
    }
}

static void
rvda_is_outside_until_the_file_holds_all_of_its_vbt(void **state)
{
    static const uint32_t ends[] = { 0x500, 0x1000, 0x2000, 0x2001, 0x2080, 0x2100, 0x2300 };
    struct igd_findings found;
    struct igd_opregion opregion;
    uint32_t file_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(ends); i++) {
        igd_test_opregion(0x02010000, 0x0f);
        igd_test_rvda(ends[i] - 0x80, 0x80);
        igd_test_vbt(ends[i] - 0x80, 0x80, "RVDA");
        for (file_bytes = 0x2000; file_bytes <= 9000; file_bytes++) {
            int outside = file_bytes < ends[i];
            igd_test_set_row("RVDA's end 0x%x, file 0x%x: ", ends[i], file_bytes);
            igd_test_put(0x10, 4, file_bytes / 1024);
            igd_test_equal(0, igd_test_read(file_bytes, &opregion, &found), "result");
            igd_test_equal(outside, opregion.rvda_outside, "RVDA outside");
            if (outside)
                igd_test_findings(&found,
                                  IGD_TEST_FINDING(IGD_WARN_RVDA, ends[i] - 0x80, file_bytes),
                                  IGD_TEST_FINDING(IGD_WARN_VBT_MISSING, 0, 0));
            else
                igd_test_no_findings(&found);
            if (outside)
                igd_test_has_vbt(&opregion, 0, 0, "");
            else
                igd_test_has_vbt(&opregion, ends[i] - 0x80, 0x80, "RVDA");
        }
    }
}

// --- RVDA ------------------------------------------------------------------------------------

// A file of 2400h bytes: a VBT of 100h in mailbox 4, one of 200h at 2000h and one at 2200h.
static void
rvda_is_taken_ignored_or_outside(void **state)
{
    enum { MAILBOX4, RVDA, OUTSIDE };
    static const struct {
        uint32_t version;
        uint64_t rvda;
        uint32_t rvds;
        int which;
    } cases[] = {
        // Before 2.0 there is none.
        { 0x00000000, 0x2000, 0x200, MAILBOX4 },
        { 0x01000000, 0x2000, 0x200, MAILBOX4 },
        { 0x01000000, 0xffffffffffffffff, 0xffffffff, MAILBOX4 },
        { 0x01ff0000, 0x2000, 0x200, MAILBOX4 },
        // In 2.0, whatever the revision, it is an address of the host.
        { 0x02000000, 0x2000, 0x200, OUTSIDE },
        { 0x02000000, 0x7a002000, 0x200, OUTSIDE },
        { 0x02000000, 0x1, 0x1, OUTSIDE },
        { 0x0200ff00, 0x2000, 0x200, OUTSIDE },
        { 0x020000ff, 0x2000, 0x200, OUTSIDE },
        { 0x02000000, 0, 0x200, MAILBOX4 },
        { 0x02000000, 0, 0, MAILBOX4 },
        // From 2.1 on it counts from the OpRegion.
        { 0x02010000, 0x2000, 0x200, RVDA },
        { 0x02020000, 0x2000, 0x200, RVDA },
        { 0x02ff0000, 0x2000, 0x200, RVDA },
        { 0x03000000, 0x2000, 0x200, RVDA },
        { 0x03010000, 0x2000, 0x200, RVDA },
        { 0xff000000, 0x2000, 0x200, RVDA },
        // Either of them 0: there is none.
        { 0x02010000, 0, 0x200, MAILBOX4 },
        { 0x02010000, 0x2000, 0, MAILBOX4 },
        { 0x02010000, 0, 0, MAILBOX4 },
        { 0x03000000, 0, 0xffffffff, MAILBOX4 },
        // The file's end.
        { 0x02010000, 0x2200, 0x200, RVDA },
        { 0x02010000, 0x2200, 0x201, OUTSIDE },
        { 0x02010000, 0x2201, 0x200, OUTSIDE },
        { 0x02010000, 0x2200, 0x1ff, RVDA },
        { 0x02010000, 0x21ff, 0x201, MAILBOX4 },
        { 0x02010000, 0x23ff, 1, MAILBOX4 },
        { 0x02010000, 0x23ff, 2, OUTSIDE },
        { 0x02010000, 0x2400, 1, OUTSIDE },
        { 0x02010000, 0x2401, 1, OUTSIDE },
        { 0x02010000, 1, 0x23ff, MAILBOX4 },
        { 0x02010000, 1, 0x2400, OUTSIDE },
        // Sums that wrap, and addresses whose lower half would do.
        { 0x02010000, 0x2000, 0xffffe000, OUTSIDE },
        { 0x02010000, 0x2000, 0xffffe200, OUTSIDE },
        { 0x02010000, 0x2000, 0x80000000, OUTSIDE },
        { 0x02010000, 0x2000, 0xffffffff, OUTSIDE },
        { 0x02010000, 0x7a002000, 0x200, OUTSIDE },
        { 0x02010000, 0xfffff000, 0x3200, OUTSIDE },
        { 0x02010000, 0x100000000, 0x200, OUTSIDE },
        { 0x02010000, 0x100002000, 0x200, OUTSIDE },
        { 0x02010000, 0x8000000000002000, 0x200, OUTSIDE },
        { 0x02010000, 0xfffffffffffff000, 0x3200, OUTSIDE },
        { 0x02010000, 0xffffffffffffffff, 1, OUTSIDE },
        { 0x03000000, 0xffffffffffffffff, 0xffffffff, OUTSIDE },
    };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        int expected = cases[i].which;
        igd_test_opregion(cases[i].version, 0x0f);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_vbt(0x2000, 0x200, "RVDA");
        igd_test_vbt(0x2200, 0x1ff, "RVDA");
        igd_test_rvda(cases[i].rvda, cases[i].rvds);
        igd_test_set_row("version %08x, RVDA 0x%llx, RVDS 0x%x: ", cases[i].version,
                         (unsigned long long)cases[i].rvda, cases[i].rvds);
        igd_test_equal(0, igd_test_read(0x2400, &opregion, &found), "result");
        igd_test_equal(expected == OUTSIDE, opregion.rvda_outside, "RVDA outside");
        if (expected == RVDA)
            igd_test_has_vbt(&opregion, cases[i].rvda, cases[i].rvda == 0x2000 ? 0x200 : 0x1ff,
                             "RVDA");
        else
            igd_test_has_vbt(&opregion, 0x400, 0x100, "MAILBOX 4");
        if (expected == OUTSIDE)
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_RVDA, cases[i].rvda, 0x2400));
        else
            igd_test_no_findings(&found);
    }
}

static void
rvda_may_point_at_a_vbt_of_64_kib(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    (void)state;
    igd_test_opregion(0x02010000, 0x1f);
    igd_test_rvda(0x2000, 0xffff);
    igd_test_vbt(0x2000, 0xffff, "LARGEST");
    igd_test_equal(0, igd_test_read(0x2000 + 0xffff, &opregion, &found), "result");
    igd_test_no_findings(&found);
    igd_test_has_vbt(&opregion, 0x2000, 0xffff, "LARGEST");
}

static void
an_rvda_without_a_vbt_falls_back_to_mailbox_4(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < 4; i++) {
        igd_test_opregion(0x02010000, 0x0f);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_vbt(0x2000, 0x200, "RVDA");
        igd_test_rvda(0x2000, 0x200);
        igd_test_image[0x2000 + i] ^= 0x20;
        igd_test_equal(0, igd_test_read(0x2400, &opregion, &found), "result");
        igd_test_equal(0, opregion.rvda_outside, "RVDA outside");
        igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x100, "MAILBOX 4");
    }
    for (i = 1; i < 48; i++) {
        igd_test_opregion(0x02010000, 0x0f);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_vbt(0x2000, 0x200, "RVDA");
        igd_test_rvda(0x2000, i);
        igd_test_equal(0, igd_test_read(0x2000 + i, &opregion, &found), "result for RVDS %u", i);
        igd_test_equal(0, opregion.rvda_outside, "RVDA outside for RVDS %u", i);
        igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x100, "MAILBOX 4");
    }
}

static void
a_vbt_in_neither_place_is_missing(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < 5; i++) {
        igd_test_opregion(0x02010000, 0x0f);
        if (i < 4) { // 4: nothing but zeros
            igd_test_vbt(0x400, 0x100, "MAILBOX 4");
            igd_test_image[0x400 + i] ^= 1;
            igd_test_rvda(0x2000, 0x200);
        }
        igd_test_equal(0, igd_test_read(0x2400, &opregion, &found), "result");
        igd_test_equal(0, opregion.rvda_outside, "RVDA outside");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_MISSING, 0, 0));
        igd_test_has_vbt(&opregion, 0, 0, "");
    }
}

// --- The VBT ---------------------------------------------------------------------------------

static void
mailbox_4_ends_at_1c00_if_there_is_a_mailbox_5_else_at_2000(void **state)
{
    static const struct {
        uint32_t mailboxes, room_bytes;
    } cases[] = {
        { 0x1f, 0x1800 }, { 0x10, 0x1800 }, { 0xffffffff, 0x1800 }, { 0x0f, 0x1c00 },
        { 0x00, 0x1c00 }, { 0x0d, 0x1c00 }, { 0xffffffef, 0x1c00 }, { 0x20, 0x1c00 },
        { 0x05, 0x1c00 }, { 0x1000, 0x1c00 },
    };
    static const uint32_t files[] = { 0x2000, 0x2001, 0x3000 };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++)
        for (j = 0; j < IGD_TEST_COUNT(files); j++) {
            uint32_t room = cases[i].room_bytes;
            igd_test_set_row("mailboxes 0x%x, file 0x%x: ", cases[i].mailboxes, files[j]);
            // Just as large as the room.
            igd_test_opregion(0x02000000, cases[i].mailboxes);
            igd_test_vbt(0x400, room, "MAILBOX 4");
            igd_test_equal(0, igd_test_read(files[j], &opregion, &found), "result");
            igd_test_no_findings(&found);
            igd_test_has_vbt(&opregion, 0x400, room, "MAILBOX 4");
            // One byte more.
            igd_test_vbt(0x400, room + 1, "MAILBOX 4");
            igd_test_equal(0, igd_test_read(files[j], &opregion, &found), "result");
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_SIZE, room + 1, room),
                              IGD_TEST_FINDING(IGD_WARN_VBT_MISSING, 0, 0));
            igd_test_has_vbt(&opregion, 0, 0, "");
            // Data behind the room is not the VBT's.
            igd_test_opregion(0x02000000, cases[i].mailboxes);
            igd_test_vbt(0x400, 0x100, "MAILBOX 4");
            memset(igd_test_image + 0x400 + room, 0xff, 0x3000 - 0x400 - room);
            igd_test_equal(0, igd_test_read(files[j], &opregion, &found), "result");
            igd_test_no_findings(&found);
        }
}

static void
a_vbt_larger_than_rvds_is_told_and_the_one_in_mailbox_4_taken(void **state)
{
    static const uint32_t rvds[] = { 48, 0x80, 0x1ff };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(rvds); i++) {
        igd_test_opregion(0x02010000, 0x0f);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_vbt(0x2000, 0x200, "RVDA");
        igd_test_rvda(0x2000, rvds[i]);
        igd_test_equal(0, igd_test_read(0x2400, &opregion, &found), "result");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_SIZE, 0x200, rvds[i]));
        igd_test_has_vbt(&opregion, 0x400, 0x100, "MAILBOX 4");
    }
}

static void
a_vbt_smaller_than_its_header_is_told_and_not_taken(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    uint32_t bytes;
    (void)state;
    for (bytes = 0; bytes < 48; bytes++) {
        igd_test_set_row("size 0x%x: ", bytes);
        igd_test_opregion(0x02010000, 0x1f);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_put(0x400 + 24, 2, bytes);
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_SIZE, bytes, 0x1800),
                          IGD_TEST_FINDING(IGD_WARN_VBT_MISSING, 0, 0));
        igd_test_has_vbt(&opregion, 0, 0, "");
    }
}

static void
a_vbt_of_just_its_header_is_taken(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    (void)state;
    igd_test_opregion(0x02010000, 0x1f);
    igd_test_vbt(0x400, 48, "HEADER");
    igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
    igd_test_no_findings(&found);
    igd_test_has_vbt(&opregion, 0x400, 48, "HEADER");
}

static void
a_wrong_sum_is_told_and_the_vbt_taken(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned sum;
    (void)state;
    for (sum = 0; sum < 0x100; sum++) {
        igd_test_opregion(0x02000000, 0x0f);
        igd_test_vbt(0x400, 0x123, "SUM");
        igd_test_image[0x400 + 0x122] += sum; // the VBT's last byte
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        if (sum)
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_CHECKSUM, sum, 0));
        else
            igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x123, "SUM");
    }
}

static void
data_behind_the_vbt_is_told_zeros_are_not(void **state)
{
    static const uint32_t data_bytes[] = { 0x101, 0x102, 0x800, 0x17ff, 0x1800 };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(data_bytes); i++) {
        igd_test_opregion(0x02000000, 0x1f);
        igd_test_vbt(0x400, 0x100, "PADDED");
        igd_test_image[0x400 + data_bytes[i] - 1] = 0x80;
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_PADDED, data_bytes[i], 0x100));
        igd_test_has_vbt(&opregion, 0x400, 0x100, "PADDED");
    }
    igd_test_opregion(0x02010000, 0x1f);
    igd_test_vbt(0x2000, 0x100, "PADDED");
    igd_test_rvda(0x2000, 0x180);
    igd_test_image[0x2000 + 0x17f] = 1;
    igd_test_image[0x2000 + 0x180] = 1; // not within RVDS
    igd_test_equal(0, igd_test_read(0x2400, &opregion, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_VBT_PADDED, 0x180, 0x100));
}

static void
a_vbt_that_ends_in_zeros_is_not_padded(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    (void)state;
    igd_test_opregion(0x02000000, 0x1f);
    igd_test_vbt(0x400, 0x100, "ZEROS");
    memset(igd_test_image + 0x400 + 48, 0, 0x100 - 48);
    igd_test_image[0x400 + 26] += 0x11 * (0x100 - 48); // keeps the sum
    igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
    igd_test_no_findings(&found);
    igd_test_has_vbt(&opregion, 0x400, 0x100, "ZEROS");
}

static void
all_of_an_opregions_troubles_are_told_in_order(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    (void)state;
    igd_test_opregion(0x02000000, 0x0f);
    igd_test_rvda(0x7a002000, 0x2000);
    igd_test_vbt(0x400, 0x100, "TROUBLE");
    igd_test_image[0x400 + 30] += 5;
    igd_test_image[0x1fff] = 1;
    igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_RVDA, 0x7a002000, 0x2000),
                      IGD_TEST_FINDING(IGD_WARN_VBT_CHECKSUM, 5, 0),
                      IGD_TEST_FINDING(IGD_WARN_VBT_PADDED, 0x1c00, 0x100));
    igd_test_has_vbt(&opregion, 0x400, 0x100, "TROUBLE");
}

static void
a_name_loses_its_padding_alone(void **state)
{
    static const char *const names[] = {
        "", "S", "SKYLAKE", "TIGER LAKE", " LEADING", "A  B   C", "FOURTEEN CHARS",
        "FIFTEEN CHARS !", "~!@#$%^&*()_+`",
    };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    // Neither ASan nor UBSan sees an overrun from a struct's last member into its padding.
    igd_test_equal(16, sizeof(opregion.vbt_name), "bytes of vbt_name");
    for (i = 0; i < IGD_TEST_COUNT(names); i++) {
        igd_test_opregion(0x02000000, 0x1f);
        igd_test_vbt(0x400, 0x100, names[i]);
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x100, names[i]);
    }
}

static void
a_name_is_printable_whatever_its_bytes(void **state)
{
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned byte, i;
    (void)state;
    for (byte = 0; byte < 0x100; byte++)
        for (i = 0; i < 15; i++) {
            igd_test_opregion(0x02000000, 0x1f);
            igd_test_vbt(0x400, 0x100, "ABCDEFGHIJKLMNO");
            igd_test_image[0x405 + i] = byte;
            igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
            if (byte == ' ' && i == 14)
                continue;
            igd_test_equal(15, strlen(opregion.vbt_name), "length with byte %02x", byte);
            if (byte >= 0x20 && byte <= 0x7e)
                igd_test_equal(byte, opregion.vbt_name[i], "character %u", i);
            else if (opregion.vbt_name[i] <= 0x20 || opregion.vbt_name[i] > 0x7e)
                fail_msg("byte %02x: expected a printable character, got %02x", byte,
                         (uint8_t)opregion.vbt_name[i]);
        }
}

// --- igd_opregion_mend -----------------------------------------------------------------------

static void
mending_clears_the_12_bytes_of_rvda_and_rvds_alone(void **state)
{
    static uint8_t before[0x2000];
    struct igd_opregion opregion;
    struct igd_test_file file;
    unsigned i;
    (void)state;
    for (i = 0; i < sizeof(before); i++)
        before[i] = i % 255 + 1;
    memset(&opregion, 0, sizeof(opregion));
    opregion.rvda_outside = 1;
    file = igd_test_copy(before, sizeof(before));
    igd_opregion_mend(file.bytes, sizeof(before), &opregion);
    for (i = 0; i < sizeof(before); i++)
        igd_test_equal(i >= 0x3ba && i < 0x3c6 ? 0 : before[i], file.bytes[i], "byte 0x%x", i);
    igd_test_free(&file);
}

static void
mending_changes_nothing_unless_rvda_is_outside(void **state)
{
    static uint8_t before[0x2000];
    struct igd_opregion opregion;
    struct igd_test_file file;
    unsigned i;
    (void)state;
    memset(before, 0x5a, sizeof(before));
    memset(&opregion, 0xff, sizeof(opregion));
    opregion.rvda_outside = 0;
    file = igd_test_copy(before, sizeof(before));
    igd_opregion_mend(file.bytes, sizeof(before), &opregion);
    for (i = 0; i < sizeof(before); i++)
        igd_test_equal(before[i], file.bytes[i], "byte 0x%x", i);
    igd_test_free(&file);
}

// Only files that igd_opregion_read() accepted are to be mended; they have 8 KiB.
static void
mending_leaves_a_file_below_8_kib_alone(void **state)
{
    static uint8_t before[0x2000];
    struct igd_opregion opregion;
    uint32_t file_bytes;
    (void)state;
    memset(before, 0x5a, sizeof(before));
    memset(&opregion, 0, sizeof(opregion));
    opregion.rvda_outside = 1;
    for (file_bytes = 0; file_bytes < sizeof(before); file_bytes++) {
        struct igd_test_file file = igd_test_copy(before, file_bytes);
        igd_opregion_mend(file.bytes, file_bytes, &opregion);
        igd_test_equal(0, file_bytes ? memcmp(before, file.bytes, file_bytes) : 0,
                       "difference in 0x%x", file_bytes);
        igd_test_free(&file);
    }
}

static void
a_mended_copy_reads_without_the_rvda_warning(void **state)
{
    static const uint32_t versions[] = { 0x02000000, 0x02010000, 0x03000000 };
    struct igd_findings found;
    struct igd_opregion opregion;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(versions); i++) {
        igd_test_opregion(versions[i], 0x0f);
        igd_test_rvda(0x7a002000, 0x2000);
        igd_test_vbt(0x400, 0x100, "MAILBOX 4");
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        igd_test_equal(1, opregion.rvda_outside, "RVDA outside");
        igd_opregion_mend(igd_test_image, 0x2000, &opregion);
        igd_test_equal(0, igd_test_read(0x2000, &opregion, &found), "result");
        igd_test_equal(0, opregion.rvda_outside, "RVDA outside");
        igd_test_no_findings(&found);
        igd_test_has_vbt(&opregion, 0x400, 0x100, "MAILBOX 4");
    }
}

// --- igd_asls_write ---------------------------------------------------------------------------

static void
asls_is_the_whole_dword_at_fc(void **state)
{
    static const uint32_t addrs[] = { 0x00001000, 0x3e6fe000, 0x7ffff000, 0xfffff000 };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(addrs); i++) {
        struct igd_write write = igd_asls_write(addrs[i]);
        igd_test_equal(0xfc, write.reg, "register");
        igd_test_equal(addrs[i], write.value, "value");
        igd_test_equal(0xffffffff, write.mask, "mask");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(a_range_is_given_only_if_all_of_it_is_in_the_file),
        IGD_TEST(loads_are_little_endian_and_take_no_byte_more),
        IGD_TEST(bytes_add_up_modulo_256),
        IGD_TEST(the_room_is_the_file_in_whole_pages),
        IGD_TEST(a_file_below_8_kib_gets_no_room),
        IGD_TEST(a_file_over_1_mib_gets_no_room),
        IGD_TEST(the_header_is_read_as_it_is),
        IGD_TEST(a_file_below_8_kib_is_refused),
        IGD_TEST(each_byte_of_the_signature_counts),
        IGD_TEST(a_header_size_beyond_the_file_is_refused),
        IGD_TEST(a_file_cut_below_its_headers_size_is_refused),
        IGD_TEST(rvda_is_outside_until_the_file_holds_all_of_its_vbt),
        IGD_TEST(rvda_is_taken_ignored_or_outside),
        IGD_TEST(rvda_may_point_at_a_vbt_of_64_kib),
        IGD_TEST(an_rvda_without_a_vbt_falls_back_to_mailbox_4),
        IGD_TEST(a_vbt_in_neither_place_is_missing),
        IGD_TEST(mailbox_4_ends_at_1c00_if_there_is_a_mailbox_5_else_at_2000),
        IGD_TEST(a_vbt_larger_than_rvds_is_told_and_the_one_in_mailbox_4_taken),
        IGD_TEST(a_vbt_smaller_than_its_header_is_told_and_not_taken),
        IGD_TEST(a_vbt_of_just_its_header_is_taken),
        IGD_TEST(a_wrong_sum_is_told_and_the_vbt_taken),
        IGD_TEST(data_behind_the_vbt_is_told_zeros_are_not),
        IGD_TEST(a_vbt_that_ends_in_zeros_is_not_padded),
        IGD_TEST(all_of_an_opregions_troubles_are_told_in_order),
        IGD_TEST(a_name_loses_its_padding_alone),
        IGD_TEST(a_name_is_printable_whatever_its_bytes),
        IGD_TEST(mending_clears_the_12_bytes_of_rvda_and_rvds_alone),
        IGD_TEST(mending_changes_nothing_unless_rvda_is_outside),
        IGD_TEST(mending_leaves_a_file_below_8_kib_alone),
        IGD_TEST(a_mended_copy_reads_without_the_rvda_warning),
        IGD_TEST(asls_is_the_whole_dword_at_fc),
    };
    return igd_test_run("igd_opregion", tests);
}
