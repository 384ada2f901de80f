// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes the OpRegion's functions: the input is an OpRegion file.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_panel_check.h" // igd_fuzz_panel

static const struct igd_fuzz_place igd_fuzz_places[] = {
    { 0x00, 1, 0 }, { 0x10, 4, 0 }, { 0x16, 1, 0 }, { 0x17, 1, 0 }, { 0x58, 4, 0 }, // header
    { 0x3ba, 8, 0 }, { 0x3ba, 8, 0 }, { 0x3c2, 4, 0 }, { 0x3c2, 4, 0 }, // RVDA, RVDS
    { 0x400, 4, 0 }, { 0x405, 8, 0 }, { 0x418, 2, 0 }, { 0x41c, 4, 0 }, // VBT in mailbox 4
    { 0x2000, 4, 0 }, { 0x2018, 2, 0 }, { 0x201c, 4, 0 }, // and behind the 8 KiB
};
IGD_FUZZ_MUTATE(igd_fuzz_places)

static void
igd_fuzz_room(uint32_t file_bytes)
{
    uint32_t room_bytes = 0xa5a5a5a5;
    struct igd_findings found = { .count = 0 };
    int err = igd_opregion_room(file_bytes, &room_bytes, &found);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(file_bytes < 0x2000 || file_bytes > 0x100000, err != 0,
                   "refusal of %u bytes", file_bytes);
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_OPREGION_BYTES, IGD_ERR_OPREGION_LIMIT, &found);
        igd_fuzz_equal(0, room_bytes, "room in spite of error %d", -err);
        return;
    }
    igd_fuzz_equal(0, found.count, "findings");
    igd_fuzz_between(file_bytes, file_bytes + 0xfff, room_bytes, "room");
    igd_fuzz_equal(0, room_bytes % 0x1000, "room over a page multiple");
}

// Checks where the VBT is that was taken.
static void
igd_fuzz_vbt(const uint8_t *file, uint32_t file_bytes, const struct igd_opregion *opregion)
{
    const uint8_t *vbt = file + opregion->vbt_offset;
    uint64_t rvda = igd_fuzz_get(file + 0x3ba, 8), rvds = igd_fuzz_get(file + 0x3c2, 4);
    igd_fuzz_between(0x400, file_bytes - 48, opregion->vbt_offset, "VBT's offset");
    igd_fuzz_between(48, file_bytes - opregion->vbt_offset, opregion->vbt_bytes, "VBT's bytes");
    if (opregion->vbt_offset != 0x400) {
        igd_fuzz_equal(rvda, opregion->vbt_offset, "VBT's offset, not in mailbox 4");
        igd_fuzz_between(0x0201, 0xffff, opregion->major << 8 | opregion->minor,
                         "version with a relative RVDA");
        igd_fuzz_between(opregion->vbt_bytes, file_bytes - rvda, rvds, "RVDS");
    } else if (rvda != 0x400) {
        igd_fuzz_between(48, (opregion->mailboxes & 0x10 ? 0x1c00 : 0x2000) - 0x400,
                         opregion->vbt_bytes, "bytes of the VBT in mailbox 4");
    }
    igd_fuzz_equal(0, memcmp(vbt, "$VBT", 4), "VBT's signature");
    uint8_t *copy = igd_fuzz_copy(vbt, opregion->vbt_bytes);
    igd_fuzz_panel(copy, opregion->vbt_bytes);
    free(copy);
}

static void
igd_fuzz_mend(const uint8_t *file, uint32_t file_bytes, const struct igd_opregion *opregion)
{
    uint8_t *copy = igd_fuzz_copy(file, file_bytes);
    struct igd_findings found = { .count = 0 };
    struct igd_opregion again;
    uint8_t *expected = igd_fuzz_copy(file, file_bytes);
    if (opregion->rvda_outside)
        memset(expected + 0x3ba, 0, 12);
    igd_opregion_mend(copy, file_bytes, opregion);
    igd_fuzz_same(expected, copy, file_bytes, "mended OpRegion");
    igd_fuzz_equal(0, igd_opregion_read(copy, file_bytes, &again, &found), "when read again");
    igd_fuzz_equal(0, igd_fuzz_count(&found, IGD_WARN_RVDA), "RVDA to mend once more");
    igd_fuzz_equal(0, again.rvda_outside, "RVDA outside once more");
    igd_fuzz_equal(opregion->vbt_offset, again.vbt_offset, "VBT's offset when mended");
    igd_fuzz_equal(opregion->vbt_bytes, again.vbt_bytes, "VBT's bytes when mended");
    igd_opregion_mend(copy, file_bytes, &again);
    igd_fuzz_same(expected, copy, file_bytes, "OpRegion mended again");
    free(expected);
    free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct igd_findings found = { .count = 0 };
    struct igd_opregion opregion;
    size_t name_bytes, i;
    int err;
    igd_fuzz_room(size);
    if (size >= 0x14)
        igd_fuzz_room(igd_fuzz_get(data + 0x10, 4)); // any number may come as a size

    memset(&opregion, 0xa5, sizeof(opregion));
    err = igd_opregion_read(data, size, &opregion, &found);
    igd_fuzz_findings(&found);
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_OPREGION_BYTES, IGD_ERR_OPREGION_HEADER, &found);
        return 0;
    }
    igd_fuzz_between(0, size, opregion.size_bytes, "OpRegion's size");
    igd_fuzz_equal(igd_fuzz_get(data + 0x10, 4) << 10, opregion.size_bytes, "OpRegion's size");
    igd_fuzz_between(0, 1, opregion.rvda_outside, "whether RVDA is outside");
    igd_fuzz_equal(opregion.rvda_outside, igd_fuzz_count(&found, IGD_WARN_RVDA),
                   "warnings of RVDA");
    igd_fuzz_equal(!opregion.vbt_offset, igd_fuzz_count(&found, IGD_WARN_VBT_MISSING),
                   "warnings of no VBT");
    name_bytes = strnlen(opregion.vbt_name, sizeof(opregion.vbt_name));
    igd_fuzz_between(0, 15, name_bytes, "length of the VBT's name");
    for (i = 0; i < name_bytes; i++)
        igd_fuzz_between(' ', '~', opregion.vbt_name[i], "character of the VBT's name");
    if (opregion.vbt_offset) {
        igd_fuzz_vbt(data, size, &opregion);
    } else {
        igd_fuzz_equal(0, opregion.vbt_bytes, "bytes of no VBT");
        igd_fuzz_equal(0, name_bytes, "length of no VBT's name");
    }
    igd_fuzz_mend(data, size, &opregion);
    return 0;
}
