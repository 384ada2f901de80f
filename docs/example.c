// SPDX-License-Identifier: LGPL-3.0-only
// An example for the library: says what firmware would do with an OpRegion, and does nothing.
// Copyright (C) 2026 The seabios-igd authors
//
// exit: 0 planned, 1 something was refused (the lines say why), 2 wrong usage or no such file
#include <stdio.h> // printf
#include <stdlib.h> // strtoul

#include "igd.h" // igd_opregion_read

// Takes stolen memory from RAM's end, *top, as the host's place is not known. Returns 1 if refused.
static int
plan_stolen(uint16_t device_id, uint64_t size, uint32_t *top, struct igd_findings *found)
{
    struct igd_device device = { IGD_BDF_PRIMARY, IGD_PCI_VENDOR_INTEL, device_id,
                                 IGD_PCI_CLASS_VGA };
    struct igd_write write[2];
    uint8_t file[IGD_STOLEN_FILE_BYTES]; // as QEMU's etc/igd-bdsm-size
    uint32_t bytes, addr, i;
    for (i = 0; i < sizeof(file); i++)
        file[i] = size >> 8 * i;
    if (igd_stolen_size(&device, file, sizeof(file), &bytes, found))
        return 1;
    if (!bytes)
        return 0;
    if (igd_stolen_place(bytes, 0, *top, &addr, found))
        return 1;
    *top = addr;
    printf("stolen memory at 0x%x, 0x%x bytes\n", addr, bytes);
    uint32_t writes = igd_bdsm_writes(igd_family(device_id), addr, write);
    for (i = 0; i < writes; i++)
        printf("config 0x%x = 0x%x\n", write[i].reg, write[i].value);
    return 0;
}

// The OpRegion likewise: its room is known before it is read, its address told the device last.
static int
plan_opregion(FILE *file, uint32_t file_bytes, uint32_t *top, struct igd_findings *found)
{
    static uint8_t copy[IGD_OPREGION_LIMIT_BYTES];
    struct igd_opregion region;
    struct igd_write write;
    uint32_t bytes;
    if (igd_opregion_room(file_bytes, &bytes, found)
        || (bytes > *top && igd_find(found, IGD_ERR_OPREGION_ROOM, bytes, *top))
        || igd_opregion_read(copy, fread(copy, 1, file_bytes, file), &region, found))
        return 1;
    igd_opregion_mend(copy, file_bytes, &region);
    *top = (*top - bytes) & ~(IGD_PAGE_BYTES - 1);
    igd_asls_write(*top, &write);
    printf("OpRegion %d.%d at 0x%x, 0x%x bytes\n", region.major, region.minor, *top, bytes);
    printf("config 0x%x = 0x%x\n", write.reg, write.value);
    printf("VBT \"%s\", 0x%x bytes, panel word 0x%x\n", region.vbt_name, region.vbt_bytes,
           igd_panel(copy + region.vbt_offset, region.vbt_bytes));
    return 0;
}

int
main(int argc, char **argv)
{
    FILE *file = argc == 3 || argc == 5 ? fopen(argv[1], "rb") : NULL;
    if (!file || fseek(file, 0, SEEK_END)) {
        fprintf(stderr, "usage: plan OPREGION-FILE TOP-OF-RAM [DEVICE-ID STOLEN-BYTES]\n");
        return 2;
    }
    struct igd_findings found = { .count = 0 };
    uint32_t top = strtoul(argv[2], NULL, 0), file_bytes = ftell(file), i;
    rewind(file);
    int refused = argc == 5 && plan_stolen(strtoul(argv[3], NULL, 0),
                                           strtoull(argv[4], NULL, 0), &top, &found);
    refused |= plan_opregion(file, file_bytes, &top, &found);
    for (i = 0; i < found.count; i++) {
        char line[IGD_LINE_BYTES];
        igd_message(found.item[i].code, line);
        printf(line, (unsigned long long)found.item[i].value, found.item[i].limit);
    }
    return refused;
}
