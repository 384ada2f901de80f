// SPDX-License-Identifier: LGPL-3.0-only
// Tests of igd_panel.c: what a VBT tells of the panel, and what INT 15h AX=5FXXh answers with it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_test.h" // igd_test_equal

// The VBT under construction. Tests read a copy of its first bytes, of just that size. Layout:
// Linux drivers/gpu/drm/i915/display/intel_vbt_defs.h.
static uint8_t igd_test_vbt[0x12000];
static uint32_t igd_test_bytes;

#define igd_test_put(offset, bytes, value) \
    igd_test_put_le(igd_test_vbt, sizeof(igd_test_vbt), offset, bytes, value)

// Starts a VBT whose BIOS Data Block, without a block yet, is at offset bdb and has a header of
// header_bytes. What no test sets is A5h.
static void
igd_test_start(uint32_t bdb, uint16_t header_bytes)
{
    memset(igd_test_vbt, 0xa5, sizeof(igd_test_vbt));
    memcpy(igd_test_vbt, "$VBT UNIT TEST      ", 20);
    igd_test_put(22, 2, 48); // size of this header
    igd_test_put(28, 4, bdb);
    memcpy(igd_test_vbt + bdb, "BIOS_DATA_BLOCK ", 16);
    igd_test_put(bdb + 18, 2, header_bytes);
    igd_test_bytes = bdb + header_bytes;
}

// Adds a block; returns the offset of its data, for the caller to fill.
static uint32_t
igd_test_add(uint8_t id, uint16_t bytes)
{
    uint32_t data = igd_test_bytes + 3;
    igd_test_put(igd_test_bytes, 1, id);
    igd_test_put(igd_test_bytes + 1, 2, bytes);
    igd_test_bytes = data + bytes;
    assert_true(igd_test_bytes <= sizeof(igd_test_vbt));
    return data;
}

// Adds block 2 with child devices of child_bytes each. All bytes of a child but its type are FFh,
// and its handle is one that would be an LVDS panel's type.
static uint32_t
igd_test_add_general(uint8_t boot_display, uint8_t child_bytes, const uint16_t *types,
                     unsigned children)
{
    uint32_t data = igd_test_add(2, 5 + children * child_bytes), child = data + 5;
    memset(igd_test_vbt + data, ~boot_display, 4);
    igd_test_put(data + 2, 1, boot_display);
    igd_test_put(data + 4, 1, child_bytes);
    for (; children--; child += child_bytes) {
        memset(igd_test_vbt + child, 0xff, child_bytes);
        igd_test_put(child, 2, 0x1022);
        igd_test_put(child + 2, 2, *types++);
    }
    return data;
}

static void
igd_test_add_child(uint16_t type)
{
    igd_test_add_general(0x08, 33, &type, 1);
}

// Adds block 40: the panel's index, and a bit of depth for each panel.
static uint32_t
igd_test_add_options(uint8_t panel, uint16_t depths)
{
    uint32_t data = igd_test_add(40, 16);
    igd_test_put(data, 1, panel);
    igd_test_put(data + 14, 2, depths);
    return data;
}

// Adds block 27: two bits of depth for each panel.
static uint32_t
igd_test_add_edp(uint32_t depths)
{
    uint32_t data = igd_test_add(27, 164);
    igd_test_put(data + 160, 4, depths);
    return data;
}

static uint32_t
igd_test_panel(uint32_t bytes)
{
    struct igd_test_file file = igd_test_copy(igd_test_vbt, bytes);
    uint32_t panel = igd_panel(file.bytes, bytes);
    int same = !bytes || !memcmp(file.bytes, igd_test_vbt, bytes);
    igd_test_free(&file);
    if (!same)
        fail_msg("expected the VBT as it was, got it changed");
    return panel;
}

static void
igd_test_is(uint8_t boot_display, uint8_t type, uint8_t lfp, uint8_t depth, uint32_t panel)
{
    igd_test_equal(boot_display, panel & 0xff, "boot display of %08x", panel);
    igd_test_equal(type, panel >> 8 & 0xff, "panel type of %08x", panel);
    igd_test_equal(lfp, panel >> 16 & 0xff, "flat panel of %08x", panel);
    igd_test_equal(depth, panel >> 24, "depth of %08x", panel);
}

#define igd_test_tells(boot_display, type, lfp, depth) \
    igd_test_is(boot_display, type, lfp, depth, igd_test_panel(igd_test_bytes))
// Default boot display, type 3, the others unknown.
#define igd_test_tells_nothing() igd_test_tells(0, 3, 0xff, 0xff)

// Checks that a panel word is one that a VBT may tell, whatever its bytes.
static void
igd_test_is_sane(uint32_t panel)
{
    uint8_t type = panel >> 8, lfp = panel >> 16, depth = panel >> 24;
    igd_test_equal(1, type >= 1 && type <= 16, "panel type of %08x is one", panel);
    igd_test_equal(1, lfp == 0 || lfp == 1 || lfp == 3 || lfp == 0xff,
                   "flat panel of %08x is one", panel);
    igd_test_equal(1, depth == 0 || depth == 1 || depth == 0xff, "depth of %08x is one", panel);
}

// --- The VBT and its blocks -----------------------------------------------------------------

static void
no_vbt_tells_nothing(void **state)
{
    (void)state;
    igd_test_is(0, 3, 0xff, 0xff, igd_panel(NULL, 0));
    igd_test_start(48, 22);
    igd_test_tells_nothing(); // no block
    igd_test_is(0, 3, 0xff, 0xff, igd_test_panel(0));
    igd_test_add(1, 7);
    igd_test_add(255, 0);
    igd_test_tells_nothing(); // none that is asked for
}

static void
the_bios_data_block_is_where_the_header_says(void **state)
{
    static const uint32_t offsets[] = { 48, 49, 60, 0xff, 0x100, 0x1234, 0xffff, 0x10000,
                                        0x10101 };
    static const uint16_t headers[] = { 22, 23, 24, 31, 0x100, 0x101 };
    unsigned i, j;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(offsets); i++)
        for (j = 0; j < IGD_TEST_COUNT(headers); j++) {
            igd_test_set_row("BDB at 0x%x, header of 0x%x: ", offsets[i], headers[j]);
            igd_test_start(offsets[i], headers[j]);
            igd_test_add_child(0x1022);
            igd_test_add_options(4, 1 << 4);
            igd_test_tells(0x08, 5, 1, 1);
        }
}

// All orders, with one that is of no interest, and an empty one, in each place.
static void
blocks_may_be_in_any_order(void **state)
{
    unsigned order, other;
    (void)state;
    for (order = 0; order < 27; order++)
        for (other = 0; other <= 3; other++) {
            unsigned place, which[3] = { order % 3, order / 3 % 3, order / 9 };
            if (which[0] == which[1] || which[0] == which[2] || which[1] == which[2])
                continue;
            igd_test_set_row("order %u%u%u, other before %u: ", which[0], which[1], which[2],
                             other);
            igd_test_start(48, 22);
            for (place = 0; place <= 3; place++) {
                if (place == other) {
                    igd_test_add(3, 0);
                    memset(igd_test_vbt + igd_test_add(12, 100), 40, 100);
                }
                if (place == 3)
                    break;
                if (which[place] == 0)
                    igd_test_add_child(0x1806);
                else if (which[place] == 1)
                    igd_test_add_options(9, 0);
                else
                    igd_test_add_edp(1u << 18);
            }
            igd_test_tells(0x08, 10, 3, 1);
        }
}

static void
a_chain_of_blocks_may_be_long(void **state)
{
    unsigned i;
    (void)state;
    igd_test_start(48, 22);
    for (i = 0; i < 10000; i++)
        igd_test_add(41 + i % 200, 0);
    igd_test_add_child(0x1022);
    for (i = 0; i < 10000; i++)
        igd_test_add(41 + i % 200, i % 3);
    igd_test_add_options(0, 1);
    igd_test_tells(0x08, 1, 1, 1);
}

static void
the_first_block_of_an_id_counts(void **state)
{
    (void)state;
    igd_test_start(48, 22);
    igd_test_add_child(0x1022);
    igd_test_add_child(0x1806);
    igd_test_add_options(2, 0);
    igd_test_add_options(4, 0xffff);
    igd_test_tells(0x08, 3, 1, 0);
}

// Its data may be 5 bytes (block 2), 16 (block 40) or 164 (block 27) at least, and more.
static void
a_block_that_is_too_short_is_none(void **state)
{
    static const uint8_t extra[] = { 0, 1, 2, 50 };
    unsigned i, bytes;
    (void)state;
    for (bytes = 0; bytes <= 6; bytes++) {
        uint32_t data;
        igd_test_set_row("block 2 of %u bytes: ", bytes);
        igd_test_start(48, 22);
        data = igd_test_add(2, bytes);
        memset(igd_test_vbt + data, 0x21, bytes);
        igd_test_add_options(4, 1 << 4);
        if (bytes < 5)
            igd_test_tells(0, 5, 0xff, 1);
        else
            igd_test_tells(0x21, 5, 0, 1);
    }
    for (bytes = 0; bytes <= 18; bytes++) {
        uint32_t data;
        igd_test_set_row("block 40 of %u bytes: ", bytes);
        igd_test_start(48, 22);
        data = igd_test_add(40, bytes);
        memset(igd_test_vbt + data, 0x04, bytes);
        igd_test_add_child(0x1022);
        if (bytes < 16)
            igd_test_tells(0x08, 3, 1, 0xff);
        else
            igd_test_tells(0x08, 5, 1, 0);
    }
    for (bytes = 0; bytes <= 166; bytes++) {
        uint32_t data;
        igd_test_set_row("block 27 of %u bytes: ", bytes);
        igd_test_start(48, 22);
        igd_test_add_child(0x1806);
        igd_test_add_options(4, 0);
        data = igd_test_add(27, bytes);
        memset(igd_test_vbt + data, 0xff, bytes);
        igd_test_tells(0x08, 5, 3, bytes >= 164);
    }
    for (i = 0; i < IGD_TEST_COUNT(extra); i++) {
        uint32_t size;
        igd_test_set_row("blocks with %u bytes more: ", extra[i]);
        igd_test_start(48, 22);
        size = igd_test_add_options(4, 1 << 4) - 2;
        igd_test_put(size, 2, 16 + extra[i]);
        igd_test_bytes += extra[i];
        size = igd_test_add_edp(2 << 8) - 2;
        igd_test_put(size, 2, 164 + extra[i]);
        igd_test_bytes += extra[i];
        igd_test_add_child(0x1806);
        igd_test_tells(0x08, 5, 3, 1);
    }
}

// The last block says more than there is, or the one before it, so that it is never found.
static void
a_block_beyond_the_vbt_is_none(void **state)
{
    static const uint16_t sizes[] = { 1, 2, 3, 0x100, 0x7fff, 0xff00, 0xff5b };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(sizes); i++) {
        uint32_t data;
        igd_test_set_row("0x%x bytes beyond: ", sizes[i]);
        igd_test_start(48, 22);
        igd_test_add_options(4, 1 << 4);
        data = igd_test_add_general(0x08, 33, (const uint16_t[]){ 0x1022 }, 1);
        igd_test_put(data - 2, 2, 5 + 33 + sizes[i]);
        igd_test_tells(0, 5, 0xff, 1);

        igd_test_start(48, 22);
        igd_test_add_child(0x1022);
        data = igd_test_add_options(4, 1 << 4);
        igd_test_put(data - 2, 2, 16 + sizes[i]);
        igd_test_tells(0x08, 3, 1, 0xff);

        igd_test_start(48, 22);
        igd_test_add_child(0x1806);
        igd_test_add_options(4, 0);
        data = igd_test_add_edp(0xffffffff);
        igd_test_put(data - 2, 2, 164 + sizes[i]);
        igd_test_tells(0x08, 5, 3, 0);

        igd_test_start(48, 22);
        data = igd_test_add(1, 7);
        igd_test_put(data - 2, 2, 7 + 3 + 38 + sizes[i]);
        igd_test_add_child(0x1022);
        igd_test_tells_nothing();
    }
}

// Of 65535 bytes, as many as its u16 can say.
static void
a_block_may_have_the_largest_size(void **state)
{
    uint32_t data;
    (void)state;
    igd_test_start(48, 22);
    igd_test_add_options(4, 1 << 4);
    data = igd_test_add(2, 0xffff);
    memset(igd_test_vbt + data, 0, 0xffff);
    igd_test_put(data + 4, 1, 39);
    igd_test_put(data + 5 + 1680 * 39 + 2, 2, 0x1022); // the last but one of 0xfffa / 39 children
    igd_test_equal(1680, 0xfffa / 39, "children but for the one that is cut off");
    igd_test_tells(0, 5, 0, 1);
    igd_test_put(data + 5 + 1679 * 39 + 2, 2, 0x1022);
    igd_test_tells(0, 5, 1, 1);
}

// --- Block 2: boot display and flat panel ---------------------------------------------------

static void
the_boot_display_is_block_2s(void **state)
{
    unsigned display;
    (void)state;
    for (display = 0; display < 0x100; display++) {
        igd_test_start(48, 22);
        igd_test_add_general(display, 33, NULL, 0);
        igd_test_tells(display, 3, 0, 0xff);
    }
}

// Bit 12: internal. Bit 2: DisplayPort, an eDP panel therefore; bit 5: LVDS.
static void
a_childs_type_tells_the_flat_panel(void **state)
{
    static const struct {
        uint16_t type;
        uint8_t lfp;
    } types[] = {
        { 0x1022, 1 }, // LVDS
        { 0x1806, 3 }, // eDP
        { 0x78c6, 3 }, // eDP
        { 0x1400, 0 }, // MIPI
        { 0x1009, 0 }, // internal TV
        { 0x0022, 0 }, // LVDS, but external
        { 0x68c6, 0 }, // DisplayPort
        { 0x60d2, 0 }, // HDMI
        { 0x60d6, 0 }, // DisplayPort that can be HDMI
        { 0x0001, 0 }, // CRT
        { 0x0000, 0 }, // none
        { 0x1026, 3 }, // both
        { 0xffff, 3 },
        { 0xefff, 0 },
    };
    unsigned i, type;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(types); i++) {
        igd_test_set_row("type %04x: ", types[i].type);
        igd_test_start(48, 22);
        igd_test_add_child(types[i].type);
        igd_test_tells(0x08, 3, types[i].lfp, 0xff);
    }
    for (type = 0; type < 0x10000; type++) {
        uint8_t lfp = !(type & 0x1000) ? 0 : type & 0x0004 ? 3 : type & 0x0020 ? 1 : 0;
        uint32_t data;
        igd_test_set_row("type %04x: ", type);
        igd_test_bytes = 48 + 22;
        data = igd_test_add_general(0x08, 33, NULL, 0);
        igd_test_put(data - 2, 2, 5 + 33);
        igd_test_put(data + 5 + 2, 2, type);
        igd_test_bytes += 33;
        igd_test_tells(0x08, 3, lfp, 0xff);
    }
}

static void
the_first_internal_panel_of_several_children_counts(void **state)
{
    static const struct {
        uint16_t types[6];
        unsigned children;
        uint8_t lfp;
    } cases[] = {
        { { 0x1022, 0x1806 }, 2, 1 },
        { { 0x1806, 0x1022 }, 2, 3 },
        { { 0x68c6, 0x1022 }, 2, 1 },
        { { 0x68c6, 0x60d2, 0x0001, 0x78c6 }, 4, 3 },
        { { 0x68c6, 0x60d2, 0x0001, 0x60d6 }, 4, 0 },
        { { 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x1022 }, 6, 1 },
        { { 0x0000, 0x1022, 0x0000 }, 3, 1 },
        { { 0x1400, 0x1806 }, 2, 3 }, // one that can be told goes before a MIPI panel
        { { 0x1400, 0x1022 }, 2, 1 },
        { { 0x1400, 0x68c6 }, 2, 0 },
        { { 0x1009, 0x1806, 0x1022 }, 3, 3 },
        { { 0x0000, 0x0000, 0x0000 }, 3, 0 },
        { { 0x1022, 0x0000, 0x68c6 }, 3, 1 },
        { { 0x0024, 0x1022 }, 2, 1 },
    };
    unsigned i, child_bytes;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(cases); i++)
        for (child_bytes = 4; child_bytes < 0x100; child_bytes++) {
            if (child_bytes > 40 && child_bytes < 0xfe)
                continue;
            igd_test_set_row("case %u, children of %u bytes: ", i, child_bytes);
            igd_test_start(48, 22);
            igd_test_add_general(0x08, child_bytes, cases[i].types, cases[i].children);
            igd_test_tells(0x08, 3, cases[i].lfp, 0xff);
        }
}

static void
children_too_short_for_a_type_are_none(void **state)
{
    unsigned child_bytes;
    (void)state;
    for (child_bytes = 0; child_bytes <= 5; child_bytes++) {
        uint32_t data;
        igd_test_set_row("children of %u bytes: ", child_bytes);
        igd_test_start(48, 22);
        data = igd_test_add(2, 5 + 0x100);
        memset(igd_test_vbt + data, 0x36, 5 + 0x100); // 3636h is an internal eDP panel
        igd_test_put(data + 4, 1, child_bytes);
        igd_test_tells(0x36, 3, child_bytes < 4 ? 0 : 3, 0xff);
    }
}

// The bytes behind the block are those of a whole child, or the VBT ends.
static void
a_child_that_the_block_cuts_off_is_none(void **state)
{
    static const uint16_t types[] = { 0x68c6, 0x0000, 0x1022 };
    unsigned child_bytes, part, after;
    (void)state;
    for (child_bytes = 33; child_bytes <= 40; child_bytes++)
        for (part = 0; part <= child_bytes; part++)
            for (after = 0; after < 2; after++) {
                uint32_t data;
                igd_test_set_row("%u bytes of a child of %u: ", part, child_bytes);
                igd_test_start(48, 22);
                igd_test_add_options(4, 1 << 4);
                data = igd_test_add_general(0x08, child_bytes, types, 3);
                igd_test_put(data - 2, 2, 5 + 2 * child_bytes + part);
                if (!after)
                    igd_test_bytes -= child_bytes - part;
                igd_test_tells(0x08, 5, part == child_bytes, 1);
            }
}

// --- Block 40: panel type and depth, and block 27: depth of eDP panels ----------------------

static void
the_panel_type_is_block_40s_plus_1(void **state)
{
    unsigned panel;
    (void)state;
    for (panel = 0; panel < 0x100; panel++) {
        igd_test_set_row("panel %u: ", panel);
        igd_test_start(48, 22);
        igd_test_add_options(panel, 0xffff);
        if (panel < 16)
            igd_test_tells(0, panel + 1, 0xff, 1);
        else // 255: found out by its EDID
            igd_test_tells_nothing();
        // Nor can an eDP panel's depth be told if it is not known which.
        igd_test_add_child(0x1806);
        igd_test_add_edp(0xffffffff);
        if (panel < 16)
            igd_test_tells(0x08, panel + 1, 3, 1);
        else
            igd_test_tells(0x08, 3, 3, 0xff);
    }
}

static void
the_depth_is_the_panels_bit(void **state)
{
    static const uint16_t types[] = { 0x1022, 0x68c6, 0x1400 };
    unsigned panel, bit, i;
    (void)state;
    for (panel = 0; panel < 16; panel++)
        for (bit = 0; bit < 16; bit++) {
            igd_test_set_row("panel %u, bit %u: ", panel, bit);
            igd_test_start(48, 22);
            igd_test_add_options(panel, 1 << bit);
            igd_test_tells(0, panel + 1, 0xff, panel == bit);
            igd_test_start(48, 22);
            igd_test_add_options(panel, ~(1 << bit));
            igd_test_tells(0, panel + 1, 0xff, panel != bit);
            // Block 27 is for eDP panels alone, and not needed.
            for (i = 0; i < IGD_TEST_COUNT(types); i++) {
                igd_test_start(48, 22);
                igd_test_add_edp(panel == bit ? 0 : 0xffffffff);
                igd_test_add_options(panel, 1 << bit);
                igd_test_add_child(types[i]);
                igd_test_tells(0x08, panel + 1, types[i] == 0x1022, panel == bit);
            }
            igd_test_start(48, 22);
            igd_test_add_options(panel, 1 << bit);
            igd_test_add_child(0x1806);
            igd_test_tells(0x08, panel + 1, 3, panel == bit);
        }
}

// 0: 18 bits per pixel. 1: 24, 2: 30; 3 is nobody's, and not 18 either.
static void
an_edp_panels_depth_is_its_two_bits_of_block_27(void **state)
{
    unsigned panel, depth, others;
    (void)state;
    for (panel = 0; panel < 16; panel++)
        for (depth = 0; depth < 4; depth++)
            for (others = 0; others < 2; others++) {
                uint32_t mask = 3u << 2 * panel, depths = depth << 2 * panel;
                igd_test_set_row("panel %u, depth %u, others %u: ", panel, depth, others);
                igd_test_start(48, 22);
                igd_test_add_child(0x78c6);
                igd_test_add_options(panel, depth ? 0 : 0xffff);
                igd_test_add_edp(others ? depths | ~mask : depths);
                igd_test_tells(0x08, panel + 1, 3, depth != 0);
            }
}

// --- Borders: every length and every offset, ASan on guard ----------------------------------

// Each block tells something once all of it is there.
static void
a_vbt_cut_anywhere_tells_what_is_left_of_it(void **state)
{
    uint32_t general, options, edp, bytes;
    unsigned first;
    (void)state;
    for (first = 0; first < 2; first++) {
        igd_test_start(60, 24);
        igd_test_add(1, 7);
        if (first) {
            igd_test_add_edp(2 << 10);
            edp = igd_test_bytes;
        }
        igd_test_add_general(0x88, 38, (const uint16_t[]){ 0x60d2, 0x1806, 0x0001 }, 3);
        general = igd_test_bytes;
        igd_test_add(254, 3);
        igd_test_add_options(5, 0);
        options = igd_test_bytes;
        if (!first) {
            igd_test_add_edp(2 << 10);
            edp = igd_test_bytes;
        }
        igd_test_add(12, 9);
        for (bytes = 0; bytes <= igd_test_bytes; bytes++) {
            int has_general = bytes >= general, has_options = bytes >= options;
            igd_test_set_row("block 27 %s, 0x%x bytes: ", first ? "first" : "last", bytes);
            igd_test_is(has_general ? 0x88 : 0, has_options ? 6 : 3, has_general ? 3 : 0xff,
                        has_options ? bytes >= edp : 0xff, igd_test_panel(bytes));
        }
    }
}

// A VBT with all there is; its end is that of block 27.
static void
igd_test_start_good(void)
{
    igd_test_start(48, 22);
    igd_test_add_general(0x88, 33, (const uint16_t[]){ 0x60d2, 0x1806 }, 2);
    igd_test_add_options(5, 0);
    igd_test_add_edp(1 << 10);
}

static void
the_bios_data_blocks_offset_may_be_any(void **state)
{
    static const uint32_t far[] = { 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffff00,
                                    0xffffffd0, 0xffffffe9, 0xffffffea, 0xffffffeb, 0xfffffffd,
                                    0xfffffffe, 0xffffffff };
    uint32_t bdb;
    unsigned i;
    (void)state;
    igd_test_start_good();
    igd_test_tells(0x88, 6, 3, 1);
    for (bdb = 0; bdb <= igd_test_bytes + 64; bdb++) {
        igd_test_set_row("BDB at 0x%x of 0x%x: ", bdb, igd_test_bytes);
        igd_test_put(28, 4, bdb);
        if (bdb > igd_test_bytes - 22)
            igd_test_tells_nothing();
        else
            igd_test_is_sane(igd_test_panel(igd_test_bytes));
    }
    for (i = 0; i < IGD_TEST_COUNT(far); i++) {
        igd_test_set_row("BDB at 0x%x: ", far[i]);
        igd_test_put(28, 4, far[i]);
        igd_test_tells_nothing();
    }
}

// All 22 bytes of its header must be there. A size of 0 makes the header itself a block 2: nothing
// but the end is in the way.
static void
a_bios_data_block_cut_in_its_header_is_none(void **state)
{
    uint32_t end;
    (void)state;
    for (end = 48; end <= 48 + 24; end++) {
        igd_test_set_row("BDB at 48 of 0x%x: ", end);
        igd_test_start(48, 0);
        igd_test_put(48, 8, 0x21a588a5a5000502);
        igd_test_bytes = end;
        if (end < 48 + 22)
            igd_test_tells_nothing();
        else
            igd_test_tells(0x88, 3, 0, 0xff);
    }
}

// Then all blocks are in the VBT's own header: here one of 5 bytes at its end.
static void
a_vbt_of_just_its_header_is_read(void **state)
{
    (void)state;
    igd_test_start(48, 0);
    igd_test_put(28, 4, 0);
    igd_test_put(18, 2, 40);
    igd_test_put(40, 8, 0x00a508a5a5000502);
    igd_test_bytes = 48;
    igd_test_tells(0x08, 3, 0, 0xff);
    igd_test_bytes = 47;
    igd_test_tells_nothing();
}

static void
the_bios_data_blocks_header_may_have_any_size(void **state)
{
    unsigned header_bytes;
    (void)state;
    igd_test_start_good();
    for (header_bytes = 0; header_bytes < 0x10000; header_bytes++) {
        igd_test_set_row("header of 0x%x: ", header_bytes);
        igd_test_put(48 + 18, 2, header_bytes);
        if (header_bytes > igd_test_bytes - 48 - 3)
            igd_test_tells_nothing();
        else
            igd_test_is_sane(igd_test_panel(igd_test_bytes));
    }
}

static void
a_blocks_size_may_be_any(void **state)
{
    uint32_t size[3], bytes;
    unsigned i;
    (void)state;
    igd_test_start(48, 22);
    size[0] = igd_test_add_general(0x88, 33, (const uint16_t[]){ 0x1806 }, 1) - 2;
    size[1] = igd_test_add_options(5, 0) - 2;
    size[2] = igd_test_add_edp(1 << 10) - 2;
    for (i = 0; i < 3; i++)
        for (bytes = 0; bytes < 0x10000; bytes++) {
            uint8_t good[2];
            igd_test_set_row("block %u of 0x%x bytes: ", i, bytes);
            memcpy(good, igd_test_vbt + size[i], 2);
            igd_test_put(size[i], 2, bytes);
            igd_test_is_sane(igd_test_panel(igd_test_bytes));
            memcpy(igd_test_vbt + size[i], good, 2);
        }
}

static void
a_damaged_vbt_tells_something_that_may_be(void **state)
{
    static const uint8_t telling[] = { 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x10, 0x12, 0x16, 0x1b,
                                       0x20, 0x28, 0x30, 0x7f, 0x80, 0xff };
    uint32_t run;
    (void)state;
    for (run = 0; run < 20000; run++) {
        uint32_t changes, bytes;
        igd_test_set_row("run %u: ", run);
        igd_test_start_good();
        for (changes = 1 + igd_test_random(8); changes; changes--) {
            // Any, or one of the headers and of the first blocks'.
            uint32_t where = igd_test_random(igd_test_random(2) ? igd_test_bytes : 0x90);
            igd_test_vbt[where] = igd_test_random(2) ? telling[igd_test_random(sizeof(telling))]
                                                     : igd_test_random(0x100);
        }
        bytes = igd_test_random(2) ? igd_test_bytes : igd_test_random(igd_test_bytes);
        igd_test_is_sane(igd_test_panel(bytes));
    }
    // Nothing but chance, with a BIOS Data Block inside, mostly.
    for (run = 0; run < 20000; run++) {
        uint32_t bytes = igd_test_random(0x400), i;
        igd_test_set_row("random run %u: ", run);
        for (i = 0; i < bytes; i++)
            igd_test_vbt[i] = igd_test_random(4) ? telling[igd_test_random(sizeof(telling))]
                                                 : igd_test_random(0x100);
        igd_test_put(28, 4, igd_test_random(0x100));
        igd_test_is_sane(igd_test_panel(bytes));
    }
}

// --- INT 15h AX=5FXXh -----------------------------------------------------------------------

// The functions by their sources (igd.h): AX, and what CX is.
enum igd_test_cx {
    IGD_TEST_KEPT, IGD_TEST_ZERO, IGD_TEST_BOOT_DISPLAY, IGD_TEST_TYPE, IGD_TEST_LFP,
    IGD_TEST_DEPTH
};
static const struct igd_test_function {
    uint8_t function;
    uint16_t ax;
    uint8_t cx; // enum igd_test_cx
} igd_test_functions[] = {
    { 0x14, 0x015f, IGD_TEST_KEPT }, // with BX 078Fh
    { 0x31, 0x005f, IGD_TEST_KEPT },
    { 0x33, 0x005f, IGD_TEST_KEPT },
    { 0x34, 0x005f, IGD_TEST_ZERO },
    { 0x35, 0x005f, IGD_TEST_BOOT_DISPLAY },
    { 0x36, 0x005f, IGD_TEST_ZERO },
    { 0x38, 0x005f, IGD_TEST_KEPT },
    { 0x40, 0x005f, IGD_TEST_TYPE }, // with BL 0 or 1
    { 0x49, 0x015f, IGD_TEST_KEPT },
    { 0x50, 0x005f, IGD_TEST_KEPT },
    { 0x51, 0x005f, IGD_TEST_LFP },
    { 0x52, 0x005f, IGD_TEST_DEPTH },
    { 0x70, 0x005f, IGD_TEST_ZERO }, // with CH 0, 1 or 2
    { 0xac, 0x5fac, IGD_TEST_KEPT },
};

static uint32_t
igd_test_answer(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel)
{
    const struct igd_test_function *row = igd_test_functions;
    const uint8_t fields[4] = { panel, panel >> 8, panel >> 16, panel >> 24 };
    const uint32_t failed = 0x015f0000u | cx;
    for (; row->function != function; row++)
        if (row == &igd_test_functions[IGD_TEST_COUNT(igd_test_functions) - 1])
            return 0;
    if ((function == 0x14 && bx != 0x078f) || (function == 0x70 && cx >= 0x0300))
        return 0;
    switch (row->cx) {
    case IGD_TEST_ZERO:
        cx = 0;
        break;
    case IGD_TEST_BOOT_DISPLAY:
        cx = fields[0];
        break;
    case IGD_TEST_TYPE:
        if ((bx & 0xff) > 1)
            return failed;
        cx = (cx & 0xff00) + fields[1];
        break;
    case IGD_TEST_LFP:
        if (fields[2] == 0xff)
            return failed;
        cx = fields[2];
        break;
    case IGD_TEST_DEPTH:
        if (fields[3] == 0xff)
            return failed;
        cx = fields[3];
        break;
    }
    return (uint32_t)row->ax << 16 | cx;
}

static void
each_function_answers_as_its_source_says(void **state)
{
    static const uint16_t bxs[] = { 0x0000, 0x0001, 0x0002, 0x00ff, 0x0100, 0x0101, 0x0102,
                                    0x078f, 0x078e, 0x068f, 0x008f, 0x0700, 0x0f8f, 0x8000,
                                    0xff00, 0xff01, 0xffff };
    static const uint16_t cxs[] = { 0x0000, 0x0001, 0x00ff, 0x0100, 0x01ff, 0x0200, 0x02ff,
                                    0x0300, 0x0301, 0x7fff, 0x8000, 0xa55a, 0xff00, 0xffff };
    static const uint32_t panels[] = { 0xffff0300, 0x01030408, 0x00010188, 0x00000100,
                                       0x010010ff, 0xff031001, 0x01ff1001, 0x00ff0a00,
                                       0xff000b80, 0xfefe7f80, 0x00000000, 0xffffffff,
                                       0x78563412, 0x01020304 };
    unsigned function, b, c, p;
    (void)state;
    for (function = 0; function < 0x100; function++)
        for (b = 0; b < IGD_TEST_COUNT(bxs); b++)
            for (c = 0; c < IGD_TEST_COUNT(cxs); c++)
                for (p = 0; p < IGD_TEST_COUNT(panels); p++)
                    igd_test_equal(igd_test_answer(function, bxs[b], cxs[c], panels[p]),
                                   igd_hook(function, bxs[b], cxs[c], panels[p]),
                                   "5F%02Xh with BX %04x, CX %04x, panel word %08x", function,
                                   bxs[b], cxs[c], panels[p]);
}

static void
each_bx_and_each_cx_is_answered_by_its_rule(void **state)
{
    unsigned i, value;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(igd_test_functions); i++)
        for (value = 0; value < 0x10000; value++) {
            uint8_t function = igd_test_functions[i].function;
            igd_test_equal(igd_test_answer(function, value, 0x0234, 0x01030408),
                           igd_hook(function, value, 0x0234, 0x01030408),
                           "5F%02Xh with BX %04x", function, value);
            igd_test_equal(igd_test_answer(function, 0x078f, value, 0x01030408),
                           igd_hook(function, 0x078f, value, 0x01030408),
                           "5F%02Xh with CX %04x, BX 078f", function, value);
            igd_test_equal(igd_test_answer(function, 0x0001, value, 0xffff0408),
                           igd_hook(function, 0x0001, value, 0xffff0408),
                           "5F%02Xh with CX %04x, BX 0001", function, value);
        }
}

// Written out: AX in the upper half, CX in the lower.
static void
some_answers_are_these(void **state)
{
    static const struct {
        uint8_t function;
        uint16_t bx, cx;
        uint32_t answer;
    } answers[] = {
        { 0x14, 0x078f, 0x1234, 0x015f1234 }, { 0x14, 0x078e, 0x1234, 0 },
        { 0x31, 0x5555, 0x1234, 0x005f1234 }, { 0x32, 0x5555, 0x1234, 0 },
        { 0x33, 0x5555, 0x1234, 0x005f1234 }, { 0x34, 0x5555, 0x1234, 0x005f0000 },
        { 0x35, 0x5555, 0x1234, 0x005f0088 }, { 0x36, 0x5555, 0x1234, 0x005f0000 },
        { 0x37, 0x5555, 0x1234, 0 },          { 0x38, 0x5555, 0x1234, 0x005f1234 },
        { 0x40, 0x5500, 0x1234, 0x005f120a }, { 0x40, 0x5501, 0x1234, 0x005f120a },
        { 0x40, 0x5502, 0x1234, 0x015f1234 }, { 0x49, 0x5555, 0x1234, 0x015f1234 },
        { 0x50, 0x5555, 0x1234, 0x005f1234 }, { 0x51, 0x5555, 0x1234, 0x005f0003 },
        { 0x52, 0x5555, 0x1234, 0x005f0001 }, { 0x70, 0x5555, 0x0234, 0x005f0000 },
        { 0x70, 0x5555, 0x0334, 0 },          { 0x00, 0x0000, 0x0000, 0 },
        { 0x5f, 0x0000, 0x0000, 0 },          { 0xac, 0x0190, 0x1234, 0x5fac1234 },
        { 0xab, 0x0190, 0x1234, 0 },          { 0xad, 0x0190, 0x1234, 0 },
    };
    unsigned i;
    (void)state;
    for (i = 0; i < IGD_TEST_COUNT(answers); i++)
        igd_test_equal(answers[i].answer,
                       igd_hook(answers[i].function, answers[i].bx, answers[i].cx, 0x01030a88),
                       "5F%02Xh with BX %04x, CX %04x", answers[i].function, answers[i].bx,
                       answers[i].cx);
    // What a VBT does not tell.
    igd_test_equal(0x005f0000, igd_hook(0x35, 0, 0x1234, igd_panel(NULL, 0)), "5F35h unknown");
    igd_test_equal(0x005f1203, igd_hook(0x40, 0, 0x1234, igd_panel(NULL, 0)), "5F40h unknown");
    igd_test_equal(0x015f1234, igd_hook(0x51, 0, 0x1234, igd_panel(NULL, 0)), "5F51h unknown");
    igd_test_equal(0x015f1234, igd_hook(0x52, 0, 0x1234, igd_panel(NULL, 0)), "5F52h unknown");
}

// Field n is byte n of the word, and has a function that answers with it.
static void
each_field_is_a_byte_that_its_function_answers(void **state)
{
    static const struct {
        uint8_t field, function, least, most;
    } fields[] = {
        { IGD_PANEL_BOOT_DISPLAY, 0x35, 0x00, 0xff },
        { IGD_PANEL_TYPE, 0x40, 1, 16 },
        { IGD_PANEL_LFP, 0x51, 0, 3 },
        { IGD_PANEL_DEPTH, 0x52, 0, 1 },
    };
    unsigned i, value;
    (void)state;
    igd_test_equal(4, IGD_PANEL_FIELDS, "fields");
    igd_test_equal(0xff, IGD_PANEL_UNKNOWN, "unknown");
    for (i = 0; i < IGD_TEST_COUNT(fields); i++) {
        igd_test_set_row("field %u: ", i);
        igd_test_equal(i, fields[i].field, "number");
        for (value = fields[i].least; value <= fields[i].most; value++) {
            uint32_t panel = igd_panel_set(0xffff0300, i, value);
            igd_test_equal(0x005f0000u | value, igd_hook(fields[i].function, 0, 0, panel),
                           "answer with 0x%x", value);
        }
    }
}

static void
a_field_is_set_and_the_others_stay(void **state)
{
    static const uint32_t panels[] = { 0x00000000, 0xffffffff, 0xffff0300, 0x12345678 };
    unsigned i, field, value;
    (void)state;
    igd_test_equal(0x123456ab, igd_panel_set(0x12345678, 0, 0xab), "word with boot display");
    igd_test_equal(0x1234ab78, igd_panel_set(0x12345678, 1, 0xab), "word with type");
    igd_test_equal(0x12ab5678, igd_panel_set(0x12345678, 2, 0xab), "word with flat panel");
    igd_test_equal(0xab345678, igd_panel_set(0x12345678, 3, 0xab), "word with depth");
    for (i = 0; i < IGD_TEST_COUNT(panels); i++)
        for (field = 0; field < 4; field++)
            for (value = 0; value < 0x100; value++) {
                uint8_t bytes[4];
                uint32_t panel = igd_panel_set(panels[i], field, value);
                igd_test_put_le(bytes, sizeof(bytes), 0, 4, panels[i]);
                bytes[field] = value;
                igd_test_equal(bytes[0] | bytes[1] << 8 | bytes[2] << 16
                                   | (uint32_t)bytes[3] << 24,
                               panel, "word 0x%x with 0x%x in field %u", panels[i], value, field);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IGD_TEST(no_vbt_tells_nothing),
        IGD_TEST(the_bios_data_block_is_where_the_header_says),
        IGD_TEST(blocks_may_be_in_any_order),
        IGD_TEST(a_chain_of_blocks_may_be_long),
        IGD_TEST(the_first_block_of_an_id_counts),
        IGD_TEST(a_block_that_is_too_short_is_none),
        IGD_TEST(a_block_beyond_the_vbt_is_none),
        IGD_TEST(a_block_may_have_the_largest_size),
        IGD_TEST(the_boot_display_is_block_2s),
        IGD_TEST(a_childs_type_tells_the_flat_panel),
        IGD_TEST(the_first_internal_panel_of_several_children_counts),
        IGD_TEST(children_too_short_for_a_type_are_none),
        IGD_TEST(a_child_that_the_block_cuts_off_is_none),
        IGD_TEST(the_panel_type_is_block_40s_plus_1),
        IGD_TEST(the_depth_is_the_panels_bit),
        IGD_TEST(an_edp_panels_depth_is_its_two_bits_of_block_27),
        IGD_TEST(a_vbt_cut_anywhere_tells_what_is_left_of_it),
        IGD_TEST(the_bios_data_blocks_offset_may_be_any),
        IGD_TEST(a_bios_data_block_cut_in_its_header_is_none),
        IGD_TEST(a_vbt_of_just_its_header_is_read),
        IGD_TEST(the_bios_data_blocks_header_may_have_any_size),
        IGD_TEST(a_blocks_size_may_be_any),
        IGD_TEST(a_damaged_vbt_tells_something_that_may_be),
        IGD_TEST(each_function_answers_as_its_source_says),
        IGD_TEST(each_bx_and_each_cx_is_answered_by_its_rule),
        IGD_TEST(some_answers_are_these),
        IGD_TEST(each_field_is_a_byte_that_its_function_answers),
        IGD_TEST(a_field_is_set_and_the_others_stay),
    };
    return igd_test_run("igd_panel", tests);
}
