// SPDX-License-Identifier: LGPL-3.0-only
// The plan of stolen memory: whether to reserve it, how much, and where.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_plan_stolen
#include "igd_bytes.h" // igd_get64

uint8_t
igd_bdsm_reg(const struct igd_device *device)
{
    return igd_family(device->device)->gen < 11 ? IGD_REG_BDSM : IGD_REG_BDSM64;
}

int
igd_wants_bar0(const struct igd_device *device)
{
    return device->bdf == IGD_BDF_PRIMARY && igd_family(device->device)->gen >= 11;
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

// The number in a file, 0 if there is none or if the file has another size than a number.
static uint64_t
igd_number(const struct igd_number_file *file)
{
    return file->file_bytes == IGD_NUMBER_FILE_BYTES ? igd_get64(file->bytes) : 0;
}

int
igd_wants_bdsm_trial(const struct igd_snapshot *in)
{
    return in->device.bdf == IGD_BDF_PRIMARY
        && (igd_number(&in->size) || igd_gms_mb(igd_family(in->device.device), in->ggc));
}

// How much to reserve: *bytes, 0 for none. Returns 0 or -IGD_ERR_STOLEN_*.
static int
igd_stolen_size(const struct igd_snapshot *in, uint32_t gms_mb, uint32_t *bytes,
                struct igd_findings *found)
{
    int primary = in->device.bdf == IGD_BDF_PRIMARY;
    int has_file = in->size.file_bytes >= 0;
    uint64_t size = igd_number(&in->size);
    *bytes = 0;
    if (has_file && in->size.file_bytes != IGD_NUMBER_FILE_BYTES)
        return igd_find(found, IGD_ERR_STOLEN_FILE, in->size.file_bytes, IGD_NUMBER_FILE_BYTES);
    if (!primary && size)
        return igd_find(found, IGD_ERR_STOLEN_ADDRESS, in->device.bdf, IGD_BDF_PRIMARY);
    if (!size && has_file)
        igd_find(found, IGD_NOTE_STOLEN_ZERO, gms_mb, 0);
    else if (!size && primary)
        igd_find(found, IGD_NOTE_NO_STOLEN, gms_mb, 0);
    // Drivers take the size from GMS, whatever QEMU says.
    if (!size && primary)
        size = (uint64_t)gms_mb << 20;
    // Compared before rounding: the largest sizes would wrap to 0.
    if (size > IGD_STOLEN_LIMIT_BYTES)
        return igd_find(found, IGD_ERR_STOLEN_LIMIT, size, IGD_STOLEN_LIMIT_BYTES);
    *bytes = ((uint32_t)size + IGD_STOLEN_ALIGN_BYTES - 1) & IGD_BDSM_BASE_MASK;
    if (*bytes != size)
        igd_find(found, IGD_WARN_STOLEN_ROUNDED, size, *bytes);
    return 0;
}

// Compares GMS, which drivers use, with the size that is reserved.
static void
igd_compare_gms(uint32_t gms_mb, uint32_t stolen_mb, struct igd_findings *found)
{
    if (!gms_mb)
        igd_find(found, IGD_WARN_GMS_ZERO, stolen_mb, 0);
    else if (gms_mb > stolen_mb)
        igd_find(found, IGD_WARN_GMS, gms_mb, stolen_mb);
    else if (gms_mb < stolen_mb)
        igd_find(found, IGD_NOTE_GMS, gms_mb, stolen_mb);
}

// The address that etc/igd-stolen-base tells, 0 if it tells none.
static uint64_t
igd_base_from_file(const struct igd_number_file *base, struct igd_findings *found)
{
    if (base->file_bytes >= 0 && base->file_bytes != IGD_NUMBER_FILE_BYTES)
        igd_find(found, IGD_WARN_STOLEN_BASE_FILE, base->file_bytes, IGD_NUMBER_FILE_BYTES);
    return igd_number(base);
}

// Returns the host's address: the reserved part in STOLEN_RESERVED ends where the host's stolen
// memory ends. 0 if the register is not set or tells no address below 4 GiB.
static uint32_t
igd_base_from_register(const uint32_t reserved[2], uint32_t gms_mb, uint32_t stolen_bytes)
{
    // QEMU before 10.0 adds the size of the GTT, which lies elsewhere on the host.
    if (gms_mb && gms_mb < stolen_bytes >> 20)
        stolen_bytes = gms_mb << 20;
    uint32_t reserved_bytes = IGD_STOLEN_ALIGN_BYTES
        << (reserved[0] >> IGD_RESERVED_SIZE_SHIFT & IGD_RESERVED_SIZE_MASK);
    uint32_t end = (reserved[0] & IGD_BDSM_BASE_MASK) + reserved_bytes;
    if (!(reserved[0] & IGD_RESERVED_ENABLE) || reserved[1] || reserved_bytes > stolen_bytes
        || end < stolen_bytes)
        return 0;
    return end - stolen_bytes;
}

// Whether stolen memory can be at the host's address. If not, a finding says why.
static int
igd_can_be_at(uint64_t host_addr, const struct igd_snapshot *in, uint32_t bytes,
              struct igd_findings *found)
{
    if (host_addr >> 32 || host_addr < IGD_STOLEN_LEAST_ADDR
        || host_addr & (IGD_STOLEN_ALIGN_BYTES - 1)) {
        igd_find(found, IGD_WARN_STOLEN_BASE_VALUE, host_addr, IGD_STOLEN_LEAST_ADDR);
        return 0;
    }
    if (host_addr > in->ram_end - bytes) {
        igd_find(found, IGD_WARN_STOLEN_BASE, host_addr, in->ram_end);
        return 0;
    }
    return 1;
}

// Places stolen memory. Returns 0 or -IGD_ERR_STOLEN_ROOM.
static int
igd_place_stolen(const struct igd_snapshot *in, uint32_t gms_mb, uint32_t bytes,
                 struct igd_stolen *plan, struct igd_findings *found)
{
    uint8_t place = IGD_PLACE_FILE;
    uint64_t host_addr = igd_base_from_file(&in->base, found);
    if (!host_addr && igd_wants_bar0(&in->device)) {
        place = IGD_PLACE_REGISTER;
        host_addr = igd_base_from_register(in->reserved, gms_mb, bytes);
        if (!host_addr)
            igd_find(found, IGD_NOTE_STOLEN_BASE, in->reserved[0], 0);
    }
    uint32_t room = 0;
    if (in->ram_end > IGD_STOLEN_LEAST_ADDR)
        room = (in->ram_end - IGD_STOLEN_LEAST_ADDR) & IGD_BDSM_BASE_MASK;
    if (bytes > room)
        return igd_find(found, IGD_ERR_STOLEN_ROOM, bytes, room);
    plan->bytes = bytes;
    plan->addr = (in->ram_end - bytes) & IGD_BDSM_BASE_MASK;
    plan->place = IGD_PLACE_TOP;
    if (host_addr && igd_can_be_at(host_addr, in, bytes, found)) {
        plan->addr = host_addr;
        plan->place = place;
    }
    return 0;
}

// Plans for a BDSM that cannot be changed. Drivers use its address: if it is RAM, stolen memory
// must be reserved there whatever err is, else drivers do no harm to the guest.
static int
igd_plan_fixed_bdsm(const struct igd_snapshot *in, uint32_t bytes, int err,
                    struct igd_stolen *plan, struct igd_findings *found)
{
    uint32_t bdsm = in->bdsm[0] & IGD_BDSM_BASE_MASK;
    uint32_t ram_end = in->ram_end & IGD_BDSM_BASE_MASK;
    if (!in->bdsm[1] && bdsm >= IGD_STOLEN_LEAST_ADDR && bdsm < ram_end) {
        uint32_t room = ram_end - bdsm;
        plan->addr = bdsm;
        plan->place = IGD_PLACE_BDSM;
        plan->bytes = bytes < room ? bytes : room;
        if (bytes > room && !err)
            err = igd_find(found, IGD_ERR_STOLEN_ROOM, bytes, room);
    } else {
        plan->by_cache = 1;
    }
    if (!err)
        igd_find(found, IGD_WARN_BDSM, in->bdsm[0], plan->addr);
    return err;
}

static void
igd_plan_bdsm(const struct igd_device *device, struct igd_stolen *plan)
{
    plan->write[0].reg = igd_bdsm_reg(device);
    plan->write[0].value = plan->addr;
    plan->write[0].mask = IGD_BDSM_BASE_MASK;
    plan->writes = 1;
    if (plan->write[0].reg == IGD_REG_BDSM)
        return;
    // The upper half is written too: a host's base above 4 GiB may have left bits there.
    plan->write[1].reg = IGD_REG_BDSM64 + 4;
    plan->write[1].value = 0;
    plan->write[1].mask = 0xffffffff;
    plan->writes = 2;
}

// From Gen12 on finds what a host's firmware has left in the device: Windows' driver stumbles over
// such leftovers.
static void
igd_find_leftovers(const struct igd_snapshot *in, struct igd_stolen *plan,
                   struct igd_findings *found)
{
    uint32_t gtt_addr = in->bgsm & IGD_BDSM_BASE_MASK;
    uint32_t gtt_bytes = IGD_STOLEN_ALIGN_BYTES
        << (in->ggc >> IGD_GGC_GGMS_SHIFT & IGD_GGC_GGMS_MASK);
    unsigned i;
    if (in->device.bdf != IGD_BDF_PRIMARY || igd_family(in->device.device)->gen < 12)
        return;
    if (gtt_addr && gtt_addr + gtt_bytes != plan->addr) {
        plan->bgsm = 1;
        igd_find(found, IGD_NOTE_BGSM, in->bgsm, 0);
    }
    for (i = 0; i < IGD_DBUF_SLICES && !plan->dbuf; i++) {
        uint32_t power = in->dbuf[i] & (IGD_DBUF_POWER_STATE | IGD_DBUF_POWER_REQUEST);
        // A register that was not read is all ones: its request bit is set.
        if (power == IGD_DBUF_POWER_STATE) {
            plan->dbuf = 1;
            igd_find(found, IGD_NOTE_DBUF, i, in->dbuf[i]);
        }
    }
}

int
igd_plan_stolen(const struct igd_snapshot *in, struct igd_stolen *plan,
                struct igd_findings *found)
{
    static const struct igd_stolen igd_nothing;
    const struct igd_family *family = igd_family(in->device.device);
    uint32_t gms_mb = igd_gms_mb(family, in->ggc), bytes;
    *plan = igd_nothing;
    int err = igd_stolen_size(in, gms_mb, &bytes, found);
    if (bytes) {
        if (!family->mask)
            igd_find(found, IGD_WARN_DEVICE_ID, in->device.device, 0);
        igd_compare_gms(gms_mb, bytes >> 20, found);
        err = igd_place_stolen(in, gms_mb, bytes, plan, found);
        if (in->bdsm_fixed)
            err = igd_plan_fixed_bdsm(in, bytes, err, plan, found);
        else if (!err)
            igd_plan_bdsm(&in->device, plan);
    }
    if (err)
        plan->no_vbios = IGD_VETO_REFUSED;
    else if (!bytes)
        plan->no_vbios = IGD_VETO_UNKNOWN;
    if (IGD_LOG)
        igd_find_leftovers(in, plan, found);
    return err;
}
