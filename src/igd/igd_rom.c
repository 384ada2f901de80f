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
            else if (igd_get16(data + IGD_PCIR_CLASS) == device->class)
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
#define IGD_BDSM_HELPER_BYTES 19
#define IGD_BDSM_HELPER_LAST (IGD_BDSM_HELPER_BYTES - 1)
#define IGD_BDSM_HELPER_START 0x3e832e66
// Bits 2 to 4 tell the last five bytes apart. For each of them four bits of a word, at the place
// that these bits are: how many bytes of the helper follow.
#define IGD_BDSM_TAIL 0x1c
#define IGD_BDSM_TAIL_FOLLOW (0u << (0x10 & IGD_BDSM_TAIL) | 1u << (0x5e & IGD_BDSM_TAIL) \
    | 2u << (0xb8 & IGD_BDSM_TAIL) | 3u << (0x0f & IGD_BDSM_TAIL) | 4u << (0xeb & IGD_BDSM_TAIL))

static int
igd_is_bdsm_helper(const uint8_t *at)
{
    return igd_get32(at) == IGD_BDSM_HELPER_START && igd_get16(at + 4) == igd_get16(at + 12)
        && igd_get32(at + 6) == 0x66077400 && igd_get16(at + 10) == 0xa12e
        && igd_get32(at + 14) == 0x5eb80feb && at[18] == 0x10;
}

// Where the helper is, *matches times; the last place if that is not once. Of every five bytes
// one is looked at. If the helper's tail is there, it tells where the helper must start: in the
// image, whatever the byte is, but perhaps not end in it.
static uint32_t
igd_find_helper(const uint8_t *image, uint32_t image_bytes, uint32_t *matches)
{
    uint32_t at = IGD_BDSM_HELPER_LAST - 5, helper = 0;
    *matches = 0;
    while ((at += 5) < image_bytes) {
        const uint8_t *tail = image + at;
        uint32_t follow = IGD_BDSM_TAIL_FOLLOW >> (*tail & IGD_BDSM_TAIL) & 7;
        if (igd_get32(tail + follow - IGD_BDSM_HELPER_LAST) == IGD_BDSM_HELPER_START
            && at + follow + 1 < image_bytes
            && igd_is_bdsm_helper(tail + follow - IGD_BDSM_HELPER_LAST)) {
            helper = at + follow - IGD_BDSM_HELPER_LAST;
            ++*matches;
        }
    }
    return helper;
}

void
igd_rom_mend(uint8_t *image, uint32_t image_bytes, struct igd_findings *found)
{
    uint8_t came = igd_sum(image, image_bytes), sum = came;
    uint32_t matches, helper = igd_find_helper(image, image_bytes, &matches), i;
    uint32_t cache = igd_get16(image + helper + 4);
    // Neither in the header, nor in the helper's own code, nor the last byte.
    if (matches == 1 && cache >= IGD_ROM_HEADER_BYTES
        && igd_file_at(image, image_bytes, cache, 4 + 1)
        && cache + 3 - helper >= IGD_BDSM_HELPER_BYTES + 3 && igd_get32(image + cache)) {
        igd_find(found, IGD_WARN_ROM_BDSM, igd_get32(image + cache), cache);
        sum -= igd_sum(image + cache, 4);
        for (i = 0; i < 4; i++)
            image[cache + i] = 0;
    }
    // If it was right before, only the clearing has changed it.
    if (sum && came)
        igd_find(found, IGD_WARN_ROM_CHECKSUM, came, 0);
    // The byte behind the jump that images start with, EBh or E9h, is nobody's; else the last one.
    i = (image[IGD_ROM_ENTRY] & 0xfd) == 0xe9 ? IGD_ROM_ENTRY + 3 : image_bytes - 1;
    image[i] -= sum;
}
