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
igd_rom_find(const uint8_t *file, uint32_t file_bytes, uint32_t room_bytes,
             const struct igd_device *device, struct igd_rom *rom, struct igd_findings *found)
{
    uint32_t offset = 0, next_bytes;
    rom->offset = rom->bytes = 0;
    for (;; offset += next_bytes) {
        const uint8_t *head = igd_file_at(file, file_bytes, offset, IGD_ROM_HEADER_BYTES);
        if (!head || head[0] != 0x55 || head[1] != 0xaa)
            return igd_find(found, IGD_ERR_ROM_SIGNATURE, offset, file_bytes);
        uint32_t pcir = offset + igd_get16(head + IGD_ROM_PCIR);
        const uint8_t *data = igd_file_at(file, file_bytes, pcir, IGD_PCIR_BYTES);
        if (!data || igd_get32(data) != IGD_PCIR_SIGNATURE)
            return igd_find(found, IGD_ERR_ROM_PCIR, pcir, file_bytes);
        next_bytes = igd_get16(data + IGD_PCIR_IMAGE_SIZE) * IGD_ROM_UNIT_BYTES;

        rom->match = 0;
        if (data[IGD_PCIR_CODE_TYPE] == IGD_PCIR_CODE_X86
            && igd_get16(data + IGD_PCIR_VENDOR) == device->vendor) {
            // VBIOSes serve a family: most carry one id of it, and later ones a list.
            if (igd_get16(data + IGD_PCIR_DEVICE) == device->device)
                rom->match = IGD_ROM_BY_ID;
            else if (igd_rom_lists(file, file_bytes, pcir, device->device))
                rom->match = IGD_ROM_BY_LIST;
            else if (igd_get16(data + IGD_PCIR_CLASS) == device->class)
                rom->match = IGD_ROM_BY_CLASS;
        }
        if (rom->match) {
            rom->offset = offset;
            rom->bytes = head[IGD_ROM_SIZE] * IGD_ROM_UNIT_BYTES;
            if (!rom->bytes || rom->bytes > room_bytes)
                return igd_find(found, IGD_ERR_ROM_BYTES, rom->bytes, room_bytes);
            // The size in the header is what runs, so the PCI data must be inside that.
            if (!igd_file_at(file, file_bytes, offset, rom->bytes)
                || pcir - offset + IGD_PCIR_BYTES > rom->bytes)
                return igd_find(found, IGD_ERR_ROM_BYTES, rom->bytes, file_bytes - offset);
            return 0;
        }
        // A length of 0 would find the same image for ever.
        if (data[IGD_PCIR_INDICATOR] & IGD_PCIR_LAST || !next_bytes)
            return igd_find(found, IGD_ERR_ROM_MATCH, file_bytes, device->device);
    }
}

// The helper in Intel's VBIOS that returns the host's cached BDSM, or reads the register when
// the cache is 0 (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series). Both vv are one offset:
//     66 2e 83 3e vv vv 00   cmpl $0, %cs:v
//     74 07                  je   read
//     66 2e a1 vv vv         movl %cs:v, %eax
//     eb 0f                  jmp  done
//     b8 5e 10         read: movw $0x105e, %ax
// The bytes at 4, 5 and 12, 13 are the offset.
static const uint8_t igd_bdsm_helper[] = {
    0x66, 0x2e, 0x83, 0x3e, 0, 0, 0x00, 0x74, 0x07, 0x66, 0x2e, 0xa1, 0, 0, 0xeb, 0x0f,
    0xb8, 0x5e, 0x10,
};

static int
igd_is_bdsm_helper(const uint8_t *at)
{
    uint32_t i;
    for (i = 0; i < sizeof(igd_bdsm_helper); i++)
        if (at[i] != igd_bdsm_helper[i] && i != 4 && i != 5 && i != 12 && i != 13)
            return 0;
    return at[4] == at[12] && at[5] == at[13];
}

// Five bytes in a row that all differ, also in their low four bits: whatever the helper's place,
// one of them is at a multiple of 5. Looking at those alone is a fifth of the work, and this is
// a good part of what POST does for the IGD.
#define IGD_BDSM_HELPER_ROW 7
static const uint8_t igd_bdsm_row_of[16] = {
    [0x4] = 1, [0x7] = 2, [0x6] = 3, [0xe] = 4, [0x1] = 5,
};

// Where the helper is, *matches times; the last place if that is not once.
static uint32_t
igd_find_helper(const uint8_t *image, uint32_t image_bytes, uint32_t *matches)
{
    uint32_t at, helper = 0;
    *matches = 0;
    for (at = 0; at < image_bytes; at += 5) {
        uint32_t row = igd_bdsm_row_of[image[at] & 15], start;
        if (!row || image[at] != igd_bdsm_helper[IGD_BDSM_HELPER_ROW - 1 + row])
            continue;
        start = at - (IGD_BDSM_HELPER_ROW - 1 + row);
        if (igd_file_at(image, image_bytes, start, sizeof(igd_bdsm_helper))
            && igd_is_bdsm_helper(image + start)) {
            helper = start;
            ++*matches;
        }
    }
    return helper;
}

// Whether a byte belongs to so many at a place.
static int
igd_is_in(uint32_t byte, uint32_t at, uint32_t bytes)
{
    return byte - at < bytes;
}

void
igd_rom_mend(uint8_t *image, uint32_t image_bytes, struct igd_findings *found)
{
    uint8_t sum = igd_sum(image, image_bytes);
    uint32_t matches, helper = igd_find_helper(image, image_bytes, &matches), cache = 0, i;
    if (matches == 1) {
        cache = igd_get16(image + helper + 4);
        // Not the header, not the helper's own code.
        int data = cache >= IGD_ROM_HEADER_BYTES && igd_file_at(image, image_bytes, cache, 4)
            && !igd_is_in(cache + 3, helper, sizeof(igd_bdsm_helper) + 3);
        uint32_t stale = data ? igd_get32(image + cache) : 0;
        if (stale)
            igd_find(found, IGD_WARN_ROM_BDSM, stale, cache);
        for (i = cache; stale && i < cache + 4; i++) {
            sum -= image[i];
            image[i] = 0;
        }
    }
    if (!sum)
        return;
    igd_find(found, IGD_WARN_ROM_CHECKSUM, sum, 0);
    // The byte behind the jump that the image starts with is nobody's, unless the jump leads
    // there; else the last one, but not where the helper and its dword are.
    const uint8_t *entry = image + IGD_ROM_ENTRY;
    if ((entry[0] == 0xeb && entry[1] >= 2) || (entry[0] == 0xe9 && igd_get16(entry + 1)))
        i = IGD_ROM_ENTRY + 3;
    else
        for (i = image_bytes - 1; matches && (igd_is_in(i, cache, 4)
                 || igd_is_in(i, helper, sizeof(igd_bdsm_helper))); )
            i--;
    image[i] -= sum;
}
