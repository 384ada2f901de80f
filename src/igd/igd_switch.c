// SPDX-License-Identifier: LGPL-3.0-only
// The switches that a user sets by fw_cfg files.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // enum igd_switch

static const struct {
    char name[IGD_SWITCH_NAME_BYTES];
    uint8_t least, most;
} igd_switches[IGD_SWITCHES] = {
    [IGD_SWITCH_PRIMARY] = { "igd-primary", 0, 1 },
    [IGD_SWITCH_ANY_LPC] = { "igd-any-lpc", 0, 1 },
    [IGD_SWITCH_SECONDS] = { "igd-seconds", 0, 0xff },
    [IGD_SWITCH_PANEL + IGD_PANEL_BOOT_DISPLAY] = { "igd-5f35", 0, 0xff },
    [IGD_SWITCH_PANEL + IGD_PANEL_TYPE] = { "igd-5f40", 1, IGD_PANEL_TYPES },
    [IGD_SWITCH_PANEL + IGD_PANEL_LFP] = { "igd-5f51", 0, IGD_LFP_EDP },
    [IGD_SWITCH_PANEL + IGD_PANEL_DEPTH] = { "igd-5f52", 0, 1 },
};

const char *
igd_switch_name(unsigned number)
{
    return igd_switches[number].name;
}

// Returns the value of a hexadecimal digit, or -1.
static int
igd_hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// Returns the number that one or two hexadecimal digits are, or -1.
static int
igd_hex_number(const uint8_t *text, int bytes)
{
    int value = 0;
    if (bytes < 1 || bytes > 2)
        return -1;
    for (; bytes; bytes--, text++) {
        int digit = igd_hex_digit(*text);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

int
igd_switch_read(unsigned number, const uint8_t *text, int bytes, struct igd_findings *found)
{
    if (bytes < 0)
        return -1;
    int value = igd_hex_number(text, bytes);
    if (value >= igd_switches[number].least && value <= igd_switches[number].most)
        return value;
    igd_find(found, IGD_WARN_SWITCH, number, igd_switches[number].most);
    return -1;
}
