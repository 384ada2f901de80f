// SPDX-License-Identifier: LGPL-3.0-only
// The IGD's option ROM: the image to run, and what must be mended in the copy of it.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_rom
#include "igd_bytes.h" // igd_file_at

// Whether a PCI data structure's device list has an id. The list follows PCI Firmware
// Specification 3.0: its offset counts from the structure, 0000h ends it.
static int
igd_rom_lists(const uint8_t *file, uint32_t file_bytes, uint32_t pcir, uint16_t device_id)
{
    const uint8_t *data = igd_file_at(file, file_bytes, pcir, IGD_PCIR_BYTES);
    uint32_t list = igd_get16(data + IGD_PCIR_DEVICE_LIST);
    if (data[IGD_PCIR_REVISION] < 3 || !list)
        return 0;
    for (list += pcir; ; list += 2) {
        const uint8_t *id = igd_file_at(file, file_bytes, list, 2);
        if (!id || !igd_get16(id))
            return 0;
        if (igd_get16(id) == device_id)
            return 1;
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

        rom->match = 0;
        if (data[IGD_PCIR_CODE_TYPE] == IGD_PCIR_CODE_X86
            && igd_get16(data + IGD_PCIR_VENDOR) == device->vendor) {
            // VBIOSes serve a family: most carry one id of it, and later ones a list.
            if (igd_get16(data + IGD_PCIR_DEVICE) == device->device)
                rom->match = IGD_ROM_BY_ID;
            else if (igd_rom_lists(file, file_bytes, value, device->device))
                rom->match = IGD_ROM_BY_LIST;
            else if (igd_get16(data + IGD_PCIR_CLASS) == device->class_code)
                rom->match = IGD_ROM_BY_CLASS;
        }
        if (rom->match) {
            // The size in the header is what runs, so the PCI data must be inside that.
            code = IGD_ERR_ROM_BYTES;
            rom->offset = offset;
            rom->bytes = head[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
            limit -= offset;
            if (rom->bytes <= limit && value - offset + IGD_PCIR_BYTES <= rom->bytes)
                return 0;
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

// The helper in Intel's VBIOS that returns the host's cached BDSM, or reads the register when
// the cache is 0 (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series). Both vv are one offset:
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

// Returns where the cached BDSM is, if the helper is there just once and what it caches can be a
// variable: neither in the header, nor in the helper's code, nor the last byte. Else 0.
static uint32_t
igd_find_cache(const uint8_t *image, uint32_t image_bytes)
{
    uint32_t at, helper = 0, matches = 0;
    // A helper that has the last byte is none: the sum may be mended in that byte.
    for (at = 0; at + IGD_HELPER_BYTES < image_bytes; at++) {
        if (igd_is_bdsm_helper(image + at)) {
            helper = at;
            matches++;
        }
    }
    if (matches != 1)
        return 0;
    uint32_t cache = igd_get16(image + helper + IGD_HELPER_CACHE);
    int in_helper = cache + 4 > helper && cache < helper + IGD_HELPER_BYTES;
    if (cache < IGD_ROM_HEADER_BYTES || in_helper || !igd_file_at(image, image_bytes, cache, 4 + 1))
        return 0;
    return cache;
}

int
igd_rom_mend(uint8_t *image, uint32_t image_bytes, struct igd_findings *found)
{
    uint8_t came = igd_sum(image, image_bytes);
    uint32_t cache = igd_find_cache(image, image_bytes), bdsm = 0, i;
    if (cache)
        bdsm = igd_get32(image + cache);
    if (bdsm) {
        igd_find(found, IGD_WARN_ROM_BDSM, bdsm, cache);
        for (i = 0; i < 4; i++)
            image[cache + i] = 0;
    }
    uint8_t sum = igd_sum(image, image_bytes);
    // If the sum was right before, only the clearing has changed it.
    if (sum && came)
        igd_find(found, IGD_WARN_ROM_CHECKSUM, came, 0);
    // The byte behind the jump that images start with, EBh or E9h, is nobody's; else the last one.
    i = (image[IGD_ROM_ENTRY] & 0xfd) == 0xe9 ? IGD_ROM_ENTRY + 3 : image_bytes - 1;
    image[i] -= sum;
    return bdsm != 0;
}
