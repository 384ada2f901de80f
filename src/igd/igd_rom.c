// SPDX-License-Identifier: LGPL-3.0-only
// The IGD's option ROM: the image to run, and what must be mended in the copy of it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_rom
#include "igd_bytes.h" // igd_file_at

// Returns why the image whose PCI data structure is at pcir fits a device, 0 if it does not. The
// device list follows PCI Firmware Specification 3.0: its offset counts from the structure, 0000h
// ends it.
static uint8_t
igd_rom_match(const uint8_t *file, uint32_t file_bytes, uint32_t pcir,
              const struct igd_device *device)
{
    const uint8_t *data = igd_file_at(file, file_bytes, pcir, IGD_PCIR_BYTES);
    uint32_t list = igd_get16(data + IGD_PCIR_DEVICE_LIST);
    int by_id = igd_get16(data + IGD_PCIR_DEVICE) == device->device;
    int by_class = igd_get16(data + IGD_PCIR_CLASS) == device->class_code;
    if (data[IGD_PCIR_CODE_TYPE] != IGD_PCIR_CODE_X86
        || igd_get16(data + IGD_PCIR_VENDOR) != device->vendor)
        return 0;
    if (data[IGD_PCIR_REVISION] < 3 || !list)
        return by_id ? IGD_ROM_BY_ID : by_class ? IGD_ROM_BY_CLASS : 0;
    for (list += pcir; ; list += 2) {
        const uint8_t *id = igd_file_at(file, file_bytes, list, 2);
        if (!id || !igd_get16(id))
            return by_id || by_class ? IGD_ROM_BY_FORCE : 0;
        if (igd_get16(id) == device->device)
            return IGD_ROM_BY_LIST;
    }
}

int
igd_rom_find(const uint8_t *file, uint32_t file_bytes, const struct igd_device *device,
             struct igd_rom *rom, struct igd_findings *found)
{
    uint8_t code;
    uint32_t offset = 0, next_bytes, value, limit;
    for (;; offset += next_bytes) {
        limit = file_bytes;
        code = IGD_ERR_ROM_SIGNATURE;
        value = offset;
        const uint8_t *head = igd_file_at(file, file_bytes, offset, IGD_ROM_HEADER_BYTES);
        if (!head || igd_get16(head) != IGD_ROM_SIGNATURE)
            break;
        code = IGD_ERR_ROM_PCIR;
        value = offset + igd_get16(head + IGD_ROM_PCIR);
        const uint8_t *data = igd_file_at(file, file_bytes, value, IGD_PCIR_BYTES);
        if (!data || igd_get32(data) != IGD_PCIR_SIGNATURE)
            break;

        rom->match = igd_rom_match(file, file_bytes, value, device);
        if (rom->match) {
            // The size in the header is what runs, so the PCI data must be inside that.
            code = IGD_ERR_ROM_BYTES;
            rom->offset = offset;
            rom->bytes = head[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
            limit -= offset;
            if (rom->bytes <= limit && value - offset + IGD_PCIR_BYTES <= rom->bytes) {
                if (rom->match == IGD_ROM_BY_FORCE)
                    igd_find(found, IGD_WARN_ROM_FAMILY, device->device, 0);
                return 0;
            }
            value = rom->bytes;
            break;
        }
        // A length of 0 would find the same image for ever.
        code = IGD_ERR_ROM_MATCH;
        value = file_bytes;
        limit = device->device;
        next_bytes = igd_get16(data + IGD_PCIR_IMAGE_SIZE) * IGD_ROM_UNIT_BYTES;
        if (data[IGD_PCIR_INDICATOR] & IGD_PCIR_LAST || !next_bytes)
            break;
    }
    return igd_find(found, code, value, limit);
}

// The helper in Intel's VBIOS that returns the cached BDSM, or reads the register when the
// cache is 0 (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series). Both vv are one offset:
//     66 2e 83 3e vv vv 00   cmpl $0, %cs:v
//     74 07                  je   read
//     66 2e a1 vv vv         movl %cs:v, %eax
//     eb 0f                  jmp  done
//     b8 5e 10         read: movw $0x105e, %ax
#define IGD_HELPER_BYTES 19
#define IGD_HELPER_CACHE 4 // u16, where the cached BDSM is
#define IGD_HELPER_CACHE_AGAIN 12

static int
igd_is_bdsm_helper(const uint8_t *at)
{
    static const uint8_t igd_helper[IGD_HELPER_BYTES] = {
        0x66, 0x2e, 0x83, 0x3e, 0, 0, 0x00, 0x74, 0x07,
        0x66, 0x2e, 0xa1, 0, 0, 0xeb, 0x0f, 0xb8, 0x5e, 0x10,
    };
    unsigned i;
    for (i = 0; i < IGD_HELPER_BYTES; i++) {
        int is_offset = (i & ~1) == IGD_HELPER_CACHE || (i & ~1) == IGD_HELPER_CACHE_AGAIN;
        if (!is_offset && at[i] != igd_helper[i])
            return 0;
    }
    return igd_get16(at + IGD_HELPER_CACHE) == igd_get16(at + IGD_HELPER_CACHE_AGAIN);
}

uint32_t
igd_rom_cache(const uint8_t *image, uint32_t image_bytes)
{
    uint32_t at, helper = 0, matches = 0;
    // The last byte cannot belong to a helper: igd_rom_mend() may mend the checksum in it.
    for (at = 0; at + IGD_HELPER_BYTES < image_bytes; at++) {
        if (igd_is_bdsm_helper(image + at)) {
            helper = at;
            matches++;
        }
    }
    if (matches != 1)
        return 0;
    // The cache must be a variable: neither in the header, nor in the helper's code, nor in the
    // last byte.
    uint32_t cache = igd_get16(image + helper + IGD_HELPER_CACHE);
    int in_helper = cache + 4 > helper && cache < helper + IGD_HELPER_BYTES;
    if (cache < IGD_ROM_HEADER_BYTES || in_helper
        || !igd_file_at(image, image_bytes, cache, 4 + 1))
        return 0;
    return cache;
}

uint32_t
igd_gtt_trial_value(uint32_t addr)
{
    // The entry is not valid, and has an address that no old entry has.
    return addr & ~1u;
}

uint32_t
igd_vbios_bdsm(uint32_t addr, const struct igd_gtt_trial *trial, uint8_t *rewrites)
{
    uint32_t added = trial->read - trial->wrote;
    *rewrites = trial->tried && added;
    if (!trial->tried)
        return 0;
    // QEMU has added the guest's base and subtracted the host's.
    uint32_t host_addr = addr - added;
    if (host_addr & ~IGD_BDSM_BASE_MASK) {
        *rewrites = 0; // what was read is no entry
        return 0;
    }
    return host_addr;
}

uint32_t
igd_mend_gtt_entry(uint32_t entry, uint32_t n, uint32_t vbios_bdsm,
                   const struct igd_stolen *stolen)
{
    uint32_t page = entry & IGD_GTT_PAGE_MASK, offset = page - vbios_bdsm;
    if (!(entry & IGD_GTT_VALID))
        return 0;
    if (page == stolen->addr + n * IGD_PAGE_BYTES
        || (offset != n * IGD_PAGE_BYTES && offset >= stolen->bytes))
        return entry;
    return entry - vbios_bdsm + stolen->addr;
}

unsigned
igd_gtt_entry_bytes(const struct igd_family *family)
{
    return family->gen < 8 ? 4 : 8;
}

void
igd_rom_mend(uint8_t *image, uint32_t image_bytes, uint32_t cache, uint32_t bdsm,
             struct igd_findings *found)
{
    uint8_t sum = igd_sum(image, image_bytes);
    unsigned i;
    if (sum)
        igd_find(found, IGD_WARN_ROM_CHECKSUM, sum, 0);
    if (cache && bdsm) {
        for (i = 0; i < 4; i++)
            image[cache + i] = bdsm >> 8 * i;
        sum = igd_sum(image, image_bytes);
    }
    // Nothing uses the byte behind the jump (EBh or E9h) that images start with. Else the last one.
    i = (image[IGD_ROM_ENTRY] & 0xfd) == 0xe9 ? IGD_ROM_ENTRY + 3 : image_bytes - 1;
    image[i] -= sum;
}

int
igd_wants_pm_base(const struct igd_device *device, uint32_t value)
{
    return device->vendor != 0xffff && !value;
}

uint8_t
igd_pm_timer_ticks(uint8_t seconds)
{
    // Rounded up, and one more, as the first one may come at once.
    return (seconds * IGD_PM_TIMER_HZ + 2 * IGD_PM_TIMER_WRAPS - 1) / IGD_PM_TIMER_WRAPS;
}
