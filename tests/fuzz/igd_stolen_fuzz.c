// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_stolen_size(): the input is whether there is a file, BDF, device id, GGC, BDSM's upper
// half, then the file. igd_stolen_file_addr() gets the file, too.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 9)
        return -1;
    struct igd_device device = {
        igd_fuzz_get(data + 1, 2), 0x8086, igd_fuzz_get(data + 3, 2), 0x0300
    };
    const uint8_t *file = data[0] & 1 ? data + 9 : NULL;
    uint32_t gms_mb = igd_gms_mb(igd_family(device.device), igd_fuzz_get(data + 5, 2));
    uint32_t bdsm = igd_fuzz_get(data + 7, 2) << 16;
    uint32_t file_bytes = file ? size - 9 : 0, stolen_bytes = 0xa5a5a5a5;
    uint64_t wanted = file && file_bytes == 8 ? igd_fuzz_get(file, 8) : 0;
    struct igd_findings found = { .count = 0 };
    int err = igd_stolen_size(&device, file, file_bytes, gms_mb, bdsm, &stolen_bytes, &found);

    igd_fuzz_findings(&found);
    igd_fuzz_equal(0, stolen_bytes % 0x100000, "bytes over a MiB multiple");
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_STOLEN_FILE, IGD_ERR_STOLEN_UNSET, &found);
        igd_fuzz_equal(0, stolen_bytes, "bytes in spite of error %d", -err);
        igd_fuzz_equal(err == -IGD_ERR_STOLEN_UNSET,
                       device.bdf == 0x0010 && gms_mb && bdsm < 0x100000 && !wanted
                       && (!file || file_bytes == 8), "BDSM that is missed");
    } else if (!wanted) {
        igd_fuzz_equal(0, stolen_bytes, "bytes without a size");
        igd_fuzz_equal(file || device.bdf == 0x0010, found.count, "notes");
        igd_fuzz_equal(0, device.bdf == 0x0010 && gms_mb && bdsm < 0x100000, "BDSM is missed");
    } else {
        igd_fuzz_equal(0x0010, device.bdf, "BDF that gets stolen memory");
        igd_fuzz_between(wanted, 0xfff00000, stolen_bytes, "bytes");
        igd_fuzz_between(0, 0xfffff, stolen_bytes - wanted, "bytes added");
        igd_fuzz_equal(stolen_bytes != wanted, igd_fuzz_count(&found, IGD_WARN_STOLEN_ROUNDED),
                       "warnings of rounding");
    }
    found.count = 0;
    if (igd_stolen_file_addr(file, file ? (int)file_bytes : -1, &found) != wanted)
        igd_fuzz_equal(1, 0, "address of the file is that in it");
    igd_fuzz_equal(file && file_bytes != 8, igd_fuzz_count(&found, IGD_WARN_STOLEN_BASE_FILE),
                   "warnings of the file's size");
    return 0;
}
