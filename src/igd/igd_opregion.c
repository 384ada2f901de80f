// SPDX-License-Identifier: LGPL-3.0-only
// The OpRegion and the VBT in it: what the file holds, and what must be mended in the copy.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_opregion
#include "igd_bytes.h" // igd_file_at

static int
igd_same_bytes(const uint8_t *at, const char *text, uint32_t bytes)
{
    while (bytes--)
        if (at[bytes] != (uint8_t)text[bytes])
            return 0;
    return 1;
}

int
igd_opregion_room(uint32_t file_bytes, uint32_t *room_bytes, struct igd_findings *found)
{
    *room_bytes = 0;
    // Drivers map all five mailboxes, whatever the header says.
    if (file_bytes < IGD_OPREGION_BYTES)
        return igd_find(found, IGD_ERR_OPREGION_BYTES, file_bytes, IGD_OPREGION_BYTES);
    if (file_bytes > IGD_OPREGION_LIMIT_BYTES)
        return igd_find(found, IGD_ERR_OPREGION_LIMIT, file_bytes, IGD_OPREGION_LIMIT_BYTES);
    *room_bytes = (file_bytes + IGD_PAGE_BYTES - 1) & ~(IGD_PAGE_BYTES - 1);
    return 0;
}

// Reads the VBT at the start of a room. Returns 1 if i915 would take this VBT, too, else 0.
static int
igd_vbt_read(const uint8_t *vbt, uint32_t room_bytes, struct igd_opregion *opregion,
             struct igd_findings *found)
{
    if (room_bytes < IGD_VBT_HEADER_BYTES
        || !igd_same_bytes(vbt, IGD_VBT_SIGNATURE, IGD_VBT_SIGNATURE_BYTES))
        return 0;
    uint32_t vbt_bytes = igd_get16(vbt + IGD_VBT_SIZE), i;
    if (vbt_bytes < IGD_VBT_HEADER_BYTES || vbt_bytes > room_bytes) {
        igd_find(found, IGD_WARN_VBT_SIZE, vbt_bytes, room_bytes);
        return 0;
    }
    opregion->vbt_bytes = vbt_bytes;
    for (i = 0; i < IGD_VBT_NAME_BYTES; i++) {
        uint8_t c = vbt[IGD_VBT_NAME + i];
        opregion->vbt_name[i] = c >= ' ' && c <= '~' ? c : '.';
    }
    while (i && opregion->vbt_name[i - 1] == ' ')
        i--;
    opregion->vbt_name[i] = 0;

    uint8_t sum = igd_sum(vbt, vbt_bytes);
    if (sum)
        igd_find(found, IGD_WARN_VBT_CHECKSUM, sum, 0);
    // Zeros behind the VBT are the rest of its room; other bytes are data that nobody will read.
    uint32_t data_bytes = room_bytes;
    while (data_bytes > vbt_bytes && !vbt[data_bytes - 1])
        data_bytes--;
    if (data_bytes > vbt_bytes)
        igd_find(found, IGD_WARN_VBT_PADDED, data_bytes, vbt_bytes);
    return 1;
}

int
igd_opregion_read(const uint8_t *file, uint32_t file_bytes, struct igd_opregion *opregion,
                  struct igd_findings *found)
{
    const uint8_t *header = igd_file_at(file, file_bytes, 0, IGD_OPREGION_BYTES);
    if (!header)
        return igd_find(found, IGD_ERR_OPREGION_BYTES, file_bytes, IGD_OPREGION_BYTES);
    if (!igd_same_bytes(header, IGD_OPREGION_SIGNATURE, IGD_OPREGION_SIGNATURE_BYTES))
        return igd_find(found, IGD_ERR_OPREGION_SIGNATURE, file_bytes, 0);
    // Compared in KiB: a size of 4 GiB and more would not fit in bytes.
    uint32_t size_kb = igd_get32(header + IGD_OPREGION_SIZE_KB);
    if (size_kb > file_bytes >> 10)
        return igd_find(found, IGD_ERR_OPREGION_HEADER, (uint64_t)size_kb << 10, file_bytes);
    opregion->size_bytes = size_kb << 10;
    opregion->major = header[IGD_OPREGION_VERSION + 3];
    opregion->minor = header[IGD_OPREGION_VERSION + 2];
    opregion->mailboxes = igd_get32(header + IGD_OPREGION_MAILBOXES);
    opregion->rvda_outside = 0;
    opregion->vbt_offset = opregion->vbt_bytes = 0;
    opregion->vbt_name[0] = 0;

    uint64_t rvda = opregion->major >= 2 ? igd_get64(header + IGD_OPREGION_RVDA) : 0;
    uint32_t rvds = rvda ? igd_get32(header + IGD_OPREGION_RVDS) : 0;
    if (rvds) {
        int inside = (opregion->major > 2 || opregion->minor) && rvda <= file_bytes;
        const uint8_t *vbt = inside ? igd_file_at(file, file_bytes, rvda, rvds) : NULL;
        if (!vbt) {
            igd_find(found, IGD_WARN_RVDA, rvda, file_bytes);
            opregion->rvda_outside = 1;
        } else if (igd_vbt_read(vbt, rvds, opregion, found)) {
            opregion->vbt_offset = rvda;
            return 0;
        }
    }
    // Without a mailbox 5, mailbox 4 goes on to the end of the OpRegion.
    uint32_t end = opregion->mailboxes & IGD_OPREGION_HAS_MAILBOX5 ? IGD_OPREGION_MAILBOX5
                                                                   : IGD_OPREGION_BYTES;
    if (igd_vbt_read(header + IGD_OPREGION_MAILBOX4, end - IGD_OPREGION_MAILBOX4, opregion,
                     found))
        opregion->vbt_offset = IGD_OPREGION_MAILBOX4;
    else
        igd_find(found, IGD_WARN_VBT_MISSING, 0, 0);
    return 0;
}

void
igd_opregion_mend(uint8_t *file, uint32_t file_bytes, const struct igd_opregion *opregion)
{
    uint32_t i;
    if (opregion->rvda_outside && file_bytes >= IGD_OPREGION_BYTES)
        for (i = 0; i < IGD_OPREGION_RV_BYTES; i++)
            file[IGD_OPREGION_RVDA + i] = 0;
}

struct igd_write
igd_asls_write(uint32_t addr)
{
    struct igd_write write = { IGD_REG_ASLS, addr, 0xffffffff };
    return write;
}
