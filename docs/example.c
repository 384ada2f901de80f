// SPDX-License-Identifier: LGPL-3.0-only
// An example for the library: says what firmware would do for an IGD, and does nothing.
// Copyright (C) 2026 The seabios-igd authors
#include <stdarg.h> // va_list
#include <stdio.h> // vprintf
#include <stdlib.h> // strtoul
#include "igd.h" // igd_plan_stolen

// Firmware gives igd_message() its own printf.
static void
print(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}

// The OpRegion's room is known before it is read. The device is told of its address last.
static int
plan_opregion(FILE *file, uint32_t top, struct igd_findings *found)
{
    static uint8_t copy[IGD_OPREGION_LIMIT_BYTES + 1];
    uint32_t file_bytes = fread(copy, 1, sizeof(copy), file), bytes;
    struct igd_opregion region;
    if (igd_opregion_room(file_bytes, &bytes, found)
        || (bytes > top && igd_find(found, IGD_ERR_OPREGION_ROOM, bytes, top))
        || igd_opregion_read(copy, file_bytes, &region, found))
        return 1;
    igd_opregion_mend(copy, file_bytes, &region);
    struct igd_write asls = igd_asls_write((top - bytes) & ~(IGD_PAGE_BYTES - 1));
    printf("VBT \"%s\": config 0x%x = 0x%x\n", region.vbt_name, asls.reg, asls.value);
    return 0;
}

// Exit code: 0 planned, 1 something was refused (the lines say why), 2 wrong usage or no such file.
int
main(int argc, char **argv)
{
    FILE *file = argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return fputs("usage: plan OPREGION-FILE TOP-OF-RAM DEVICE-ID STOLEN-BYTES\n", stderr), 2;
    // Firmware reads registers, and tries BDSM. Here all are 0, BDSM can be written, BAR0 not read.
    struct igd_snapshot in = {
        { IGD_BDF_PRIMARY, IGD_PCI_VENDOR_INTEL, strtoul(argv[3], NULL, 0), IGD_PCI_CLASS_VGA },
        .reserved = { ~0, ~0 }, .dbuf = { ~0, ~0, ~0, ~0 },
        .size = { 8 }, .base = { -1 }, .ram_end = strtoul(argv[2], NULL, 0),
    };
    for (int i = 0; i < 8; i++)
        in.size.bytes[i] = strtoull(argv[4], NULL, 0) >> 8 * i;
    struct igd_findings found = { .count = 0 };
    struct igd_stolen plan;
    int err = igd_plan_stolen(&in, &plan, &found);
    for (int i = 0; i < plan.writes; i++)
        printf("stolen memory: config 0x%x = 0x%x\n", plan.write[i].reg, plan.write[i].value);
    err |= plan_opregion(file, plan.bytes ? plan.addr : in.ram_end, &found);
    for (int i = 0; i < found.count; i++)
        igd_message(&found.item[i], print);
    return err != 0;
}
