// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes where stolen memory goes, igd_gms_mb() to igd_stolen_place(): the input is what the device
// and QEMU tell of it, and RAM's end.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

// Returns the MiB that drivers count on.
static uint32_t
igd_fuzz_gms(const struct igd_device *device, uint16_t ggc, uint32_t stolen_mb)
{
    const struct igd_family *family = igd_family(device->device);
    struct igd_findings found = { .count = 0 };
    uint32_t gms_mb = igd_gms_mb(family, ggc);
    int wide = family->gms == IGD_GMS_GEN8 || family->gms == IGD_GMS_GEN9;

    igd_fuzz_between(0, wide ? 8160 : 992, gms_mb, "MiB of GMS");
    igd_fuzz_equal(0, gms_mb % 4, "MiB of GMS over a multiple of 4");
    igd_fuzz_equal(gms_mb, igd_gms_mb(family, ggc & (wide ? 0xff00 : 0x00f8)),
                   "MiB of GMS alone, GGC 0x%x", ggc);
    igd_gms_compare(device, gms_mb, stolen_mb << 20, &found);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(device->bdf == 0x0010 && gms_mb > stolen_mb,
                   igd_fuzz_count(&found, IGD_WARN_GMS), "warnings of %u MiB, %u reserved", gms_mb,
                   stolen_mb);
    igd_fuzz_equal(device->bdf == 0x0010 && gms_mb < stolen_mb,
                   igd_fuzz_count(&found, IGD_NOTE_GMS), "notes of %u MiB, %u reserved", gms_mb,
                   stolen_mb);
    return gms_mb;
}

// Returns the host's address: the reserved part is then at the end of what starts there.
static uint32_t
igd_fuzz_host(uint64_t reserved, uint32_t gms_mb, uint32_t stolen_mb)
{
    uint32_t addr = igd_stolen_host_addr(reserved, reserved >> 32, gms_mb, stolen_mb << 20);
    uint64_t base = reserved >> 20 << 20, end = base + (0x100000ull << (reserved >> 7 & 3));
    uint64_t bytes = (uint64_t)(gms_mb && gms_mb < stolen_mb ? gms_mb : stolen_mb) << 20;
    uint64_t start = end - bytes;
    if (!(reserved & 1) || reserved > 0xffffffff || end > 0xffffffff || bytes > end || start > base)
        start = 0;
    igd_fuzz_equal(start, addr, "host's address by 0x%llx, GMS %u MiB, %u MiB",
                   (unsigned long long)reserved, gms_mb, stolen_mb);
    igd_fuzz_equal(0, addr % 0x100000, "host's address over a MiB multiple");
    return addr;
}

static void
igd_fuzz_place_at(uint32_t stolen_bytes, uint64_t host_addr, uint32_t ram_end)
{
    struct igd_findings found = { .count = 0 };
    uint32_t addr = 0xa5a5a5a5;
    int err = igd_stolen_place(stolen_bytes, host_addr, ram_end, &addr, &found);

    igd_fuzz_findings(&found);
    if (err) {
        igd_fuzz_refused(err, IGD_ERR_STOLEN_ROOM, IGD_ERR_STOLEN_ROOM, &found);
        igd_fuzz_equal(0, addr, "address in spite of error %d", -err);
        igd_fuzz_between(ram_end, UINT32_MAX + 0x1000000ull, stolen_bytes + 0x1000000ull - 1,
                         "last byte of what would fit");
        return;
    }
    igd_fuzz_equal(0, addr % 0x100000, "address over a MiB multiple");
    igd_fuzz_between(0x1000000, ram_end - (uint64_t)stolen_bytes, addr, "address");
    if (host_addr % 0x100000 || host_addr < 0x1000000 || host_addr > ram_end
        || host_addr + stolen_bytes > ram_end) {
        igd_fuzz_between((uint64_t)ram_end - stolen_bytes - 0xfffff,
                         (uint64_t)ram_end - stolen_bytes, addr, "top of RAM");
        int other = host_addr % 0x100000 || host_addr < 0x1000000 || host_addr > UINT32_MAX;
        igd_fuzz_equal(host_addr && !other, igd_fuzz_count(&found, IGD_WARN_STOLEN_BASE),
                       "warnings of RAM");
        igd_fuzz_equal(host_addr && other, igd_fuzz_count(&found, IGD_WARN_STOLEN_BASE_VALUE),
                       "warnings of the address");
    } else {
        igd_fuzz_equal(host_addr, addr, "address");
        igd_fuzz_equal(0, found.count, "findings of the host's address");
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 28)
        return -1;
    struct igd_device device = { igd_fuzz_get(data, 2), 0x8086, igd_fuzz_get(data + 2, 2), 0x0300 };
    uint32_t stolen_mb = igd_fuzz_get(data + 6, 2) % 4096, ram_end = igd_fuzz_get(data + 16, 4);
    uint32_t gms_mb = igd_fuzz_gms(&device, igd_fuzz_get(data + 4, 2), stolen_mb);
    uint32_t host_addr = igd_fuzz_host(igd_fuzz_get(data + 8, 8), gms_mb, stolen_mb);
    if (!stolen_mb)
        return 0;
    igd_fuzz_place_at(stolen_mb << 20, host_addr, ram_end);
    igd_fuzz_place_at(stolen_mb << 20, igd_fuzz_get(data + 20, 8), ram_end);
    return 0;
}
