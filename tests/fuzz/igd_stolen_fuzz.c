// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_stolen_size(): the input is whether there is a file, BDF, device id, then the file.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 5)
        return -1;
    struct igd_device device = {
        igd_fuzz_get(data + 1, 2), 0x8086, igd_fuzz_get(data + 3, 2), 0x0300
    };
    const uint8_t *file = data[0] & 1 ? data + 5 : NULL;
    uint32_t file_bytes = file ? size - 5 : 0, stolen_bytes = 0xa5a5a5a5;
    uint64_t wanted = file && file_bytes == 8 ? igd_fuzz_get(file, 8) : 0;
    struct igd_findings found = { .count = 0 };
    int err = igd_stolen_size(&device, file, file_bytes, &stolen_bytes, &found);

    igd_fuzz_findings(&found);
    igd_fuzz_equal(0, stolen_bytes % 0x100000, "bytes over a MiB multiple");
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_STOLEN_FILE, IGD_ERR_STOLEN_ADDRESS, &found);
        igd_fuzz_equal(0, stolen_bytes, "bytes in spite of error %d", -err);
    } else if (!wanted) {
        igd_fuzz_equal(0, stolen_bytes, "bytes without a size");
        igd_fuzz_equal(file || device.bdf == 0x0010, found.count, "notes");
    } else {
        igd_fuzz_equal(0x0010, device.bdf, "BDF that gets stolen memory");
        igd_fuzz_between(wanted, 0xfff00000, stolen_bytes, "bytes");
        igd_fuzz_between(0, 0xfffff, stolen_bytes - wanted, "bytes added");
        igd_fuzz_equal(stolen_bytes != wanted, igd_fuzz_count(&found, IGD_WARN_STOLEN_ROUNDED),
                       "warnings of rounding");
    }
    return 0;
}
