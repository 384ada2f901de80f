// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_rom_find(), igd_rom_cache() and igd_rom_mend(): the input is an option ROM file.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

static const struct igd_fuzz_place igd_fuzz_places[] = {
    { 0x00, 2, 0 }, { 0x02, 1, 0 }, { 0x03, 1, 0 }, { 0x06, 1, 0 }, { 0x18, 2, 0 }, // header
    { 0x40, 4, 0 }, { 0x44, 2, 0 }, { 0x46, 2, 0 }, { 0x48, 2, 0 }, { 0x4c, 1, 0 }, // its PCIR
    { 0x4e, 2, 0 }, { 0x50, 2, 0 }, { 0x54, 1, 0 }, { 0x55, 1, 0 },
    { 0x84, 2, 0 }, { 0x84, 2, 0x8c }, // the inputs' helper: offset of the cached BDSM, twice
};
IGD_FUZZ_MUTATE(igd_fuzz_places)

// As in the comment in igd_rom.c, but looked for at each place.
static int
igd_fuzz_is_helper(const uint8_t *at)
{
    return at[0] == 0x66 && !memcmp(at, "\x66\x2e\x83\x3e", 4)
        && !memcmp(at + 6, "\x00\x74\x07\x66\x2e\xa1", 6)
        && !memcmp(at + 14, "\xeb\x0f\xb8\x5e\x10", 5) && !memcmp(at + 4, at + 12, 2);
}

// How often the helper is there, and where the last one is. The image's last byte is none of its
// own: the sum may be mended there.
static unsigned
igd_fuzz_helpers(const uint8_t *image, uint32_t bytes, uint32_t *helper)
{
    uint32_t i;
    unsigned count = 0;
    *helper = 0;
    for (i = 0; i + 19 < bytes; i++)
        if (igd_fuzz_is_helper(image + i)) {
            *helper = i;
            count++;
        }
    return count;
}

static uint8_t
igd_fuzz_sum(const uint8_t *image, uint32_t bytes)
{
    uint8_t sum = 0;
    while (bytes--)
        sum += image[bytes];
    return sum;
}

// Where the cached BDSM is: in an image whose only helper names it, neither in the header, nor in
// the helper, nor at the last byte. 0: nowhere.
static uint32_t
igd_fuzz_cache(const uint8_t *image, uint32_t bytes)
{
    uint32_t helper, at;
    if (igd_fuzz_helpers(image, bytes, &helper) != 1)
        return 0;
    at = igd_fuzz_get(image + helper + 4, 2);
    return at < 0x1a || at + 5 > bytes || (at + 4 > helper && at < helper + 19) ? 0 : at;
}

// Mends an image, once with a BDSM for it and once without, and again what has been mended.
static void
igd_fuzz_mend(const uint8_t *from, uint32_t bytes, uint32_t bdsm)
{
    uint8_t *image = igd_fuzz_copy(from, bytes), *expected = igd_fuzz_copy(from, bytes);
    uint8_t came = igd_fuzz_sum(from, bytes);
    uint32_t cache = igd_fuzz_cache(from, bytes), i;
    uint32_t checksum = from[3] == 0xeb || from[3] == 0xe9 ? 6 : bytes - 1;
    struct igd_findings found = { .count = 0 };

    igd_fuzz_equal(cache, igd_rom_cache(image, bytes), "offset of the cached BDSM");
    igd_rom_mend(image, bytes, cache, bdsm, &found);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(came != 0, igd_fuzz_count(&found, IGD_WARN_ROM_CHECKSUM), "wrong sums");
    igd_fuzz_equal(came != 0, found.count, "findings");
    if (came)
        igd_fuzz_equal(came, found.item[0].value, "sum that the image came with");
    igd_fuzz_equal(0, igd_fuzz_sum(image, bytes), "sum of the mended image");
    if (cache && bdsm)
        for (i = 0; i < 4; i++)
            expected[cache + i] = bdsm >> 8 * i;
    expected[checksum] = image[checksum];
    igd_fuzz_same(expected, image, bytes, "mended image");

    found.count = 0;
    igd_rom_mend(image, bytes, cache, bdsm, &found);
    igd_fuzz_equal(0, found.count, "findings in a mended image");
    igd_fuzz_same(expected, image, bytes, "image mended again");
    free(expected);
    free(image);
}

// Returns whether an image was found, and what it is.
static int
igd_fuzz_find(const uint8_t *file, uint32_t file_bytes, const struct igd_device *device,
              struct igd_rom *rom)
{
    struct igd_findings found = { .count = 0 };
    int err = igd_rom_find(file, file_bytes, device, rom, &found);
    igd_fuzz_findings(&found);
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_ROM_SIGNATURE, IGD_ERR_ROM_MATCH, &found);
        return 0;
    }
    igd_fuzz_equal(rom->match == IGD_ROM_BY_FORCE, igd_fuzz_count(&found, IGD_WARN_ROM_FAMILY),
                   "warnings of another family");
    igd_fuzz_equal(rom->match == IGD_ROM_BY_FORCE, found.count, "findings");
    igd_fuzz_between(512, file_bytes, rom->bytes, "image's bytes");
    igd_fuzz_equal(0, rom->bytes % 512, "image's bytes over a multiple of 512");
    igd_fuzz_between(0, file_bytes - rom->bytes, rom->offset, "image's offset");
    igd_fuzz_equal(0, rom->offset % 512, "image's offset over a multiple of 512");

    const uint8_t *image = file + rom->offset;
    igd_fuzz_equal(0xaa55, igd_fuzz_get(image, 2), "image's signature");
    igd_fuzz_between(0, rom->bytes - 0x18, igd_fuzz_get(image + 0x18, 2), "offset of its PCIR");
    const uint8_t *pcir = image + igd_fuzz_get(image + 0x18, 2);
    igd_fuzz_equal(0, memcmp(pcir, "PCIR", 4), "signature of its PCIR");
    igd_fuzz_equal(device->vendor, igd_fuzz_get(pcir + 4, 2), "its vendor");
    igd_fuzz_equal(0, pcir[0x14], "its code type");
    int is_id = igd_fuzz_get(pcir + 6, 2) == device->device;
    int is_class = igd_fuzz_get(pcir + 0xe, 2) == device->class_code;
    int has_list = pcir[0xc] >= 3 && igd_fuzz_get(pcir + 8, 2);
    igd_fuzz_between(IGD_ROM_BY_LIST, IGD_ROM_BY_FORCE, rom->match, "match");
    igd_fuzz_equal(has_list, rom->match == IGD_ROM_BY_LIST || rom->match == IGD_ROM_BY_FORCE,
                   "whether its list has decided");
    if (!has_list)
        igd_fuzz_equal(is_id ? IGD_ROM_BY_ID : IGD_ROM_BY_CLASS, rom->match, "match of no list");
    if (rom->match != IGD_ROM_BY_LIST)
        igd_fuzz_equal(1, is_id || is_class, "it has the id or the class");
    return 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct igd_device igd_devices[] = {
        { 0x0010, 0x8086, 0x3e92, 0x0300 }, { 0x0010, 0x8086, 0xa780, 0x0380 },
    };
    struct igd_rom rom;
    igd_fuzz_find(data, size, &igd_devices[1], &rom);
    // Without an image for the device all is mended, so that the search for the helper does not
    // wait for a header.
    if (igd_fuzz_find(data, size, &igd_devices[0], &rom))
        igd_fuzz_mend(data + rom.offset, rom.bytes, 0x7b800000);
    else if (size >= 512)
        igd_fuzz_mend(data, size & ~511u, data[511] & 1 ? 0x7b800000 : 0);
    return 0;
}
