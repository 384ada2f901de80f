// SPDX-License-Identifier: LGPL-3.0-only
// An example for the library: says what firmware would do with an OpRegion, and does nothing.
// Copyright (C) 2026 The seabios-igd authors
#include <stdio.h> // printf
#include <stdlib.h> // strtoul
#include "igd.h" // igd_opregion_read

// Takes stolen memory from RAM's end, *top; size is little-endian, as QEMU's. Returns 1 if refused.
static int
plan_stolen(uint16_t device_id, uint64_t size, uint32_t *top, struct igd_findings *found)
{
    struct igd_device device = { IGD_BDF_PRIMARY, IGD_PCI_VENDOR_INTEL, device_id, 0x0300 };
    struct igd_write write[2];
    uint32_t bytes, addr, i;
    if (igd_stolen_size(&device, (uint8_t *)&size, sizeof(size), 0, 0, &bytes, found)
        || (bytes && igd_stolen_place(bytes, 0, *top, &addr, found)))
        return 1;
    *top = bytes ? addr : *top;
    for (i = 0; bytes && i < igd_bdsm_writes(igd_family(device_id), *top, write); i++)
        printf("stolen memory: config 0x%x = 0x%x\n", write[i].reg, write[i].value);
    return 0;
}

// The OpRegion likewise: its room is known before it is read, its address told the device last.
static int
plan_opregion(FILE *file, uint32_t *top, struct igd_findings *found)
{
    static uint8_t copy[IGD_OPREGION_LIMIT_BYTES + 1];
    uint32_t file_bytes = fread(copy, 1, sizeof(copy), file), bytes;
    struct igd_opregion region;
    struct igd_write write;
    if (igd_opregion_room(file_bytes, &bytes, found)
        || (bytes > *top && igd_find(found, IGD_ERR_OPREGION_ROOM, bytes, *top))
        || igd_opregion_read(copy, file_bytes, &region, found))
        return 1;
    igd_opregion_mend(copy, file_bytes, &region);
    *top = (*top - bytes) & ~(IGD_PAGE_BYTES - 1);
    igd_asls_write(*top, &write);
    printf("VBT \"%s\": config 0x%x = 0x%x\n", region.vbt_name, write.reg, write.value);
    return 0;
}

// Exit code: 0 planned, 1 something was refused (the lines say why), 2 wrong usage or no such file.
int
main(int argc, char **argv)
{
    FILE *file = argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return fputs("usage: plan OPREGION-FILE TOP-OF-RAM DEVICE-ID STOLEN-BYTES\n", stderr), 2;
    struct igd_findings found = { .count = 0 };
    uint32_t top = strtoul(argv[2], NULL, 0), i;
    int refused = plan_stolen(strtoul(argv[3], NULL, 0), strtoull(argv[4], NULL, 0), &top, &found);
    refused |= plan_opregion(file, &top, &found);
    for (i = 0; i < found.count; i++) {
        char line[IGD_LINE_BYTES];
        igd_message(found.item[i].code, line);
        printf(line, (unsigned long long)found.item[i].value, found.item[i].limit);
    }
    return refused;
}
