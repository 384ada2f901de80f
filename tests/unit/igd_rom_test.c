// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_rom.c: which image of an option ROM file is taken, and what is mended in it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

static const struct igd_device igd_test_coffee_lake = { 0x0010, 0x8086, 0x3e92, 0x0300 };

// The file or image under construction. Tests use a copy of its first bytes, of just that size.
static uint8_t igd_test_rom[0x40000];

#define igd_test_put(offset, bytes, value) \
    igd_test_put_le(igd_test_rom, sizeof(igd_test_rom), offset, bytes, value)

// Every byte that no test sets. As a list entry, A5A5h is nobody's id and no terminator.
static void
igd_test_clear(void)
{
    memset(igd_test_rom, 0xa5, sizeof(igd_test_rom));
}

// One image of a file.
struct igd_test_image {
    uint32_t offset;
    uint8_t units;       // that run, in the header
    uint16_t pcir;       // where the PCI data structure is, from the image
    uint16_t vendor, device, class;
    uint16_t list;       // from the PCI data structure
    uint8_t revision;
    uint16_t next_units; // to the next image, in the PCI data structure
    uint8_t code_type, indicator;
};

// The last image, for the device above. Two others, not for it: by id and class, by code type.
static const struct igd_test_image igd_test_ours = {
    0, 2, 0x40, 0x8086, 0x3e92, 0x0300, 0, 3, 2, 0x00, 0x80
};
static const struct igd_test_image igd_test_other = {
    0, 2, 0x40, 0x8086, 0x10d3, 0x0200, 0, 3, 2, 0x00, 0x00
};
static const struct igd_test_image igd_test_efi = {
    0, 2, 0x40, 0x8086, 0x3e92, 0x0300, 0, 3, 2, 0x03, 0x00
};

// Layout: PCI Firmware Specification 3.0, 5.1.1 and 5.1.2.
static void
igd_test_put_image(const struct igd_test_image *image)
{
    uint32_t pcir = image->offset + image->pcir;
    igd_test_put(image->offset, 2, 0xaa55);
    igd_test_put(image->offset + 2, 1, image->units);
    igd_test_put(image->offset + 3, 1, 0xe9);
    igd_test_put(image->offset + 0x18, 2, image->pcir);
    igd_test_put(pcir, 4, 0x52494350);
    igd_test_put(pcir + 0x04, 2, image->vendor);
    igd_test_put(pcir + 0x06, 2, image->device);
    igd_test_put(pcir + 0x08, 2, image->list);
    igd_test_put(pcir + 0x0a, 2, 0x1c);
    igd_test_put(pcir + 0x0c, 1, image->revision);
    igd_test_put(pcir + 0x0d, 1, 0xa5);
    igd_test_put(pcir + 0x0e, 2, image->class);
    igd_test_put(pcir + 0x10, 2, image->next_units);
    igd_test_put(pcir + 0x12, 2, 0xa5a5);
    igd_test_put(pcir + 0x14, 1, image->code_type);
    igd_test_put(pcir + 0x15, 1, image->indicator);
    igd_test_put(pcir + 0x16, 2, 0xa5a5);
}

static void
igd_test_start(const struct igd_test_image *image)
{
    igd_test_clear();
    igd_test_put_image(image);
}

// Puts a copy of an image at an offset.
static void
igd_test_put_at(uint32_t offset, const struct igd_test_image *image)
{
    struct igd_test_image copy = *image;
    copy.offset = offset;
    igd_test_put_image(&copy);
}

static int
igd_test_find_in(uint32_t file_bytes, const struct igd_device *device, struct igd_rom *rom,
                 struct igd_findings *found)
{
    struct igd_test_file file = igd_test_copy(igd_test_rom, file_bytes);
    int err, same;
    memset(rom, 0xa5, sizeof(*rom));
    found->count = 0;
    err = igd_rom_find(file.bytes, file_bytes, device, rom, found);
    same = !file_bytes || !memcmp(file.bytes, igd_test_rom, file_bytes);
    igd_test_free(&file);
    if (!same)
        fail_msg("expected the file as it was, got it changed");
    return err;
}

// Checks that an image is taken. Said about it is nothing, or that its list lacks the device.
static void
igd_test_takes(uint32_t file_bytes, const struct igd_device *device, uint32_t offset,
               uint32_t bytes, int match)
{
    struct igd_findings found;
    struct igd_rom rom;
    igd_test_equal(0, igd_test_find_in(file_bytes, device, &rom, &found), "result");
    if (match == IGD_ROM_BY_FORCE)
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_ROM_FAMILY, device->device, 0));
    else
        igd_test_no_findings(&found);
    igd_test_equal(match, rom.match, "match");
    igd_test_equal(offset, rom.offset, "offset");
    igd_test_equal(bytes, rom.bytes, "bytes");
}

// Checks that a file is refused for one reason.
static void
igd_test_refuses(uint32_t file_bytes, const struct igd_device *device, uint8_t code,
                 uint64_t value, uint32_t limit)
{
    struct igd_findings found;
    struct igd_rom rom;
    igd_test_equal(-code, igd_test_find_in(file_bytes, device, &rom, &found), "result");
    igd_test_findings(&found, IGD_TEST_FINDING(code, value, limit));
}

// --- Id, vendor, class and code type --------------------------------------------------------

static void
an_image_with_the_devices_id_is_taken(void **state)
{
    (void)state;
    igd_test_start(&igd_test_ours);
    igd_test_takes(0x400, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_ID);
    igd_test_takes(0x10000, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_ID);
}

static void
only_the_devices_own_id_is_its_id(void **state)
{
    struct igd_device device = igd_test_coffee_lake;
    unsigned id;
    (void)state;
    device.class_code = 0x0380;
    igd_test_start(&igd_test_ours);
    for (id = 0; id < 0x10000; id++) {
        igd_test_set_row("device %04x: ", id);
        device.device = id;
        if (id == 0x3e92)
            igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_ID);
        else
            igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, id);
    }
}

static void
another_vendors_image_is_never_taken(void **state)
{
    struct igd_test_image image = igd_test_ours;
    struct igd_device device = igd_test_coffee_lake, listed = igd_test_coffee_lake;
    unsigned vendor;
    (void)state;
    listed.device = 0x3e98;
    listed.class_code = 0x0380;
    image.list = 0x1c;
    igd_test_start(&image);
    igd_test_put(0x40 + 0x1c, 4, 0x3e98);
    for (vendor = 0; vendor < 0x10000; vendor++) {
        igd_test_set_row("vendor %04x: ", vendor);
        igd_test_put(0x40 + 4, 2, vendor);
        if (vendor == 0x8086) {
            igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_FORCE);
            igd_test_takes(0x400, &listed, 0, 0x400, IGD_ROM_BY_LIST);
            continue;
        }
        igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, 0x3e92);
        igd_test_refuses(0x400, &listed, IGD_ERR_ROM_MATCH, 0x400, 0x3e98);
    }
    igd_test_put(0x40 + 4, 2, 0x1234);
    igd_test_set_row("vendor 1234 for itself: ");
    device.vendor = listed.vendor = 0x1234;
    igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_FORCE);
    igd_test_takes(0x400, &listed, 0, 0x400, IGD_ROM_BY_LIST);
}

static void
an_image_of_the_devices_class_is_taken(void **state)
{
    static const uint16_t classes[] = { 0x0300, 0x0380 };
    struct igd_device device = igd_test_coffee_lake;
    unsigned i, class;
    (void)state;
    device.device = 0x9bc8;
    igd_test_start(&igd_test_ours);
    for (i = 0; i < IGD_TEST_COUNT(classes); i++)
        for (class = 0; class < 0x10000; class++) {
            igd_test_set_row("class %04x for %04x: ", class, classes[i]);
            device.class_code = classes[i];
            igd_test_put(0x40 + 0x0e, 2, class);
            if (class == classes[i])
                igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_CLASS);
            else
                igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, 0x9bc8);
        }
}

static void
the_programming_interface_does_not_matter(void **state)
{
    struct igd_device device = igd_test_coffee_lake;
    unsigned interface;
    (void)state;
    device.device = 0x9bc8;
    igd_test_start(&igd_test_ours);
    for (interface = 0; interface < 0x100; interface++) {
        igd_test_put(0x40 + 0x0d, 1, interface);
        igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_CLASS);
    }
}

static void
images_of_other_code_types_are_skipped(void **state)
{
    struct igd_test_image image = igd_test_efi;
    struct igd_device family = igd_test_coffee_lake;
    unsigned type;
    (void)state;
    family.device = 0x9bc8;
    for (type = 0; type < 0x100; type++) {
        uint32_t offset = type ? 0x400 : 0;
        igd_test_set_row("code type %02x: ", type);
        image.code_type = type;
        igd_test_start(&image);
        igd_test_put_at(0x400, &igd_test_ours);
        igd_test_takes(0x800, &igd_test_coffee_lake, offset, 0x400, IGD_ROM_BY_ID);
        igd_test_takes(0x800, &family, offset, 0x400, IGD_ROM_BY_CLASS);
        if (!type)
            continue;
        igd_test_put(0x40 + 0x15, 1, 0x80);
        igd_test_refuses(0x800, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, 0x800, 0x3e92);
    }
}

// --- The device list ------------------------------------------------------------------------

// Starts an image of 400h bytes with the list 0102h 3E98h 9BC8h 00FFh FF00h 9BC5h at the structure
// plus list. Its own id and class are not the device's.
static void
igd_test_start_list(uint16_t list, uint8_t revision)
{
    static const uint16_t ids[] = { 0x0102, 0x3e98, 0x9bc8, 0x00ff, 0xff00, 0x9bc5, 0 };
    struct igd_test_image image = igd_test_other;
    unsigned i;
    image.indicator = 0x80;
    image.list = list;
    image.revision = revision;
    igd_test_start(&image);
    for (i = 0; i < IGD_TEST_COUNT(ids); i++)
        igd_test_put(0x40 + list + 2 * i, 2, ids[i]);
}

static void
each_id_of_the_list_is_taken_and_no_other(void **state)
{
    static const uint16_t lists[] = { 0x18, 0x1c, 0x1d, 0xff, 0x100, 0x3c0 - 14 };
    struct igd_device device = igd_test_coffee_lake;
    unsigned i, id;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(lists); i++) {
        igd_test_start_list(lists[i], 3);
        igd_test_put(0x400, 2, 0x5555); // behind the terminator of the last of the lists
        for (id = 0; id < 0x10000; id++) {
            int listed = id == 0x0102 || id == 0x3e98 || id == 0x9bc8 || id == 0x00ff
                || id == 0xff00 || id == 0x9bc5;
            igd_test_set_row("list at 0x%x, device %04x: ", lists[i], id);
            device.device = id;
            if (listed)
                igd_test_takes(0x402, &device, 0, 0x400, IGD_ROM_BY_LIST);
            else if (id != 0x10d3)
                igd_test_refuses(0x402, &device, IGD_ERR_ROM_MATCH, 0x402, id);
        }
    }
}

static void
the_lists_offset_counts_from_the_structure(void **state)
{
    struct igd_test_image image = igd_test_other;
    struct igd_device right = igd_test_coffee_lake, wrong = igd_test_coffee_lake;
    uint32_t offset;
    (void)state;
    right.device = 0x3e98;
    wrong.device = 0x9bc8;
    image.indicator = 0x80;
    image.list = 0x80;
    for (offset = 0; offset <= 0x400; offset += 0x400) {
        igd_test_start(&igd_test_other);
        igd_test_put_at(offset, &image);
        igd_test_put(0x80, 4, 0x9bc8);          // from the file
        igd_test_put(offset + 0x80, 4, 0x9bc8); // from the image
        igd_test_put(offset + 0xc0, 4, 0x3e98);
        igd_test_takes(0x800, &right, offset, 0x400, IGD_ROM_BY_LIST);
        igd_test_refuses(0x800, &wrong, IGD_ERR_ROM_MATCH, 0x800, 0x9bc8);
    }
}

static void
there_is_no_list_before_revision_3(void **state)
{
    struct igd_device device = igd_test_coffee_lake;
    unsigned revision;
    (void)state;
    device.device = 0x3e98;
    for (revision = 0; revision < 0x100; revision++) {
        igd_test_set_row("revision %u: ", revision);
        igd_test_start_list(0x1c, revision);
        if (revision < 3)
            igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, 0x3e98);
        else
            igd_test_takes(0x400, &device, 0, 0x400, IGD_ROM_BY_LIST);
    }
}

// A list at 0 would be the structure itself: "PC", "IR", vendor, device.
static void
there_is_no_list_at_0(void **state)
{
    static const uint16_t ids[] = { 0x4350, 0x5249, 0x8086 };
    struct igd_device device = igd_test_coffee_lake;
    struct igd_test_image image = igd_test_other;
    unsigned i;
    (void)state;
    image.indicator = 0x80;
    igd_test_start(&image);
    for (i = 0; i < IGD_TEST_COUNT(ids); i++) {
        device.device = ids[i];
        igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, ids[i]);
    }
}

static void
a_terminator_ends_the_list_and_is_no_id(void **state)
{
    struct igd_device device = igd_test_coffee_lake, none = igd_test_coffee_lake;
    unsigned i;
    (void)state;
    device.device = 0x9bc5;
    none.device = 0x0000;
    for (i = 0; i < 6; i++) {
        igd_test_set_row("terminator at entry %u: ", i);
        igd_test_start_list(0x1c, 3);
        igd_test_put(0x40 + 0x1c + 2 * i, 2, 0);
        igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, 0x9bc5);
        igd_test_refuses(0x400, &none, IGD_ERR_ROM_MATCH, 0x400, 0x0000);
    }
}

// The list is cut by the file's end after each of its bytes.
static void
a_list_without_terminator_ends_with_the_file(void **state)
{
    struct igd_device first = igd_test_coffee_lake, last = igd_test_coffee_lake,
                      none = igd_test_coffee_lake;
    struct igd_test_image image = igd_test_other;
    uint32_t file_bytes;
    (void)state;
    first.device = 0x3e98;
    last.device = 0x9bc5;
    none.device = 0x5555;
    image.indicator = 0x80;
    image.list = 0x3c0 - 2;
    igd_test_start(&image);
    igd_test_put(0x3fe, 2, 0x3e98);
    igd_test_put(0x400 + 0x7e, 2, 0x9bc5);
    for (file_bytes = 0x400; file_bytes <= 0x490; file_bytes++) {
        igd_test_set_row("file 0x%x: ", file_bytes);
        igd_test_takes(file_bytes, &first, 0, 0x400, IGD_ROM_BY_LIST);
        igd_test_refuses(file_bytes, &none, IGD_ERR_ROM_MATCH, file_bytes, 0x5555);
        if (file_bytes < 0x480)
            igd_test_refuses(file_bytes, &last, IGD_ERR_ROM_MATCH, file_bytes, 0x9bc5);
        else
            igd_test_takes(file_bytes, &last, 0, 0x400, IGD_ROM_BY_LIST);
    }
}

static void
a_list_may_point_anywhere(void **state)
{
    struct igd_device device = igd_test_coffee_lake, family = igd_test_coffee_lake;
    struct igd_test_image image = igd_test_ours;
    unsigned list;
    int match;
    (void)state;
    device.device = family.device = 0x9bc8;
    device.class_code = 0x0380;
    igd_test_start(&image);
    for (list = 0; list < 0x10000; list++) {
        igd_test_set_row("list at 0x%x: ", list);
        igd_test_put(0x40 + 8, 2, list);
        igd_test_refuses(0x400, &device, IGD_ERR_ROM_MATCH, 0x400, 0x9bc8);
        igd_test_takes(0x400, &family, 0, 0x400, list ? IGD_ROM_BY_FORCE : IGD_ROM_BY_CLASS);
        // From 2, 4 or 6 on the structure's own words are the list: the third is the device id.
        match = list == 2 || list == 4 || list == 6 ? IGD_ROM_BY_LIST : IGD_ROM_BY_FORCE;
        igd_test_takes(0x400, &igd_test_coffee_lake, 0, 0x400, list ? match : IGD_ROM_BY_ID);
    }
}

static void
a_list_decides_and_without_one_the_id_goes_before_the_class(void **state)
{
    // The list: 1 has the device, 0 has another, -1 is none.
    static const struct {
        int id, list, class, match;
    } cases[] = {
        { 1, 1, 1, IGD_ROM_BY_LIST },  { 1, 1, 0, IGD_ROM_BY_LIST },  { 1, 0, 1, IGD_ROM_BY_FORCE },
        { 1, 0, 0, IGD_ROM_BY_FORCE }, { 0, 1, 1, IGD_ROM_BY_LIST },  { 0, 1, 0, IGD_ROM_BY_LIST },
        { 0, 0, 1, IGD_ROM_BY_FORCE }, { 0, 0, 0, 0 },                { 1, -1, 1, IGD_ROM_BY_ID },
        { 1, -1, 0, IGD_ROM_BY_ID },   { 0, -1, 1, IGD_ROM_BY_CLASS }, { 0, -1, 0, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        struct igd_test_image image = igd_test_ours;
        igd_test_set_row("id %d, list %d, class %d: ", cases[i].id, cases[i].list,
                         cases[i].class);
        image.device = cases[i].id ? 0x3e92 : 0x3e91;
        image.class = cases[i].class ? 0x0300 : 0x0380;
        image.list = cases[i].list < 0 ? 0 : 0x1c;
        igd_test_start(&image);
        igd_test_put(0x40 + 0x1c, 4, cases[i].list ? 0x3e92 : 0x3e91);
        if (cases[i].match)
            igd_test_takes(0x400, &igd_test_coffee_lake, 0, 0x400, cases[i].match);
        else
            igd_test_refuses(0x400, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, 0x400, 0x3e92);
    }
}

static void
the_first_image_that_can_be_taken_is_taken(void **state)
{
    struct igd_test_image by_class = igd_test_ours, by_list = igd_test_other,
                          foreign = igd_test_ours, ours = igd_test_ours;
    (void)state;
    by_class.device = 0x3e91;
    by_class.indicator = ours.indicator = foreign.indicator = 0;
    by_list.list = 0x1c;
    foreign.vendor = 0x1002;
    igd_test_set_row("class, id: ");
    igd_test_start(&by_class);
    igd_test_put_at(0x400, &igd_test_ours);
    igd_test_takes(0x800, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_CLASS);

    igd_test_set_row("list, id: ");
    igd_test_start(&by_list);
    igd_test_put(0x5c, 4, 0x3e92);
    igd_test_put_at(0x400, &igd_test_ours);
    igd_test_takes(0x800, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_LIST);

    igd_test_set_row("id, id: ");
    igd_test_start(&ours);
    igd_test_put_at(0x400, &igd_test_ours);
    igd_test_takes(0x800, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_ID);

    igd_test_set_row("EFI, other, foreign, list, id: ");
    igd_test_start(&igd_test_efi);
    igd_test_put_at(0x400, &igd_test_other);
    igd_test_put_at(0x800, &foreign);
    igd_test_put_at(0xc00, &by_list);
    igd_test_put(0xc5c, 4, 0x3e92);
    igd_test_put_at(0x1000, &igd_test_ours);
    igd_test_takes(0x1400, &igd_test_coffee_lake, 0xc00, 0x400, IGD_ROM_BY_LIST);

    igd_test_set_row("id, and the next image is broken: ");
    igd_test_start(&ours);
    igd_test_takes(0x800, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_ID);
}

// The next image is where the structure says, whatever the header's size is.
static void
the_next_image_is_found_by_the_structures_length(void **state)
{
    static const uint16_t next_units[] = { 1, 2, 3, 0x7f, 0x80, 0xff, 0x100, 0x101, 0x1f0 };
    static const uint8_t units[] = { 0, 1, 2, 0x80, 0xff };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(next_units); i++)
        for (j = 0; j < IGD_TEST_COUNT(units); j++) {
            struct igd_test_image image = igd_test_other;
            uint32_t offset = next_units[i] * 512u;
            igd_test_set_row("0x%x units to the next, 0x%x in the header: ", next_units[i],
                             units[j]);
            image.units = units[j];
            image.next_units = next_units[i];
            igd_test_start(&image);
            igd_test_put_at(offset, &igd_test_ours);
            igd_test_takes(offset + 0x400, &igd_test_coffee_lake, offset, 0x400, IGD_ROM_BY_ID);
        }
}

static void
a_chain_may_be_long(void **state)
{
    struct igd_test_image other = igd_test_other, ours = igd_test_ours;
    unsigned i;
    (void)state;
    other.units = other.next_units = ours.units = 1;
    igd_test_clear();
    for (i = 0; i < 500; i++)
        igd_test_put_at(512 * i, &other);
    igd_test_put_at(512 * i, &ours);
    igd_test_takes(501 * 512, &igd_test_coffee_lake, 500 * 512, 512, IGD_ROM_BY_ID);
}

static void
the_last_image_ends_the_chain(void **state)
{
    struct igd_test_image image = igd_test_other;
    unsigned indicator;
    (void)state;
    for (indicator = 0; indicator < 0x100; indicator++) {
        igd_test_set_row("indicator %02x: ", indicator);
        image.indicator = indicator;
        igd_test_start(&image);
        igd_test_put_at(0x400, &igd_test_ours);
        if (indicator & 0x80)
            igd_test_refuses(0x800, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, 0x800, 0x3e92);
        else
            igd_test_takes(0x800, &igd_test_coffee_lake, 0x400, 0x400, IGD_ROM_BY_ID);
    }
    igd_test_set_row("last, and nothing behind it: ");
    igd_test_refuses(0x400, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, 0x400, 0x3e92);
}

static void
an_image_of_length_0_ends_the_chain(void **state)
{
    struct igd_test_image image = igd_test_other;
    uint32_t offset;
    (void)state;
    image.next_units = 0;
    for (offset = 0; offset <= 0x400; offset += 0x400) {
        igd_test_start(&igd_test_other);
        igd_test_put_at(offset, &image);
        igd_test_put_at(0x800, &igd_test_ours);
        igd_test_refuses(0xc00, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, 0xc00, 0x3e92);
    }
    // One that is taken may have it.
    image = igd_test_ours;
    image.next_units = 0;
    image.indicator = 0;
    igd_test_start(&image);
    igd_test_takes(0x400, &igd_test_coffee_lake, 0, 0x400, IGD_ROM_BY_ID);
}

static void
a_next_image_beyond_the_file_is_refused(void **state)
{
    static const uint16_t next_units[] = { 2, 3, 0x7fff, 0x8000, 0xffff };
    struct igd_test_image image = igd_test_other;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(next_units); i++) {
        igd_test_set_row("0x%x units: ", next_units[i]);
        image.next_units = next_units[i];
        igd_test_start(&image);
        igd_test_refuses(0x400, &igd_test_coffee_lake, IGD_ERR_ROM_SIGNATURE,
                         next_units[i] * 512u, 0x400);
    }
}

static void
each_bit_of_an_images_55aa_counts(void **state)
{
    uint32_t offset;
    unsigned bit;
    (void)state;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (bit = 0; bit < 16; bit++) {
            igd_test_set_row("bit %u at 0x%x: ", bit, offset);
            igd_test_start(&igd_test_other);
            igd_test_put_at(offset, &igd_test_ours);
            igd_test_rom[offset + bit / 8] ^= 1 << bit % 8;
            igd_test_refuses(0x800, &igd_test_coffee_lake, IGD_ERR_ROM_SIGNATURE, offset, 0x800);
        }
}

static void
each_bit_of_an_images_pcir_counts(void **state)
{
    uint32_t offset;
    unsigned bit;
    (void)state;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (bit = 0; bit < 32; bit++) {
            igd_test_set_row("bit %u at 0x%x: ", bit, offset);
            igd_test_start(&igd_test_other);
            igd_test_put_at(offset, &igd_test_ours);
            igd_test_rom[offset + 0x40 + bit / 8] ^= 1 << bit % 8;
            igd_test_refuses(0x800, &igd_test_coffee_lake, IGD_ERR_ROM_PCIR, offset + 0x40,
                             0x800);
        }
}

// --- Borders: every length and every pointer, ASan on guard ---------------------------------

static void
a_file_cut_anywhere_is_refused(void **state)
{
    static const uint16_t pointers[] = { 0x1a, 0x1c, 0x40, 0xff, 0x100, 0x200, 0x3e8 };
    uint32_t offset, file_bytes;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(pointers); i++)
        for (offset = 0; offset <= 0x400; offset += 0x400) {
            struct igd_test_image image = igd_test_ours;
            uint32_t pcir = offset + pointers[i];
            image.offset = offset;
            image.pcir = pointers[i];
            igd_test_start(&igd_test_other);
            igd_test_put_image(&image);
            for (file_bytes = offset ? 0x400 : 0; file_bytes <= 0x400 + 1200; file_bytes++) {
                igd_test_set_row("image at 0x%x, PCIR at 0x%x, file 0x%x: ", offset, pcir,
                                 file_bytes);
                if (file_bytes < offset + 0x1a)
                    igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_SIGNATURE,
                                     offset, file_bytes);
                else if (file_bytes < pcir + 0x18)
                    igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_PCIR, pcir,
                                     file_bytes);
                else if (file_bytes < offset + 0x400)
                    igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_BYTES, 0x400,
                                     file_bytes - offset);
                else
                    igd_test_takes(file_bytes, &igd_test_coffee_lake, offset, 0x400,
                                   IGD_ROM_BY_ID);
            }
        }
}

// An image that is not taken must have its header and structure in the file, and no more.
static void
an_image_that_is_skipped_may_be_cut(void **state)
{
    struct igd_test_image image = igd_test_other;
    uint32_t file_bytes;
    (void)state;
    image.indicator = 0x80;
    igd_test_start(&image);
    for (file_bytes = 0; file_bytes <= 1200; file_bytes++) {
        igd_test_set_row("file 0x%x: ", file_bytes);
        if (file_bytes < 0x1a)
            igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_SIGNATURE, 0,
                             file_bytes);
        else if (file_bytes < 0x40 + 0x18)
            igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_PCIR, 0x40,
                             file_bytes);
        else
            igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_MATCH, file_bytes,
                             0x3e92);
    }
}

static void
the_pcir_pointer_may_point_anywhere(void **state)
{
    uint32_t offset;
    unsigned pcir;
    (void)state;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (pcir = 0; pcir < 0x10000; pcir++) {
            struct igd_test_image image = igd_test_ours;
            uint32_t file_bytes = offset + 0x400;
            igd_test_set_row("image at 0x%x, pointer 0x%x: ", offset, pcir);
            memset(igd_test_rom, 0xa5, 0xc00);
            igd_test_put_at(0, &igd_test_other);
            image.offset = offset;
            image.pcir = pcir;
            if (pcir >= 0x1a && pcir < 0x800) {
                igd_test_put_image(&image);
            } else {
                igd_test_put(offset, 4, 0xe902aa55);
                igd_test_put(offset + 0x18, 2, pcir);
            }
            if (pcir >= 0x1a && pcir <= 0x400 - 0x18)
                igd_test_takes(file_bytes, &igd_test_coffee_lake, offset, 0x400, IGD_ROM_BY_ID);
            else
                igd_test_refuses(file_bytes, &igd_test_coffee_lake, IGD_ERR_ROM_PCIR,
                                 offset + pcir, file_bytes);
        }
}

static void
an_image_has_its_headers_size(void **state)
{
    uint32_t offset;
    unsigned units;
    (void)state;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (units = 1; units < 0x100; units++) {
            struct igd_test_image image = igd_test_ours;
            uint32_t bytes = units * 512;
            igd_test_set_row("0x%x units at 0x%x: ", units, offset);
            image.offset = offset;
            image.units = units;
            image.next_units = 1; // does not matter here
            igd_test_start(&igd_test_other);
            igd_test_put_image(&image);
            igd_test_takes(offset + bytes, &igd_test_coffee_lake, offset, bytes, IGD_ROM_BY_ID);
            igd_test_takes(offset + bytes + 1, &igd_test_coffee_lake, offset, bytes,
                           IGD_ROM_BY_ID);
            igd_test_refuses(offset + bytes - 1, &igd_test_coffee_lake, IGD_ERR_ROM_BYTES, bytes,
                             bytes - 1);
        }
}

// It has nothing that could run. Which limit is told with it does not matter.
static void
an_image_of_0_bytes_is_refused(void **state)
{
    struct igd_device family = igd_test_coffee_lake;
    const struct igd_device *const devices[] = { &igd_test_coffee_lake, &family };
    uint32_t offset;
    unsigned i;
    (void)state;
    family.device = 0x9bc8;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (i = 0; i < IGD_TEST_COUNT(devices); i++) {
            struct igd_test_image image = igd_test_ours;
            struct igd_findings found;
            struct igd_rom rom;
            image.offset = offset;
            image.units = 0;
            igd_test_start(&igd_test_other);
            igd_test_put_image(&image);
            igd_test_equal(-IGD_ERR_ROM_BYTES,
                           igd_test_find_in(0xa00, devices[i], &rom, &found), "result");
            igd_test_equal(1, found.count, "findings");
            igd_test_equal(IGD_ERR_ROM_BYTES, found.item[0].code, "code");
            igd_test_equal(0, found.item[0].value, "bytes told");
        }
}

// An image that is skipped may say more than there is.
static void
only_the_image_that_is_taken_must_be_in_the_file(void **state)
{
    struct igd_test_image large = igd_test_other, small = igd_test_ours;
    (void)state;
    large.units = 0xff;
    small.units = 1;
    igd_test_start(&large);
    igd_test_put_at(0x400, &small);
    igd_test_takes(0x600, &igd_test_coffee_lake, 0x400, 0x200, IGD_ROM_BY_ID);
}

// The file has it, but the image that runs does not.
static void
the_structure_must_be_inside_of_the_headers_size(void **state)
{
    uint32_t offset;
    unsigned pcir;
    (void)state;
    for (offset = 0; offset <= 0x400; offset += 0x400)
        for (pcir = 0x1a; pcir <= 0x600; pcir++) {
            struct igd_test_image image = igd_test_ours;
            igd_test_set_row("image at 0x%x, PCIR at 0x%x: ", offset, pcir);
            image.offset = offset;
            image.units = 1;
            image.pcir = pcir;
            memset(igd_test_rom, 0xa5, 0xc00);
            igd_test_put_at(0, &igd_test_other);
            igd_test_put_image(&image);
            if (pcir + 0x18 <= 0x200)
                igd_test_takes(offset + 0x800, &igd_test_coffee_lake, offset, 0x200,
                               IGD_ROM_BY_ID);
            else
                igd_test_refuses(offset + 0x800, &igd_test_coffee_lake, IGD_ERR_ROM_BYTES, 0x200,
                                 0x800);
        }
}

// Three images with bytes changed at random, and cut: what is taken can run, and it ends.
static void
a_damaged_file_is_taken_or_refused_never_both(void **state)
{
    static const uint8_t telling[] = { 0x00, 0x01, 0x02, 0x03, 0x18, 0x40, 0x7f, 0x80, 0xff };
    uint32_t run;
    (void)state;
    for (run = 0; run < 20000; run++) {
        uint32_t file_bytes, changes;
        struct igd_findings found;
        struct igd_rom rom;
        int err;
        memset(igd_test_rom, 0xa5, 0xc00);
        igd_test_put_at(0, &igd_test_efi);
        igd_test_put_at(0x400, &igd_test_other);
        igd_test_put_at(0x800, &igd_test_ours);
        igd_test_put(0x448, 2, 0x3a0);
        for (changes = igd_test_random(6); changes; changes--) {
            uint32_t where = igd_test_random(3) * 0x400;
            where += igd_test_random(2) ? igd_test_random(0x1a) : 0x40 + igd_test_random(0x18);
            igd_test_rom[where] = telling[igd_test_random(sizeof(telling))];
        }
        file_bytes = igd_test_random(2) ? 0xc00 : igd_test_random(0xc00);
        igd_test_set_row("run %u: ", run);
        err = igd_test_find_in(file_bytes, &igd_test_coffee_lake, &rom, &found);
        if (err) {
            igd_test_equal(1, found.count, "findings");
            igd_test_equal(-err, found.item[0].code, "code");
            continue;
        }
        assert_in_range(rom.match, IGD_ROM_BY_LIST, IGD_ROM_BY_FORCE);
        igd_test_equal(rom.match == IGD_ROM_BY_FORCE, found.count, "findings");
        igd_test_equal(0, rom.bytes % 512, "bytes in no unit");
        assert_in_range(rom.bytes, 512, file_bytes);
        assert_in_range(rom.offset + rom.bytes, 512, file_bytes);
    }
}

// --- Mending --------------------------------------------------------------------------------

// Starts an image with a byte at 3 that is, or is not, a jump. Its body has no byte of the helper.
static void
igd_test_start_body(uint32_t bytes, uint8_t entry)
{
    memset(igd_test_rom, 0x90, bytes);
    if (bytes > 3)
        igd_test_rom[3] = entry;
}

// The helper of Intel's VBIOSes (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series) that returns
// the cached BDSM: v, the cached dword's offset, is in two places.
static void
igd_test_put_helper(uint32_t at, uint16_t v)
{
    static const uint8_t helper[] = { 0x66, 0x2e, 0x83, 0x3e, 0xff, 0xff, 0x00, 0x74, 0x07,
                                      0x66, 0x2e, 0xa1, 0xff, 0xff, 0xeb, 0x0f, 0xb8, 0x5e,
                                      0x10 };
    unsigned i;
    for (i = 0; i < sizeof(helper); i++)
        igd_test_put(at + i, 1, helper[i]);
    igd_test_put(at + 4, 2, v);
    igd_test_put(at + 12, 2, v);
}

static uint8_t
igd_test_sum(const uint8_t *image, uint32_t bytes)
{
    uint8_t sum = 0;
    while (bytes--)
        sum += image[bytes];
    return sum;
}

// Makes the bytes of the image add up to sum, with the byte at balance.
static void
igd_test_set_sum(uint32_t bytes, uint32_t balance, uint8_t sum)
{
    igd_test_rom[balance] += sum - igd_test_sum(igd_test_rom, bytes);
}

// What the cached BDSM is set to. Its bytes differ from each other and from all that is there.
#define IGD_TEST_BDSM 0x3bf01288

// Mends a copy of the image under construction, and returns it for igd_test_is_rom().
static struct igd_test_file
igd_test_mend(uint32_t bytes, struct igd_findings *found)
{
    struct igd_test_file file = igd_test_copy(igd_test_rom, bytes);
    found->count = 0;
    igd_rom_mend(file.bytes, bytes, igd_rom_cache(file.bytes, bytes), IGD_TEST_BDSM, found);
    return file;
}

// Checks that the sum that an image came with was told, if it was wrong, and nothing else.
static void
igd_test_told_sum(const struct igd_findings *found, uint8_t came)
{
    if (came)
        igd_test_findings(found, IGD_TEST_FINDING(IGD_WARN_ROM_CHECKSUM, came, 0));
    else
        igd_test_no_findings(found);
}

// Checks that a copy has the bytes of the image under construction, which the test has changed
// by now as it expects, and frees it.
static void
igd_test_is_rom(struct igd_test_file *file, uint32_t bytes)
{
    uint32_t i;
    for (i = 0; i < bytes; i++)
        igd_test_equal(igd_test_rom[i], file->bytes[i], "byte 0x%x of 0x%x", i, bytes);
    igd_test_free(file);
}

// Checks that an image which is in order stays as it is.
static void
igd_test_leaves_alone(uint32_t bytes)
{
    struct igd_findings found;
    struct igd_test_file file;
    igd_test_equal(0, igd_test_sum(igd_test_rom, bytes), "sum before");
    file = igd_test_mend(bytes, &found);
    igd_test_no_findings(&found);
    igd_test_is_rom(&file, bytes);
}

// Checks that the dword at v is set, and nothing else: the image adds up to 0 with it.
static void
igd_test_sets(uint32_t bytes, uint32_t v, uint32_t stale, uint32_t balance)
{
    struct igd_findings found;
    struct igd_test_file file;
    igd_test_put(v, 4, IGD_TEST_BDSM);
    igd_test_set_sum(bytes, balance, 0);
    igd_test_put(v, 4, stale);
    uint8_t came = igd_test_sum(igd_test_rom, bytes);
    igd_test_equal(v, igd_rom_cache(igd_test_rom, bytes), "where the cached BDSM is");
    file = igd_test_mend(bytes, &found);
    igd_test_told_sum(&found, came);
    igd_test_put(v, 4, IGD_TEST_BDSM);
    igd_test_is_rom(&file, bytes);
}

static void
an_image_in_order_is_left_alone(void **state)
{
    static const uint32_t sizes[] = { 0x200, 0x400, 0x8000, 0x10000, 0x1fe00 };
    unsigned i, entry;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++)
        for (entry = 0; entry < 0x100; entry++) {
            igd_test_set_row("entry %02x, 0x%x bytes: ", entry, sizes[i]);
            igd_test_start_body(sizes[i], entry);
            igd_test_set_sum(sizes[i], 0x10, 0);
            igd_test_leaves_alone(sizes[i]);
        }
}

static void
the_cached_bdsm_of_one_helper_is_set(void **state)
{
    static const uint32_t stales[] = { 0x7c000000, 0x00000001, 0x00000100, 0x00010000,
                                       0x01000000, 0x80000000, 0x00ffff00, 0xdeadbeef,
                                       0xffffffff };
    static const uint16_t offsets[] = { 0x20, 0x21, 0x102, 0x201, 0x3ff, 0x7ffc, 0x8000, 0xfeff,
                                        0xfffc };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(stales); i++)
        for (j = 0; j < IGD_TEST_COUNT(offsets); j++) {
            igd_test_set_row("0x%x at 0x%x: ", stales[i], offsets[j]);
            igd_test_start_body(0x1fe00, 0xe9);
            igd_test_put_helper(0x1234, offsets[j]);
            igd_test_sets(0x1fe00, offsets[j], stales[i], 0x10);
        }
}

static void
a_cached_bdsm_of_0_is_set_too(void **state)
{
    (void)state;
    igd_test_start_body(0x400, 0xe9);
    igd_test_put_helper(0x100, 0x80);
    igd_test_sets(0x400, 0x80, 0, 0x10);
}

static void
without_a_place_or_a_value_the_cached_bdsm_stays(void **state)
{
    static const struct { uint32_t cache, bdsm; } cases[] = {
        { 0, IGD_TEST_BDSM }, { 0x80, 0 }, { 0, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        struct igd_findings found = { .count = 0 };
        struct igd_test_file file;
        igd_test_start_body(0x400, 0xe9);
        igd_test_put_helper(0x100, 0x80);
        igd_test_put(0x80, 4, 0x7c000000);
        igd_test_set_sum(0x400, 0x10, 0x6a);
        file = igd_test_copy(igd_test_rom, 0x400);
        igd_rom_mend(file.bytes, 0x400, cases[i].cache, cases[i].bdsm, &found);
        igd_test_told_sum(&found, 0x6a);
        igd_test_rom[6] -= 0x6a;
        igd_test_is_rom(&file, 0x400);
    }
}

// From the first byte of the image to the last but one.
static void
the_helper_may_be_anywhere(void **state)
{
    uint32_t at;
    (void)state;
    for (at = 0; at <= 0x400 - 20; at++) {
        uint32_t v = at < 0x200 ? 0x300 : 0x30;
        igd_test_set_row("helper at 0x%x: ", at);
        igd_test_start_body(0x400, 0xe9);
        igd_test_put_helper(at, v);
        igd_test_sets(0x400, v, 0x7c000000, at < 0x200 ? 0x280 : 0x10);
    }
}

// At the image's start and at its end, whatever its size.
static void
the_helper_may_be_at_the_border_of_an_image_of_any_size(void **state)
{
    uint32_t bytes;
    (void)state;
    for (bytes = 0x200; bytes <= 0x1fe00; bytes += bytes < 0x2800 ? 0x200 : 0x3400) {
        igd_test_set_row("at the start of 0x%x: ", bytes);
        igd_test_start_body(bytes, 0xe9);
        igd_test_put_helper(0, 0x80);
        igd_test_sets(bytes, 0x80, 0x7c000000, 0x20);
        igd_test_set_row("at the end of 0x%x: ", bytes);
        igd_test_start_body(bytes, 0xe9);
        igd_test_put_helper(bytes - 20, 0x80);
        igd_test_sets(bytes, 0x80, 0x7c000000, 0x20);
    }
}

// The last byte may be where the sum is mended: a helper that has it is none, either.
static void
a_helper_cut_by_the_images_end_is_none(void **state)
{
    static const uint8_t entries[] = { 0xe9, 0xeb, 0xcb };
    uint32_t at;
    unsigned i;
    (void)state;
    for (at = 0x400 - 19; at < 0x400; at++)
        for (i = 0; i < IGD_TEST_COUNT(entries); i++) {
            igd_test_set_row("entry %02x, helper at 0x%x: ", entries[i], at);
            igd_test_start_body(0x500, entries[i]);
            igd_test_put_helper(at, 0x30);
            igd_test_put(0x30, 4, 0x7c000000);
            igd_test_set_sum(0x400, 0x10, 0);
            igd_test_leaves_alone(0x400);
            // Nor does it make one before it two.
            igd_test_put_helper(0x100, 0x30);
            igd_test_sets(0x400, 0x30, 0x7c000000, 0x10);
        }
}

static void
a_helper_cut_by_the_images_start_is_none(void **state)
{
    static uint8_t whole[19];
    unsigned cut;
    (void)state;
    igd_test_put_helper(0, 0x80);
    memcpy(whole, igd_test_rom, sizeof(whole));
    for (cut = 1; cut < 19; cut++) {
        igd_test_set_row("helper without its first %u bytes: ", cut);
        igd_test_start_body(0x400, 0xe9);
        memcpy(igd_test_rom, whole + cut, sizeof(whole) - cut);
        igd_test_put(0x80, 4, 0x7c000000);
        igd_test_set_sum(0x400, 0x20, 0);
        igd_test_leaves_alone(0x400);
    }
}

static void
each_bit_of_the_helper_counts(void **state)
{
    unsigned bit;
    (void)state;
    for (bit = 0; bit < 19 * 8; bit++) {
        igd_test_set_row("bit %u of byte %u: ", bit % 8, bit / 8);
        igd_test_start_body(0x10200, 0xe9);
        igd_test_put_helper(0x100, 0x80);
        igd_test_rom[0x100 + bit / 8] ^= 1 << bit % 8; // of 4, 5, 12, 13: one of both v
        igd_test_set_sum(0x10200, 0x10, 0);
        igd_test_leaves_alone(0x10200);
    }
}

static void
more_than_one_helper_is_left_alone(void **state)
{
    static const struct {
        uint32_t first, second;
        uint16_t v, w;
    } cases[] = {
        { 0x100, 0x200, 0x80, 0x80 },     { 0x100, 0x200, 0x80, 0x90 },
        { 0x100, 0x113, 0x80, 0x80 },     { 0x100, 0x400 - 20, 0x80, 0x80 },
        { 0x20, 0x300, 0x80, 0x90 },      { 0x100, 0x200, 0x80, 0xffff },
        { 0x100, 0x200, 0xffff, 0x80 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++) {
        igd_test_set_row("helpers at 0x%x and 0x%x: ", cases[i].first, cases[i].second);
        igd_test_start_body(0x400, 0xe9);
        igd_test_put_helper(cases[i].first, cases[i].v);
        igd_test_put_helper(cases[i].second, cases[i].w);
        igd_test_put(0x80, 4, 0x7c000000);
        igd_test_put(0x90, 4, 0x7c000000);
        igd_test_set_sum(0x400, 0x10, 0);
        igd_test_leaves_alone(0x400);
    }
    // A third, and up to 257: the count does not wrap.
    igd_test_set_row("many helpers: ");
    for (i = 3; i <= 257; i += i < 255 ? 252 : 1) {
        unsigned n;
        igd_test_start_body(0x2000, 0xe9);
        for (n = 0; n < i; n++)
            igd_test_put_helper(0x100 + 20 * n, 0x80);
        igd_test_put(0x80, 4, 0x7c000000);
        igd_test_set_sum(0x2000, 0x10, 0);
        igd_test_leaves_alone(0x2000);
    }
}

// Code that only begins like the helper, or has two different v, is not counted.
static void
what_is_no_helper_does_not_count(void **state)
{
    (void)state;
    igd_test_start_body(0x400, 0xe9);
    igd_test_put_helper(0x100, 0x80);
    igd_test_put_helper(0x200, 0x90);
    igd_test_put(0x200 + 12, 2, 0x94);
    igd_test_put_helper(0x300, 0x90);
    igd_test_put(0x312, 1, 0x11);
    igd_test_put(0xff, 1, 0x66);
    igd_test_sets(0x400, 0x80, 0x7c000000, 0x10);
}

// Looks at each place, one after the other.
static unsigned
igd_test_count_helpers(uint32_t bytes, uint32_t *helper)
{
    const uint8_t *at = igd_test_rom;
    unsigned count = 0;
    uint32_t i;
    for (i = 0; i + 19 < bytes; i++, at++)
        if (at[0] == 0x66 && at[1] == 0x2e && at[2] == 0x83 && at[3] == 0x3e && at[6] == 0x00
            && !memcmp(at + 7, "\x74\x07\x66\x2e\xa1", 5)
            && !memcmp(at + 14, "\xeb\x0f\xb8\x5e\x10", 5) && at[4] == at[12]
            && at[5] == at[13]) {
            *helper = i;
            count++;
        }
    return count;
}

// Checks what becomes of the image under construction, which has any sum and helpers with the
// dword at 0x20.
static void
igd_test_mends_as_counted(uint32_t bytes)
{
    struct igd_findings found;
    struct igd_test_file file;
    uint32_t helper;
    uint8_t came = igd_test_sum(igd_test_rom, bytes), sum;
    int one = igd_test_count_helpers(bytes, &helper) == 1;
    igd_test_equal(one ? 0x20 : 0, igd_rom_cache(igd_test_rom, bytes), "where the cached BDSM is");
    file = igd_test_mend(bytes, &found);
    igd_test_told_sum(&found, came);
    if (one)
        igd_test_put(0x20, 4, IGD_TEST_BDSM);
    sum = igd_test_sum(igd_test_rom, bytes);
    igd_test_rom[igd_test_rom[3] == 0xe9 || igd_test_rom[3] == 0xeb ? 6 : bytes - 1] -= sum;
    igd_test_is_rom(&file, bytes);
}

// Bytes of the helper at random, and none to three whole ones of which some have one byte changed.
static void
helpers_are_counted_among_bytes_at_random(void **state)
{
    uint8_t helper[19];
    uint32_t run, i;
    (void)state;
    igd_test_put_helper(0, 0x20);
    memcpy(helper, igd_test_rom, sizeof(helper));
    for (run = 0; run < 4000; run++) {
        uint32_t bytes, whole;
        bytes = 0x200 * (1 + igd_test_random(4));
        for (i = 0; i < bytes; i++)
            igd_test_rom[i] = helper[igd_test_random(sizeof(helper))];
        igd_test_rom[3] = igd_test_random(2) ? 0xe9 + 2 * igd_test_random(2) : 0xcb;
        for (whole = igd_test_random(4); whole; whole--) {
            uint32_t at = 0x24 + igd_test_random(bytes - 19 - 0x24);
            igd_test_put_helper(at, 0x20);
            if (!igd_test_random(3))
                igd_test_rom[at + igd_test_random(19)] += 1 + igd_test_random(255);
        }
        if (!igd_test_random(4))
            igd_test_put(0x20, 4, 0);
        if (!igd_test_random(4))
            igd_test_set_sum(bytes, 0x10, 0);
        igd_test_set_row("run %u: ", run);
        igd_test_mends_as_counted(bytes);
    }
}

// Its last byte is not the image's: the sum may be mended there.
static void
the_cached_bdsm_must_be_inside_of_the_image(void **state)
{
    static const uint32_t sizes[] = { 0x200, 0x400, 0x1000, 0xfe00 };
    uint32_t v;
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++)
        for (v = sizes[i] - 8; v <= 0xffff; v = v == sizes[i] + 8 ? 0xfff0 : v + 1) {
            igd_test_set_row("v 0x%x in 0x%x: ", v, sizes[i]);
            igd_test_start_body(0x10200, 0xe9);
            igd_test_put_helper(0x100, v);
            if (v + 4 < sizes[i]) {
                igd_test_sets(sizes[i], v, 0x7c000000, 0x10);
            } else {
                igd_test_set_sum(sizes[i], 0x10, 0);
                igd_test_leaves_alone(sizes[i]);
            }
        }
}

static void
a_wrong_sum_is_mended_behind_the_jump_or_at_the_end(void **state)
{
    unsigned entry, sum;
    (void)state;
    for (entry = 0; entry < 0x100; entry++)
        for (sum = 1; sum < 0x100; sum++) {
            struct igd_findings found;
            struct igd_test_file file;
            igd_test_set_row("entry %02x, sum %02x: ", entry, sum);
            igd_test_start_body(0x200, entry);
            igd_test_set_sum(0x200, 0x10, sum);
            file = igd_test_mend(0x200, &found);
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_ROM_CHECKSUM, sum, 0));
            igd_test_equal(0, igd_test_sum(file.bytes, 0x200), "sum after");
            igd_test_rom[entry == 0xeb || entry == 0xe9 ? 6 : 0x1ff] -= sum;
            igd_test_is_rom(&file, 0x200);
        }
}

static void
a_jump_is_one_only_where_the_image_starts(void **state)
{
    unsigned i;
    (void)state;
    for (i = 0; i < 8; i++) {
        struct igd_findings found;
        struct igd_test_file file;
        if (i == 3)
            continue;
        igd_test_set_row("jump at %u: ", i);
        igd_test_start_body(0x200, 0xcb);
        igd_test_rom[i] = 0xe9;
        igd_test_set_sum(0x200, 0x10, 0x6a);
        file = igd_test_mend(0x200, &found);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_ROM_CHECKSUM, 0x6a, 0));
        igd_test_rom[0x1ff] -= 0x6a;
        igd_test_is_rom(&file, 0x200);
    }
}

// Its target does not matter: an image's bytes from 6 on are not code (PCI Firmware Specification
// 3.0, 5.1.1).
static void
the_sum_is_mended_behind_the_jump_wherever_it_leads(void **state)
{
    unsigned target;
    (void)state;
    for (target = 0; target < 0x20000; target++) {
        struct igd_findings found;
        struct igd_test_file file;
        igd_test_set_row("%s %04x: ", target & 1 ? "E9" : "EB", target >> 1);
        igd_test_start_body(0x200, target & 1 ? 0xe9 : 0xeb);
        igd_test_put(4, 2, target >> 1);
        igd_test_set_sum(0x200, 0x10, 0x6a);
        file = igd_test_mend(0x200, &found);
        igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_ROM_CHECKSUM, 0x6a, 0));
        igd_test_rom[6] -= 0x6a;
        igd_test_is_rom(&file, 0x200);
    }
}

// Without a jump the sum is mended in the last byte. A helper, or its dword, that has this byte
// is therefore none, and the dword stays.
static void
the_sum_is_not_mended_in_the_helper_or_its_dword(void **state)
{
    static const struct { uint32_t helper, v; int sets; } cases[] = {
        { 0x100, 0x1fd, 0 }, { 0x100, 0x1fc, 0 }, { 0x100, 0x1fb, 1 }, { 0x100, 0x1fa, 1 },
        { 0x1ee, 0x80, 0 }, { 0x1ed, 0x80, 0 }, { 0x1ec, 0x80, 1 }, { 0x1eb, 0x80, 1 },
        { 0x1e8, 0x1fb, 1 }, { 0x1e8, 0x1fc, 0 },
    };
    static const uint8_t entries[] = { 0xe9, 0xeb, 0xcb, 0x00 };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++)
        for (j = 0; j < IGD_TEST_COUNT(entries); j++) {
            struct igd_findings found;
            struct igd_test_file file;
            igd_test_set_row("helper at 0x%x, v 0x%x, entry %02x: ", cases[i].helper, cases[i].v,
                             entries[j]);
            igd_test_start_body(0x200, entries[j]);
            igd_test_put_helper(cases[i].helper, cases[i].v);
            igd_test_put(cases[i].v, 4, 0);
            igd_test_set_sum(0x200, 0x10, 0x6a);
            file = igd_test_mend(0x200, &found);
            igd_test_told_sum(&found, 0x6a);
            if (cases[i].sets)
                igd_test_put(cases[i].v, 4, IGD_TEST_BDSM);
            igd_test_rom[entries[j] == 0xe9 || entries[j] == 0xeb ? 6 : 0x1ff] -=
                igd_test_sum(igd_test_rom, 0x200);
            igd_test_is_rom(&file, 0x200);
        }
}

// An offset in the header or in the helper itself is none of a cached BDSM.
static void
a_cached_bdsm_is_neither_in_the_header_nor_in_the_helper(void **state)
{
    uint32_t v;
    (void)state;
    for (v = 0; v < 0x140; v++) {
        int free = v >= 0x1a && (v + 4 <= 0x100 || v >= 0x113);
        igd_test_set_row("v 0x%x: ", v);
        igd_test_start_body(0x200, 0xe9);
        igd_test_put_helper(0x100, v);
        if (free) {
            igd_test_sets(0x200, v, 0x7c000000, 0x180);
        } else {
            igd_test_set_sum(0x200, 0x180, 0);
            igd_test_leaves_alone(0x200);
        }
    }
}

static void
a_wrong_sum_of_a_large_image_is_mended(void **state)
{
    static const uint32_t sizes[] = { 0x200, 0x10000, 0x1fe00 };
    unsigned i, jump;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++)
        for (jump = 0; jump < 2; jump++) {
            struct igd_findings found;
            struct igd_test_file file;
            igd_test_set_row("0x%x bytes, jump %u: ", sizes[i], jump);
            igd_test_start_body(sizes[i], jump ? 0xeb : 0xcb);
            igd_test_set_sum(sizes[i], sizes[i] - 1, 0x6a);
            file = igd_test_mend(sizes[i], &found);
            igd_test_findings(&found, IGD_TEST_FINDING(IGD_WARN_ROM_CHECKSUM, 0x6a, 0));
            igd_test_equal(0, igd_test_sum(file.bytes, sizes[i]), "sum after");
            igd_test_rom[jump ? 6 : sizes[i] - 1] -= 0x6a;
            igd_test_is_rom(&file, sizes[i]);
        }
}

// 256 sums, both entries.
static void
a_sum_is_told_as_the_image_came_with_it(void **state)
{
    unsigned sum, jump;
    (void)state;
    for (sum = 0; sum < 0x100; sum++)
        for (jump = 0; jump < 2; jump++) {
            struct igd_findings found;
            struct igd_test_file file;
            igd_test_set_row("sum %02x, jump %u: ", sum, jump);
            igd_test_start_body(0x400, jump ? 0xe9 : 0xcb);
            igd_test_put_helper(0x100, 0x80);
            igd_test_put(0x80, 4, 0x7c120000);
            igd_test_set_sum(0x400, 0x10, sum);
            file = igd_test_mend(0x400, &found);
            igd_test_told_sum(&found, sum);
            igd_test_equal(0, igd_test_sum(file.bytes, 0x400), "sum after");
            igd_test_put(0x80, 4, IGD_TEST_BDSM);
            igd_test_rom[jump ? 6 : 0x3ff] -= igd_test_sum(igd_test_rom, 0x400);
            igd_test_is_rom(&file, 0x400);
        }
}

static void
a_mended_image_is_in_order(void **state)
{
    struct igd_findings found;
    struct igd_test_file file;
    unsigned entry;
    (void)state;
    for (entry = 0; entry < 0x100; entry++) {
        igd_test_start_body(0x400, entry);
        igd_test_put_helper(0x100, 0x80);
        igd_test_put(0x80, 4, 0x7c120000);
        igd_test_set_sum(0x400, 0x10, 0);
        file = igd_test_mend(0x400, &found);
        igd_test_no_findings(&found);
        memcpy(igd_test_rom, file.bytes, 0x400);
        igd_test_free(&file);
        igd_test_leaves_alone(0x400);
    }
}

// --- What QEMU does with the GTT ----------------------------------------------------------------

// QEMU 2.6 to 9.2 in legacy mode writes value - host's BDSM + guest's BDSM.
static void
a_trial_tells_what_the_vbios_must_take_for_bdsm(void **state)
{
    static const struct {
        uint32_t addr, wrote, read, bdsm;
        uint8_t tried, rewrites;
    } trials[] = {
        { 0x3c000000, 0x3c000000, 0x3c000000, 0x3c000000, 1, 0 },
        { 0x3bf00000, 0x3bf00000, 0x3bf00000 - 0x7b800000u + 0x3bf00000, 0x7b800000, 1, 1 },
        { 0x7b800000, 0x7b800000, 0x7b800000u - 0x3c000000u + 0x7b800000u, 0x3c000000, 1, 1 },
        { 0x00100000, 0x00100000, 0x00100000 - 0xfff00000u + 0x00100000, 0xfff00000, 1, 1 },
        // What is read is no entry: nothing is known.
        { 0x3c000000, 0x3c000000, 0xffffffff, 0, 1, 0 },
        { 0x3c000000, 0x3c000000, 0x3c000001, 0, 1, 0 },
        { 0x3c000000, 0x3c000000, 0x3c001000, 0, 1, 0 },
        { 0x3c000000, 0x3c000000, 0x3c000000, 0, 0, 0 },
        { 0x3bf00000, 0x3bf00000, 0xfc600000, 0, 0, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(trials); i++) {
        struct igd_gtt_trial trial = { trials[i].tried, trials[i].wrote, trials[i].read };
        uint8_t rewrites = 0xa5;
        igd_test_set_row("trial %u: ", i);
        igd_test_equal(trials[i].bdsm, igd_vbios_bdsm(trials[i].addr, &trial, &rewrites), "BDSM");
        igd_test_equal(trials[i].rewrites, rewrites, "rewrites");
    }
}

static void
a_trial_writes_an_entry_that_is_not_valid(void **state)
{
    (void)state;
    igd_test_equal(0x3c000000, igd_gtt_trial_value(0x3c000000), "value");
    igd_test_equal(0xfffffffe, igd_gtt_trial_value(0xffffffff), "value");
}

static void
entries_that_lead_to_the_hosts_memory_are_mended(void **state)
{
    static const struct igd_stolen stolen = { .addr = 0x3c000000, .bytes = 0x04000000 };
    static const struct {
        uint32_t n, entry, mended;
    } entries[] = {
        { 0, 0x3c000001, 0x3c000001 },       // rewritten by QEMU
        { 2047, 0x3c7ff003, 0x3c7ff003 },
        { 2048, 0x7c000001, 0x3c800001 },    // not rewritten
        { 2048, 0x7c000fff, 0x3c800fff },
        { 16382, 0x7f7fe003, 0x3fffe003 },
        { 0, 0x7b800001, 0x3c000001 },
        { 16384, 0x7f800001, 0x40000001 },   // behind stolen memory, as it was written
        { 20000, 0x7f6ff405, 0x3feff405 },   // one page of stolen memory for all
        { 20000, 0x7f7ff001, 0x3ffff001 },
        { 20000, 0x7f800001, 0x7f800001 },   // neither
        { 3, 0x12345001, 0x12345001 },
        { 3, 0x7b7ff001, 0x7b7ff001 },
        { 0, 0x00000000, 0 },                // not written
        { 2048, 0x7c000000, 0 },
        { 5, 0xfffffffe, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(entries); i++)
        igd_test_equal(entries[i].mended,
                       igd_mend_gtt_entry(entries[i].entry, entries[i].n, 0x7b800000, &stolen),
                       "entry %u of 0x%x", entries[i].n, entries[i].entry);
}

static void
a_gtt_entry_has_8_bytes_from_gen8_on(void **state)
{
    (void)state;
    igd_test_equal(4, igd_gtt_entry_bytes(igd_family(0x0106)), "Gen6");
    igd_test_equal(4, igd_gtt_entry_bytes(igd_family(0x0412)), "Gen7");
    igd_test_equal(8, igd_gtt_entry_bytes(igd_family(0x1616)), "Gen8");
    igd_test_equal(8, igd_gtt_entry_bytes(igd_family(0x3e92)), "Gen9");
}

// --- What a VBIOS needs beside ----------------------------------------------------------------

static void
the_pm_base_is_written_where_a_device_has_none(void **state)
{
    static const struct igd_device ahci = { 0x00fa, 0x8086, 0x2922, 0x0106 };
    static const struct igd_device nothing = { 0x00fa, 0xffff, 0xffff, 0xffff };
    (void)state;
    igd_test_equal(1, igd_wants_pm_base(&ahci, 0), "a device with none");
    igd_test_equal(0, igd_wants_pm_base(&ahci, 0x601), "a device with one");
    igd_test_equal(0, igd_wants_pm_base(&ahci, 1), "a device with something");
    igd_test_equal(0, igd_wants_pm_base(&nothing, 0xffffffff), "no device");
    igd_test_equal(0, igd_wants_pm_base(&nothing, 0), "no device");
}

// 3,579,545 Hz; an interrupt whenever bit 23 changes.
static void
ticks_are_as_many_as_the_seconds_take_at_least(void **state)
{
    unsigned seconds;
    (void)state;
    igd_test_equal(2, igd_pm_timer_ticks(1), "ticks of 1 s");
    igd_test_equal(2, igd_pm_timer_ticks(2), "ticks of 2 s");
    igd_test_equal(3, igd_pm_timer_ticks(3), "ticks of 3 s");
    igd_test_equal(14, igd_pm_timer_ticks(30), "ticks of 30 s");
    igd_test_equal(110, igd_pm_timer_ticks(255), "ticks of 255 s");
    for (seconds = 1; seconds < 256; seconds++) {
        uint64_t ticks = igd_pm_timer_ticks(seconds);
        // The first may come at once.
        igd_test_equal(1, (ticks - 1) * 8388608 >= seconds * 3579545ull, "%u s fit", seconds);
        igd_test_equal(1, (ticks - 2) * 8388608 < seconds * 3579545ull, "%u s need it", seconds);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(an_image_with_the_devices_id_is_taken),
        IGD_TEST(only_the_devices_own_id_is_its_id),
        IGD_TEST(another_vendors_image_is_never_taken),
        IGD_TEST(an_image_of_the_devices_class_is_taken),
        IGD_TEST(the_programming_interface_does_not_matter),
        IGD_TEST(images_of_other_code_types_are_skipped),
        IGD_TEST(each_id_of_the_list_is_taken_and_no_other),
        IGD_TEST(the_lists_offset_counts_from_the_structure),
        IGD_TEST(there_is_no_list_before_revision_3),
        IGD_TEST(there_is_no_list_at_0),
        IGD_TEST(a_terminator_ends_the_list_and_is_no_id),
        IGD_TEST(a_list_without_terminator_ends_with_the_file),
        IGD_TEST(a_list_may_point_anywhere),
        IGD_TEST(a_list_decides_and_without_one_the_id_goes_before_the_class),
        IGD_TEST(the_first_image_that_can_be_taken_is_taken),
        IGD_TEST(the_next_image_is_found_by_the_structures_length),
        IGD_TEST(a_chain_may_be_long),
        IGD_TEST(the_last_image_ends_the_chain),
        IGD_TEST(an_image_of_length_0_ends_the_chain),
        IGD_TEST(a_next_image_beyond_the_file_is_refused),
        IGD_TEST(each_bit_of_an_images_55aa_counts),
        IGD_TEST(each_bit_of_an_images_pcir_counts),
        IGD_TEST(a_file_cut_anywhere_is_refused),
        IGD_TEST(an_image_that_is_skipped_may_be_cut),
        IGD_TEST(the_pcir_pointer_may_point_anywhere),
        IGD_TEST(an_image_has_its_headers_size),
        IGD_TEST(an_image_of_0_bytes_is_refused),
        IGD_TEST(only_the_image_that_is_taken_must_be_in_the_file),
        IGD_TEST(the_structure_must_be_inside_of_the_headers_size),
        IGD_TEST(a_damaged_file_is_taken_or_refused_never_both),
        IGD_TEST(an_image_in_order_is_left_alone),
        IGD_TEST(the_cached_bdsm_of_one_helper_is_set),
        IGD_TEST(a_cached_bdsm_of_0_is_set_too),
        IGD_TEST(without_a_place_or_a_value_the_cached_bdsm_stays),
        IGD_TEST(the_helper_may_be_anywhere),
        IGD_TEST(the_helper_may_be_at_the_border_of_an_image_of_any_size),
        IGD_TEST(a_helper_cut_by_the_images_end_is_none),
        IGD_TEST(a_helper_cut_by_the_images_start_is_none),
        IGD_TEST(each_bit_of_the_helper_counts),
        IGD_TEST(more_than_one_helper_is_left_alone),
        IGD_TEST(what_is_no_helper_does_not_count),
        IGD_TEST(helpers_are_counted_among_bytes_at_random),
        IGD_TEST(the_cached_bdsm_must_be_inside_of_the_image),
        IGD_TEST(a_wrong_sum_is_mended_behind_the_jump_or_at_the_end),
        IGD_TEST(the_sum_is_mended_behind_the_jump_wherever_it_leads),
        IGD_TEST(the_sum_is_not_mended_in_the_helper_or_its_dword),
        IGD_TEST(a_cached_bdsm_is_neither_in_the_header_nor_in_the_helper),
        IGD_TEST(a_jump_is_one_only_where_the_image_starts),
        IGD_TEST(a_wrong_sum_of_a_large_image_is_mended),
        IGD_TEST(a_sum_is_told_as_the_image_came_with_it),
        IGD_TEST(a_mended_image_is_in_order),
        IGD_TEST(a_trial_tells_what_the_vbios_must_take_for_bdsm),
        IGD_TEST(a_trial_writes_an_entry_that_is_not_valid),
        IGD_TEST(entries_that_lead_to_the_hosts_memory_are_mended),
        IGD_TEST(a_gtt_entry_has_8_bytes_from_gen8_on),
        IGD_TEST(the_pm_base_is_written_where_a_device_has_none),
        IGD_TEST(ticks_are_as_many_as_the_seconds_take_at_least),
    };
    return igd_test_run("igd_rom", tests);
}
