// SPDX-License-Identifier: LGPL-3.0-only
// Stolen memory: whether to reserve it, and how much.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_stolen_size
#include "igd_bytes.h" // igd_get64

int
igd_stolen_size(const struct igd_device *device, const uint8_t *file, uint32_t file_bytes,
                uint32_t *stolen_bytes, struct igd_findings *found)
{
    *stolen_bytes = 0;
    if (!file) {
        if (device->bdf == IGD_BDF_PRIMARY)
            igd_find(found, IGD_NOTE_NO_STOLEN, 0, 0);
        return 0;
    }
    if (file_bytes != IGD_STOLEN_FILE_BYTES)
        return igd_find(found, IGD_ERR_STOLEN_FILE, file_bytes, IGD_STOLEN_FILE_BYTES);
    uint64_t bytes = igd_get64(file);
    if (!bytes) {
        igd_find(found, IGD_NOTE_STOLEN_ZERO, 0, 0);
        return 0;
    }
    if (device->bdf != IGD_BDF_PRIMARY)
        return igd_find(found, IGD_ERR_STOLEN_ADDRESS, device->bdf, IGD_BDF_PRIMARY);
    // Before rounding: the largest sizes would wrap to 0.
    if (bytes > IGD_STOLEN_LIMIT_BYTES)
        return igd_find64(found, IGD_ERR_STOLEN_LIMIT, bytes, IGD_STOLEN_LIMIT_BYTES);
    uint32_t whole = ((uint32_t)bytes + IGD_STOLEN_ALIGN_BYTES - 1) & IGD_BDSM_BASE_MASK;
    if (whole != bytes)
        igd_find(found, IGD_WARN_STOLEN_ROUNDED, bytes, whole);
    if (!igd_family(device->device)->mask)
        igd_find(found, IGD_WARN_DEVICE_ID, device->device, 0);
    *stolen_bytes = whole;
    return 0;
}
