// SPDX-License-Identifier: LGPL-3.0-only
// What a monitor at the simulated VGA or display plane would show, as text and as PNG
// Copyright (C) 2026 The seabios-igd authors
//
// Register facts: see sim_vga.c. Left out: cursor, panning, split screen (line compare) and the CGA
// shift mode.

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "igd_sim.h"

#define SIM_SR01_8_DOTS 0x01
#define SIM_SR01_SCREEN_OFF 0x20
#define SIM_CR09_DOUBLE_SCAN 0x80
#define SIM_CR14_DWORD 0x40
#define SIM_CR17_MA15 0x20
#define SIM_CR17_BYTE 0x40
#define SIM_CR17_RUN 0x80
#define SIM_AR_INDEX_VIDEO_ON 0x20
#define SIM_AR10_LINE_GRAPHICS 0x04
#define SIM_AR10_BLINK 0x08
#define SIM_AR10_PALETTE_FROM_AR14 0x80

// Registers of pipe A and its first plane; pipe B's are SIM_PIPE_STEP behind. Source: Linux 6.1
// drivers/gpu/drm/i915/i915_reg.h, CPU_VGACNTRL, VLV_VGACNTRL, PIPESRC, PIPECONF, DSPCNTR,
// DSPSTRIDE (in bytes), DSPSURF; from Gen9 on PLANE_CTL and PLANE_STRIDE (of a linear surface, in
// 64 bytes); TRANS_DDI_FUNC_CTL of the transcoder EDP, which any pipe can feed; LGC_PALETTE.
#define SIM_PIPES 3
#define SIM_PIPE_STEP 0x1000
#define SIM_VALLEYVIEW_BASE 0x180000
#define SIM_VGACNTRL 0x41000
#define SIM_VGACNTRL_VALLEYVIEW 0x1F1400
#define SIM_PIPESRC 0x6001C
#define SIM_PIPECONF 0x70008
#define SIM_PIPECONF_EDP 0x7F008
#define SIM_TRANS_DDI_EDP 0x6F400
#define SIM_DSPCNTR 0x70180
#define SIM_DSPSTRIDE 0x70188
#define SIM_DSPSURF 0x7019C
#define SIM_PALETTE 0x4A000
#define SIM_PALETTE_STEP 0x800
#define SIM_PALETTE_VALLEYVIEW 0x18A000
#define SIM_ON SIM_BIT(31)

// Formats of a plane.
enum sim_format {
    SIM_INDEXED_8 = 1,
    SIM_RGB565 = 2,
    SIM_XRGB8888 = 4,
};

// DISP_FORMAT_* and PLANE_CTL_FORMAT_*, with the tiling that must be none.
static const struct {
    enum sim_family families;
    uint32_t mask, value;
    enum sim_format format;
} sim_formats[] = {
    { SIM_GEN9_ON, 0x0F001C00, 0x04000000, SIM_XRGB8888 },
    { SIM_GEN9_ON, 0x0F001C00, 0x0C000000, SIM_INDEXED_8 },
    { SIM_GEN9_ON, 0x0F001C00, 0x0E000000, SIM_RGB565 },
    { SIM_ALL & ~SIM_GEN9_ON, 0x3C000400, 0x08000000, SIM_INDEXED_8 },
    { SIM_ALL & ~SIM_GEN9_ON, 0x3C000400, 0x14000000, SIM_RGB565 },
    { SIM_ALL & ~SIM_GEN9_ON, 0x3C000400, 0x18000000, SIM_XRGB8888 },
};

enum sim_mode {
    SIM_MODE_BLANK,
    SIM_MODE_TEXT,
    SIM_MODE_PLANAR,
    SIM_MODE_256_COLOUR,
    SIM_MODE_PLANE,
};

// Sizes in pixels, characters and CRTC address steps. VGA's registers limit width to 256 * 9 and
// height to 1024, the plane's limit both to 8192. A plane's start,
// pitch and format (of a pixel) are in bytes. palette: a register.
struct sim_geometry {
    enum sim_mode mode;
    unsigned columns, rows;
    unsigned cell_width, cell_height;
    unsigned width, height;
    unsigned start, pitch;
    enum sim_format format;
    uint32_t palette;
};

static bool
sim_screen_valleyview(void)
{
    return sim_pci_family() & SIM_VALLEYVIEW;
}

// Whether a pipe's own transcoder is on, or that for eDP, if this pipe feeds it.
static bool
sim_screen_pipe_on(uint32_t base, unsigned pipe)
{
    static const uint8_t edp_inputs[SIM_PIPES] = { 4, 5, 6 };
    if (sim_pci_register(base + SIM_PIPECONF + pipe * SIM_PIPE_STEP) & SIM_ON)
        return true;
    uint32_t input = sim_pci_register(SIM_TRANS_DDI_EDP) >> 12 & 7;
    return sim_pci_family() & SIM_DDI && sim_pci_register(SIM_PIPECONF_EDP) & SIM_ON &&
           (input == edp_inputs[pipe] || (!input && !pipe));
}

// False: the plane or its pipe is off, or it is in a format that is not simulated.
static bool
sim_screen_pipe_geometry(struct sim_geometry *g, unsigned pipe)
{
    enum sim_family family = sim_pci_family();
    uint32_t base = sim_screen_valleyview() ? SIM_VALLEYVIEW_BASE : 0;
    uint32_t at = base + pipe * SIM_PIPE_STEP;
    uint32_t control = sim_pci_register(at + SIM_DSPCNTR);
    uint32_t size = sim_pci_register(at + SIM_PIPESRC);
    uint32_t stride = sim_pci_register(at + SIM_DSPSTRIDE);
    if (!(control & SIM_ON) || !sim_screen_pipe_on(base, pipe))
        return false;
    for (size_t i = 0; i < sizeof(sim_formats) / sizeof(*sim_formats); i++) {
        if (!(sim_formats[i].families & family) ||
            (control & sim_formats[i].mask) != sim_formats[i].value)
            continue;
        *g = (struct sim_geometry){
            .mode = SIM_MODE_PLANE,
            .width = (size >> 16 & 0x1FFF) + 1,
            .height = (size & 0x1FFF) + 1,
            .start = sim_pci_register(at + SIM_DSPSURF) & ~(SIM_PAGE_BYTES - 1),
            .pitch = family & SIM_GEN9_ON ? (stride & 0x3FF) * 64 : stride & 0xFFFF,
            .format = sim_formats[i].format,
            .palette = (base ? SIM_PALETTE_VALLEYVIEW : SIM_PALETTE) + pipe * SIM_PALETTE_STEP,
        };
        return true;
    }
    return false;
}

// False: VGA is shown.
static bool
sim_screen_plane_geometry(struct sim_geometry *g)
{
    uint32_t vga = sim_screen_valleyview() ? SIM_VGACNTRL_VALLEYVIEW : SIM_VGACNTRL;
    if (!(sim_pci_register(vga) & SIM_ON))
        return false;
    for (unsigned pipe = 0; pipe < SIM_PIPES; pipe++)
        if (sim_screen_pipe_geometry(g, pipe))
            return true;
    return false;
}

static struct sim_geometry
sim_screen_geometry(void)
{
    const uint8_t *crtc = sim_vga.crtc;
    struct sim_geometry g = { .mode = SIM_MODE_BLANK, .width = 720, .height = 400 };
    unsigned lines = (crtc[0x12] | (crtc[0x07] & 0x02) << 7 | (crtc[0x07] & 0x40) << 3) + 1;
    unsigned lines_per_row = (crtc[0x09] & 0x1F) + 1;
    if (crtc[0x09] & SIM_CR09_DOUBLE_SCAN)
        lines /= 2;
    unsigned rows = lines / lines_per_row;

    if (sim_screen_plane_geometry(&g))
        return g;
    if (sim_vga.seq[1] & SIM_SR01_SCREEN_OFF || !(crtc[0x17] & SIM_CR17_RUN) ||
        !(sim_vga.attr_index & SIM_AR_INDEX_VIDEO_ON) || !rows)
        return g;

    g.columns = crtc[0x01] + 1;
    g.rows = rows;
    g.start = crtc[0x0C] << 8 | crtc[0x0D];
    g.pitch = crtc[0x13] * 2;
    if (!(sim_vga.gfx[6] & SIM_GR06_GRAPHICS)) {
        g.mode = SIM_MODE_TEXT;
        g.cell_width = sim_vga.seq[1] & SIM_SR01_8_DOTS ? 8 : 9;
        g.cell_height = lines_per_row;
    } else if (sim_vga.gfx[5] & SIM_GR05_256_COLOUR) {
        g.mode = SIM_MODE_256_COLOUR;
        // A pixel takes two dots.
        g.cell_width = 4;
        g.cell_height = 1;
    } else {
        g.mode = SIM_MODE_PLANAR;
        g.cell_width = 8;
        g.cell_height = 1;
    }
    g.width = g.columns * g.cell_width;
    g.height = g.rows * g.cell_height;
    return g;
}

// Where the guest pages that are shown lie.
static void
sim_screen_surface(const struct sim_geometry *g, struct sim_screen *screen)
{
    screen->surface_first_addr = UINT64_MAX;
    for (uint64_t at = 0; at < (uint64_t)g->height * g->pitch; at += SIM_PAGE_BYTES) {
        uint64_t addr;
        if (!sim_pci_gtt(g->start + at, &addr))
            addr = 0;
        if (addr < screen->surface_first_addr)
            screen->surface_first_addr = addr;
        if (addr + SIM_PAGE_BYTES - 1 > screen->surface_last_addr)
            screen->surface_last_addr = addr + SIM_PAGE_BYTES - 1;
    }
}

struct sim_screen
sim_screen_describe(void)
{
    static const char *const names[] = { "blank", "text", "planar", "chain4", "plane" };
    struct sim_geometry g = sim_screen_geometry();
    struct sim_screen screen = { .mode = names[g.mode] };
    if (g.mode == SIM_MODE_TEXT) {
        screen.columns = g.columns;
        screen.rows = g.rows;
    } else if (g.mode != SIM_MODE_BLANK) {
        screen.columns = g.width;
        screen.rows = g.height;
    }
    if (g.mode == SIM_MODE_PLANE)
        sim_screen_surface(&g, &screen);
    return screen;
}

// The plane offset that the CRTC fetches for a column of a row.
static unsigned
sim_screen_offset(const struct sim_geometry *g, unsigned column, unsigned row)
{
    unsigned counter = (g->start + row * g->pitch + column) & 0xFFFF;
    if (sim_vga.crtc[0x14] & SIM_CR14_DWORD)
        counter = counter << 2 | counter >> 14;
    else if (!(sim_vga.crtc[0x17] & SIM_CR17_BYTE))
        counter = counter << 1 | (counter >> (sim_vga.crtc[0x17] & SIM_CR17_MA15 ? 15 : 13) & 1);
    return counter % SIM_VGA_PLANE_BYTES;
}

// ---- text

// Code page 437: 00h to 1Fh, then 7Fh to FFh.
static const char16_t sim_cp437_low[] = u" ☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼";
static const char16_t sim_cp437_high[] =
    u"⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";
_Static_assert(sizeof(sim_cp437_low) / sizeof(char16_t) == 0x20 + 1,
               "code page 437 has 32 low characters");
_Static_assert(sizeof(sim_cp437_high) / sizeof(char16_t) == 0x81 + 1,
               "code page 437 has 129 high characters");

// UTF-8 without help from the locale, which is QEMU's.
static void
sim_screen_put(FILE *file, uint8_t character)
{
    unsigned code = character;
    if (character < 0x20)
        code = sim_cp437_low[character];
    else if (character >= 0x7F)
        code = sim_cp437_high[character - 0x7F];

    if (code < 0x80) {
        fputc(code, file);
    } else if (code < 0x800) {
        fputc(0xC0 | code >> 6, file);
        fputc(0x80 | (code & 0x3F), file);
    } else {
        fputc(0xE0 | code >> 12, file);
        fputc(0x80 | (code >> 6 & 0x3F), file);
        fputc(0x80 | (code & 0x3F), file);
    }
}

static bool
sim_screen_is_space(uint8_t character)
{
    return character == 0 || character == ' ' || character == 0xFF;
}

static void
sim_screen_text(FILE *file)
{
    struct sim_geometry g = sim_screen_geometry();
    if (g.mode != SIM_MODE_TEXT) {
        struct sim_screen screen = sim_screen_describe();
        fprintf(file, "[%s %ux%u]\n", screen.mode, screen.columns, screen.rows);
        return;
    }
    for (unsigned row = 0; row < g.rows; row++) {
        unsigned end = g.columns;
        while (end && sim_screen_is_space(sim_vga.plane[0][sim_screen_offset(&g, end - 1, row)]))
            end--;
        for (unsigned column = 0; column < end; column++)
            sim_screen_put(file, sim_vga.plane[0][sim_screen_offset(&g, column, row)]);
        fputc('\n', file);
    }
}

// ---- pixels

static void
sim_screen_dac(uint8_t *rgb, uint8_t index)
{
    const uint8_t *dac = sim_vga.dac[index & sim_vga.dac_mask];
    for (unsigned i = 0; i < 3; i++)
        rgb[i] = dac[i] << 2 | dac[i] >> 4;
}

void
sim_screen_dac_wrote(uint8_t index)
{
    uint32_t base = sim_screen_valleyview() ? SIM_PALETTE_VALLEYVIEW : SIM_PALETTE, colour = 0;
    for (unsigned i = 0; i < 3; i++) {
        uint8_t level = sim_vga.dac[index][i];
        colour = colour << 8 | (level << 2 & 0xFF) | level >> 4;
    }
    for (unsigned pipe = 0; pipe < SIM_PIPES; pipe++)
        sim_pci_set_register(base + pipe * SIM_PALETTE_STEP + 4 * index, colour);
}

// A 4-bit colour goes through the attribute controller's palette first.
static void
sim_screen_palette(uint8_t *rgb, unsigned colour)
{
    uint8_t index = sim_vga.attr[colour & 0xF] & 0x3F, select = sim_vga.attr[0x14];
    index |= (select & 0x0C) << 4;
    if (sim_vga.attr[0x10] & SIM_AR10_PALETTE_FROM_AR14)
        index = (index & 0xCF) | (select & 3) << 4;
    sim_screen_dac(rgb, index);
}

// One line of a character: the bits of its dots, the leftmost in bit 8.
static unsigned
sim_screen_glyph(uint8_t character, uint8_t attribute, unsigned line)
{
    uint8_t maps = sim_vga.seq[3];
    // Attribute bit 3 chooses between the fonts A and B; the high bit of either selection is apart
    // from the others.
    unsigned map =
        attribute & 0x08 ? (maps >> 2 & 3) | (maps >> 3 & 4) : (maps & 3) | (maps >> 2 & 4);
    unsigned font = (map & 3) * 0x4000 + (map >> 2) * 0x2000;
    unsigned dots = sim_vga.plane[2][(font + character * 32u + line) % SIM_VGA_PLANE_BYTES] << 1;
    // The ninth dot is background, except that line drawing characters must meet.
    if (sim_vga.attr[0x10] & SIM_AR10_LINE_GRAPHICS && character >= 0xC0 && character <= 0xDF)
        dots |= dots >> 1 & 1;
    return dots;
}

static void
sim_screen_text_pixel(uint8_t *rgb, const struct sim_geometry *g, unsigned x, unsigned y)
{
    unsigned offset = sim_screen_offset(g, x / g->cell_width, y / g->cell_height);
    uint8_t character = sim_vga.plane[0][offset], attribute = sim_vga.plane[1][offset];
    unsigned background = attribute >> 4;
    if (sim_vga.attr[0x10] & SIM_AR10_BLINK)
        background &= 7;
    unsigned dots = sim_screen_glyph(character, attribute, y % g->cell_height);
    sim_screen_palette(rgb, dots >> (8 - x % g->cell_width) & 1 ? attribute & 0xF : background);
}

static void
sim_screen_planar_pixel(uint8_t *rgb, const struct sim_geometry *g, unsigned x, unsigned y)
{
    unsigned offset = sim_screen_offset(g, x / 8, y), colour = 0;
    for (unsigned plane = 0; plane < SIM_VGA_PLANES; plane++)
        colour |= (sim_vga.plane[plane][offset] >> (7 - x % 8) & 1u) << plane;
    sim_screen_palette(rgb, colour & sim_vga.attr[0x12]);
}

static void
sim_screen_256_colour_pixel(uint8_t *rgb, const struct sim_geometry *g, unsigned x, unsigned y)
{
    sim_screen_dac(rgb, sim_vga.plane[x % 4][sim_screen_offset(g, x / 4, y)]);
}

// Black where the GTT or what it leads to is missing.
static void
sim_screen_plane_pixel(uint8_t *rgb, const struct sim_geometry *g, unsigned x, unsigned y)
{
    uint64_t addr;
    uint8_t bytes[4] = { 0 };
    if (sim_pci_gtt(g->start + (uint64_t)y * g->pitch + x * g->format, &addr))
        sim_dma_read(addr, bytes, g->format);
    uint32_t pixel = sim_get_le(bytes, sizeof(bytes));
    if (g->format == SIM_RGB565)
        // Five or six bits become eight: the high ones are repeated.
        pixel = (pixel & 0xF800) << 8 | (pixel & 0xE000) << 3 | (pixel & 0x07E0) << 5 |
                (pixel & 0x0600) >> 1 | (pixel & 0x001F) << 3 | (pixel & 0x001C) >> 2;
    else if (g->format == SIM_INDEXED_8)
        pixel = sim_pci_register(g->palette + 4 * pixel);
    for (unsigned i = 0; i < 3; i++)
        rgb[i] = pixel >> (16 - 8 * i);
}

static bool
sim_screen_png(const char *path, const struct sim_geometry *g)
{
    uint8_t *pixels = calloc((size_t)g->width * g->height, 3);
    if (!pixels)
        return false;
    for (unsigned y = 0; y < g->height && g->mode != SIM_MODE_BLANK; y++) {
        for (unsigned x = 0; x < g->width; x++) {
            uint8_t *rgb = pixels + 3 * ((size_t)y * g->width + x);
            if (g->mode == SIM_MODE_TEXT)
                sim_screen_text_pixel(rgb, g, x, y);
            else if (g->mode == SIM_MODE_PLANAR)
                sim_screen_planar_pixel(rgb, g, x, y);
            else if (g->mode == SIM_MODE_256_COLOUR)
                sim_screen_256_colour_pixel(rgb, g, x, y);
            else
                sim_screen_plane_pixel(rgb, g, x, y);
        }
    }
    png_image image = {
        .version = PNG_IMAGE_VERSION,
        .width = g->width,
        .height = g->height,
        .format = PNG_FORMAT_RGB,
    };
    bool ok = png_image_write_to_file(&image, path, 0, pixels, 0, NULL);
    free(pixels);
    return ok;
}

void
sim_screen_save(const char *prefix)
{
    struct sim_geometry g = sim_screen_geometry();
    char path[4096];

    snprintf(path, sizeof(path), "%s.txt", prefix);
    sim_write_file(path, sim_screen_text);

    snprintf(path, sizeof(path), "%s.png", prefix);
    if (!sim_screen_png(path, &g))
        fprintf(stderr, "igd-sim: cannot write %s\n", path);
}
