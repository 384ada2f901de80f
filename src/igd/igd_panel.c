// SPDX-License-Identifier: LGPL-3.0-only
// INT 15h AX=5FXXh, by which a VBIOS asks the system BIOS for the panel: the answers, and what the
// VBT tells for them. SeaBIOS compiles this for 16 bits as well, for igd_hook().
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_hook
#include "igd_bytes.h" // igd_file_at

// Returns the data of a VBT's block, NULL if it has none or a shorter one than least_bytes. Block
// 53 of version 3 gives its size in another way; the blocks that are asked for come before it.
static const uint8_t *
igd_vbt_block(const uint8_t *vbt, uint32_t vbt_bytes, uint8_t id, uint32_t least_bytes)
{
    if (vbt_bytes < IGD_VBT_HEADER_BYTES)
        return NULL;
    uint32_t at = igd_get32(vbt + IGD_VBT_BDB);
    const uint8_t *head = igd_file_at(vbt, vbt_bytes, at, IGD_BDB_HEADER_BYTES);
    if (!head)
        return NULL;
    at += igd_get16(head + IGD_BDB_HEADER_SIZE);
    while ((head = igd_file_at(vbt, vbt_bytes, at, IGD_BLOCK_HEADER_BYTES))) {
        uint32_t bytes = igd_get16(head + IGD_BLOCK_SIZE);
        at += IGD_BLOCK_HEADER_BYTES;
        if (head[0] == id)
            return bytes < least_bytes ? NULL : igd_file_at(vbt, vbt_bytes, at, bytes);
        at += bytes;
    }
    return NULL;
}

// Returns the active flat panel, IGD_LFP_*: the first child device with an internal connector.
static uint8_t
igd_vbt_lfp(const uint8_t *block)
{
    const uint8_t *child = block + IGD_GENERAL_CHILDREN;
    const uint8_t *end = block + igd_get16(block - IGD_BLOCK_HEADER_BYTES + IGD_BLOCK_SIZE);
    uint8_t child_bytes = block[IGD_GENERAL_CHILD_BYTES];
    if (child_bytes < IGD_CHILD_LEAST_BYTES)
        return IGD_LFP_NONE;
    for (; end - child >= child_bytes; child += child_bytes) {
        uint16_t type = igd_get16(child + IGD_CHILD_TYPE);
        if (!(type & IGD_CHILD_INTERNAL))
            continue;
        if (type & IGD_CHILD_DISPLAYPORT)
            return IGD_LFP_EDP;
        if (type & IGD_CHILD_LVDS)
            return IGD_LFP_LVDS;
    }
    return IGD_LFP_NONE;
}

uint32_t
igd_panel(const uint8_t *vbt, uint32_t vbt_bytes)
{
    uint32_t boot_display = 0, type = IGD_PANEL_TYPE_DEFAULT;
    uint32_t lfp = IGD_PANEL_UNKNOWN, depth = IGD_PANEL_UNKNOWN;
    const uint8_t *block = igd_vbt_block(vbt, vbt_bytes, IGD_BLOCK_GENERAL,
                                         IGD_GENERAL_CHILDREN);
    if (block) {
        boot_display = block[IGD_GENERAL_BOOT_DISPLAY];
        lfp = igd_vbt_lfp(block);
    }
    block = igd_vbt_block(vbt, vbt_bytes, IGD_BLOCK_LFP_OPTIONS, IGD_LFP_OPTIONS_BYTES);
    // 255: the VBIOS finds out the panel by its EDID.
    if (block && block[0] < IGD_PANEL_TYPES) {
        type = block[0] + 1;
        depth = igd_get16(block + IGD_LFP_OPTIONS_DEPTH) >> block[0] & 1;
        // eDP panels have their depth in another block: two bits each, 0 for 18 bits per pixel.
        if (lfp == IGD_LFP_EDP
            && (block = igd_vbt_block(vbt, vbt_bytes, IGD_BLOCK_EDP, IGD_EDP_BYTES)))
            depth = !!(igd_get32(block + IGD_EDP_DEPTH) >> 2 * (type - 1) & 3);
    }
    return boot_display | type << 8 | lfp << 16 | depth << 24;
}

uint32_t
igd_panel_set(uint32_t panel, unsigned field, uint8_t value)
{
    return (panel & ~(0xffu << 8 * field)) | (uint32_t)value << 8 * field;
}

#define IGD_HOOK_DONE   0x005f0000u
#define IGD_HOOK_FAILED 0x015f0000u

uint32_t
igd_hook(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel)
{
    uint8_t answer = panel >> 24;
    switch (function) {
    case 0x14: // miscellaneous status: on AC, lid, docked. A guest has none of them
        return bx == 0x078f ? IGD_HOOK_FAILED | cx : 0;
    case 0x49: // backlight inverter
        return IGD_HOOK_FAILED | cx;
    case 0x31: // POST is complete
    case 0x33: // after a mode set
    case 0x38: // before a mode set
    case 0x50: // some laptops' VBIOSes want it
        return IGD_HOOK_DONE | cx;
    case 0x34: // panel fitting
    case 0x36: // boot TV format
        return IGD_HOOK_DONE;
    case 0x35: // boot display
        return IGD_HOOK_DONE | (panel & 0xff);
    case 0x40: // panel type, of the first or second panel
        if ((uint8_t)bx > 1)
            return IGD_HOOK_FAILED | cx;
        return IGD_HOOK_DONE | (cx & 0xff00) | (panel >> 8 & 0xff);
    case 0x51: // active flat panel
        answer = panel >> 16;
        // fall through
    case 0x52: // panel's colour depth
        return answer == IGD_PANEL_UNKNOWN ? IGD_HOOK_FAILED | cx : IGD_HOOK_DONE | answer;
    case 0xac: // unknown; boards whose VBIOS calls it accept it, and change no register
        return 0x5fac0000u | cx;
    case 0x70: // graphics multiplexer: get, set, get mode
        return cx >> 8 <= 2 ? IGD_HOOK_DONE : 0;
    }
    return 0;
}
