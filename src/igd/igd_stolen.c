// SPDX-License-Identifier: LGPL-3.0-only
// Stolen memory: whether to reserve it, how much, and where.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_stolen_size
#include "igd_bytes.h" // igd_get64

int
igd_stolen_size(const struct igd_device *device, const uint8_t *file, uint32_t file_bytes,
                uint32_t gms_mb, uint32_t bdsm, uint32_t *stolen_bytes,
                struct igd_findings *found)
{
    int primary = device->bdf == IGD_BDF_PRIMARY;
    *stolen_bytes = 0;
    if (file && file_bytes != IGD_STOLEN_FILE_BYTES)
        return igd_find(found, IGD_ERR_STOLEN_FILE, file_bytes, IGD_STOLEN_FILE_BYTES);
    uint64_t bytes = file ? igd_get64(file) : 0;
    if (!bytes) {
        // What is counted on would be at 0.
        if (primary && gms_mb && !(bdsm & IGD_BDSM_BASE_MASK))
            return igd_find(found, IGD_ERR_STOLEN_UNSET, gms_mb, 0);
        if (primary || file)
            igd_find(found, file ? IGD_NOTE_STOLEN_ZERO : IGD_NOTE_NO_STOLEN, 0, 0);
        return 0;
    }
    if (!primary)
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

uint64_t
igd_stolen_file_addr(const uint8_t *file, int file_bytes, struct igd_findings *found)
{
    if (file_bytes == IGD_STOLEN_FILE_BYTES)
        return igd_get64(file);
    if (file_bytes >= 0)
        igd_find(found, IGD_WARN_STOLEN_BASE_FILE, file_bytes, IGD_STOLEN_FILE_BYTES);
    return 0;
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
    if (!host_addr)
        return 0;
    if (wish != host_addr || wish < IGD_STOLEN_LEAST_ADDR || wish & ~IGD_BDSM_BASE_MASK)
        igd_find64(found, IGD_WARN_STOLEN_BASE_VALUE, host_addr, IGD_STOLEN_LEAST_ADDR);
    else if (wish > ram_end - stolen_bytes)
        igd_find(found, IGD_WARN_STOLEN_BASE, wish, ram_end);
    else
        *addr = wish;
    return 0;
}

void
igd_host_leftovers(const struct igd_family *family, uint16_t ggc, uint32_t bgsm,
                   uint32_t stolen_addr, const uint32_t dbuf[IGD_DBUF_SLICES],
                   struct igd_findings *found)
{
    uint32_t gtt_addr = bgsm & IGD_BDSM_BASE_MASK, gtt_bytes = IGD_STOLEN_ALIGN_BYTES
        << (ggc >> IGD_GGC_GGMS_SHIFT & IGD_GGC_GGMS_MASK);
    unsigned i;
    if (family->gen < 12)
        return;
    if (gtt_addr && gtt_addr + gtt_bytes != stolen_addr)
        igd_find(found, IGD_NOTE_BGSM, bgsm, 0);
    for (i = 0; i < IGD_DBUF_SLICES; i++) {
        // Powered, but nobody asked for it. All ones is what no register reads.
        if ((dbuf[i] & (IGD_DBUF_POWER_STATE | IGD_DBUF_POWER_REQUEST)) == IGD_DBUF_POWER_STATE) {
            igd_find(found, IGD_NOTE_DBUF, i, dbuf[i]);
            return;
        }
    }
}
