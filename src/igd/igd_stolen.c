// SPDX-License-Identifier: LGPL-3.0-only
// Stolen memory: whether to reserve it, how much, and where.
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

uint32_t
igd_gms_mb(const struct igd_family *family, uint16_t ggc)
{
    uint32_t gms = ggc >> IGD_GGC_GMS_SHIFT & IGD_GGC_GMS_MASK;
    if (family->gms >= IGD_GMS_GEN8)
        gms = ggc >> IGD_GGC_GMS8_SHIFT;
    if (family->gms == IGD_GMS_GEN9 && gms >= IGD_GMS9_SMALL)
        return (gms - IGD_GMS9_SMALL + 1) * IGD_GMS_SMALL_MB;
    if (family->gms == IGD_GMS_CHV && gms >= IGD_GMS_CHV_MORE)
        return (gms - IGD_GMS_CHV_MORE) * IGD_GMS_SMALL_MB + IGD_GMS_CHV_MORE_FIRST_MB;
    if (family->gms == IGD_GMS_CHV && gms >= IGD_GMS_CHV_SMALL)
        return (gms - IGD_GMS_CHV_SMALL) * IGD_GMS_SMALL_MB + IGD_GMS_CHV_SMALL_FIRST_MB;
    return gms * IGD_GMS_MB;
}

void
igd_gms_compare(const struct igd_device *device, uint32_t gms_mb, uint32_t stolen_bytes,
                struct igd_findings *found)
{
    uint32_t stolen_mb = stolen_bytes >> 20;
    if (device->bdf == IGD_BDF_PRIMARY && gms_mb != stolen_mb)
        igd_find(found, gms_mb > stolen_mb ? IGD_WARN_GMS : IGD_NOTE_GMS, gms_mb, stolen_mb);
}

uint32_t
igd_stolen_host_addr(uint32_t reserved, uint32_t reserved_high, uint32_t gms_mb,
                     uint32_t stolen_bytes)
{
    // QEMU before 10.0 asks for the GTT's size as well, which lies elsewhere on the host.
    if (gms_mb && gms_mb < stolen_bytes >> 20)
        stolen_bytes = gms_mb << 20;
    uint32_t bytes = IGD_STOLEN_ALIGN_BYTES
        << (reserved >> IGD_RESERVED_SIZE_SHIFT & IGD_RESERVED_SIZE_MASK);
    uint32_t end = (reserved & IGD_BDSM_BASE_MASK) + bytes;
    if (!(reserved & IGD_RESERVED_ENABLE) || reserved_high || bytes > stolen_bytes
        || end < stolen_bytes)
        return 0;
    return end - stolen_bytes;
}

int
igd_stolen_place(uint32_t stolen_bytes, uint64_t host_addr, uint32_t ram_end, uint32_t *addr,
                 struct igd_findings *found)
{
    uint32_t room = ram_end > IGD_STOLEN_LEAST_ADDR
        ? (ram_end - IGD_STOLEN_LEAST_ADDR) & IGD_BDSM_BASE_MASK : 0;
    *addr = 0;
    if (stolen_bytes > room)
        return igd_find(found, IGD_ERR_STOLEN_ROOM, stolen_bytes, room);
    *addr = (ram_end - stolen_bytes) & IGD_BDSM_BASE_MASK;
    uint32_t wish = host_addr;
    if (wish == host_addr && wish >= IGD_STOLEN_LEAST_ADDR && wish <= ram_end - stolen_bytes
        && !(wish & ~IGD_BDSM_BASE_MASK))
        *addr = wish;
    else if (host_addr)
        igd_find64(found, IGD_WARN_STOLEN_BASE, host_addr, ram_end);
    return 0;
}

void
igd_host_leftovers(const struct igd_family *family, uint32_t bgsm,
                   const uint32_t dbuf[IGD_DBUF_SLICES], int at_host, struct igd_findings *found)
{
    unsigned i;
    if (family->gen < 12)
        return;
    if (bgsm & IGD_BDSM_BASE_MASK && !at_host)
        igd_find(found, IGD_NOTE_BGSM, bgsm, 0);
    for (i = 0; i < IGD_DBUF_SLICES; i++) {
        // Powered, but nobody asked for it. All ones is what no register reads.
        if ((dbuf[i] & (IGD_DBUF_POWER_STATE | IGD_DBUF_POWER_REQUEST)) == IGD_DBUF_POWER_STATE) {
            igd_find(found, IGD_NOTE_DBUF, i, dbuf[i]);
            return;
        }
    }
}
