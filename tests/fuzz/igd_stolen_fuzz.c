// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_plan_stolen(): the input is a snapshot.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

#define IGD_FUZZ_MIB 0x100000

static const struct igd_fuzz_place igd_fuzz_places[] = {
    { 0, 2, 0 }, { 2, 2, 0 }, { 4, 2, 0 }, { 6, 4, 0 }, { 10, 4, 0 }, // BDF, id, GGC, BDSM, BGSM
    { 14, 4, 0 }, { 18, 4, 0 }, { 22, 4, 0 }, { 34, 4, 0 },           // registers of BAR0
    { 38, 1, 0 }, { 39, 8, 0 }, { 47, 1, 0 }, { 48, 8, 0 }, { 56, 4, 0 }, // files, RAM's end
    { 60, 4, 0 }, { 64, 1, 0 }, // BDSM's upper half, and whether it is fixed
};
IGD_FUZZ_MUTATE(igd_fuzz_places)

static void
igd_fuzz_read_file(const uint8_t *data, struct igd_number_file *file)
{
    file->file_bytes = (int8_t)data[0];
    memcpy(file->bytes, data + 1, 8);
}

// The number in a file, 0 if it has none.
static uint64_t
igd_fuzz_number(const struct igd_number_file *file)
{
    return file->file_bytes == 8 ? igd_fuzz_get(file->bytes, 8) : 0;
}

// Returns the MiB that drivers count on.
static uint32_t
igd_fuzz_gms(const struct igd_family *family, uint16_t ggc)
{
    uint32_t gms_mb = igd_gms_mb(family, ggc);
    int wide = family->gms == IGD_GMS_GEN8 || family->gms == IGD_GMS_GEN9;
    igd_fuzz_between(0, wide ? 8160 : 992, gms_mb, "MiB of GMS");
    igd_fuzz_equal(0, gms_mb % 4, "MiB of GMS over a multiple of 4");
    igd_fuzz_equal(gms_mb, igd_gms_mb(family, ggc & (wide ? 0xff00 : 0x00f8)),
                   "MiB of GMS alone, GGC 0x%x", ggc);
    return gms_mb;
}

// The bytes that stolen memory must have, or more to make up a MiB: QEMU's size, else GMS.
static uint64_t
igd_fuzz_size(const struct igd_snapshot *in, uint32_t gms_mb)
{
    uint64_t size = igd_fuzz_number(&in->size);
    return size ? size : (uint64_t)gms_mb * IGD_FUZZ_MIB;
}

// Whether BDSM keeps what it has, and that is above the first 16 MiB of RAM.
static int
igd_fuzz_bdsm_in_ram(const struct igd_snapshot *in)
{
    uint32_t mb = in->bdsm[0] / IGD_FUZZ_MIB;
    return in->bdsm_fixed && !in->bdsm[1] && mb >= 16 && mb < in->ram_end / IGD_FUZZ_MIB;
}

// The error that a snapshot must get, 0 for none.
static int
igd_fuzz_error(const struct igd_snapshot *in, uint32_t gms_mb)
{
    uint64_t size = igd_fuzz_size(in, gms_mb);
    if (in->size.file_bytes >= 0 && in->size.file_bytes != 8)
        return IGD_ERR_STOLEN_FILE;
    if (in->device.bdf != 0x0010)
        return igd_fuzz_number(&in->size) ? IGD_ERR_STOLEN_ADDRESS : 0;
    if (size > 0xfff00000)
        return IGD_ERR_STOLEN_LIMIT;
    // Whole MiB, below the last whole MiB of RAM and above the first 16.
    uint64_t mb = (size + IGD_FUZZ_MIB - 1) / IGD_FUZZ_MIB, ram_mb = in->ram_end / IGD_FUZZ_MIB;
    if (mb && igd_fuzz_bdsm_in_ram(in) && mb > ram_mb - in->bdsm[0] / IGD_FUZZ_MIB)
        return IGD_ERR_STOLEN_ROOM;
    return mb && mb + 16 > ram_mb ? IGD_ERR_STOLEN_ROOM : 0;
}

// Where STOLEN_RESERVED says that the host has stolen memory, 0 if it does not: what starts there
// ends with the reserved part.
static uint64_t
igd_fuzz_register(const struct igd_snapshot *in, uint32_t gms_mb, uint32_t bytes)
{
    uint32_t reserved = in->reserved[0];
    uint64_t base = reserved >> 20 << 20, end = base + (0x100000ull << (reserved >> 7 & 3));
    uint64_t least = gms_mb && (uint64_t)gms_mb << 20 < bytes ? (uint64_t)gms_mb << 20 : bytes;
    if (!(reserved & 1) || in->reserved[1] || end > UINT32_MAX || least > end || end - least > base)
        return 0;
    return end - least;
}

static void
igd_fuzz_place(const struct igd_snapshot *in, uint32_t gms_mb, const struct igd_stolen *plan,
               const struct igd_findings *found)
{
    uint64_t host_addr = igd_fuzz_number(&in->base), end = (uint64_t)plan->addr + plan->bytes;
    int from_register = !host_addr && igd_family(in->device.device)->gen >= 11;
    if (from_register)
        host_addr = igd_fuzz_register(in, gms_mb, plan->bytes);
    igd_fuzz_equal(from_register && !host_addr, igd_fuzz_count(found, IGD_NOTE_STOLEN_BASE),
                   "notes that the host's address is not known");
    igd_fuzz_equal(0, plan->addr % IGD_FUZZ_MIB, "address over a MiB multiple");
    igd_fuzz_between(0x1000000, (uint64_t)in->ram_end - plan->bytes, plan->addr, "address");

    int other = host_addr % IGD_FUZZ_MIB || host_addr < 0x1000000 || host_addr > UINT32_MAX;
    int too_high = !other && host_addr + plan->bytes > in->ram_end;
    igd_fuzz_equal(host_addr && other, igd_fuzz_count(found, IGD_WARN_STOLEN_BASE_VALUE),
                   "warnings of the address");
    igd_fuzz_equal(host_addr && too_high, igd_fuzz_count(found, IGD_WARN_STOLEN_BASE),
                   "warnings of RAM");
    if (igd_fuzz_bdsm_in_ram(in)) {
        igd_fuzz_equal(IGD_PLACE_BDSM, plan->place, "place");
        igd_fuzz_equal(in->bdsm[0] / IGD_FUZZ_MIB, plan->addr / IGD_FUZZ_MIB, "MiB of BDSM");
    } else if (!host_addr || other || too_high) {
        igd_fuzz_equal(IGD_PLACE_TOP, plan->place, "place");
        igd_fuzz_between((uint64_t)in->ram_end - 0xfffff, in->ram_end, end, "end of it");
    } else {
        igd_fuzz_equal(from_register ? IGD_PLACE_REGISTER : IGD_PLACE_FILE, plan->place, "place");
        igd_fuzz_equal(host_addr, plan->addr, "address");
    }
}

static void
igd_fuzz_writes(const struct igd_snapshot *in, const struct igd_stolen *plan,
                const struct igd_findings *found)
{
    int is_new = igd_family(in->device.device)->gen >= 11;
    igd_fuzz_equal(in->bdsm_fixed ? 0 : 1 + is_new, plan->writes, "writes");
    igd_fuzz_equal(in->bdsm_fixed && !igd_fuzz_bdsm_in_ram(in), plan->by_cache, "by_cache");
    igd_fuzz_equal(in->bdsm_fixed, igd_fuzz_count(found, IGD_WARN_BDSM), "warnings of BDSM");
    if (in->bdsm_fixed)
        return;
    igd_fuzz_equal(is_new ? 0xc0 : 0x5c, plan->write[0].reg, "register");
    igd_fuzz_equal(plan->addr, plan->write[0].value, "value");
    igd_fuzz_equal(0xfff00000, plan->write[0].mask, "mask");
    if (is_new) {
        igd_fuzz_equal(0xc4, plan->write[1].reg, "upper register");
        igd_fuzz_equal(0, plan->write[1].value, "upper value");
        igd_fuzz_equal(0xffffffff, plan->write[1].mask, "upper mask");
    }
}

static void
igd_fuzz_leftovers(const struct igd_snapshot *in, const struct igd_stolen *plan,
                   const struct igd_findings *found)
{
    int looked_for = in->device.bdf == 0x0010 && igd_family(in->device.device)->gen >= 12;
    uint32_t bgsm = in->bgsm >> 20 << 20;
    uint32_t gtt_end = bgsm + (0x100000u << (in->ggc >> 6 & 3));
    unsigned slice, left = 0;
    for (slice = 0; slice < 4; slice++)
        left += in->dbuf[slice] >> 30 == 1;
    igd_fuzz_equal(looked_for && bgsm && gtt_end != plan->addr, plan->bgsm, "BGSM is the host's");
    igd_fuzz_equal(looked_for && left, plan->dbuf, "DBUF left on");
    igd_fuzz_equal(plan->bgsm, igd_fuzz_count(found, IGD_NOTE_BGSM), "notes of BGSM");
    igd_fuzz_equal(plan->dbuf, igd_fuzz_count(found, IGD_NOTE_DBUF), "notes of DBUF");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct igd_findings found = { .count = 0 };
    struct igd_snapshot in = { .device = { 0, 0x8086, 0, 0x0300 } };
    struct igd_stolen plan;
    unsigned i;
    if (size < 65)
        return -1;
    in.device.bdf = igd_fuzz_get(data, 2);
    in.device.device = igd_fuzz_get(data + 2, 2);
    in.ggc = igd_fuzz_get(data + 4, 2);
    in.bdsm[0] = igd_fuzz_get(data + 6, 4);
    in.bgsm = igd_fuzz_get(data + 10, 4);
    for (i = 0; i < 2; i++)
        in.reserved[i] = igd_fuzz_get(data + 14 + 4 * i, 4);
    for (i = 0; i < 4; i++)
        in.dbuf[i] = igd_fuzz_get(data + 22 + 4 * i, 4);
    igd_fuzz_read_file(data + 38, &in.size);
    igd_fuzz_read_file(data + 47, &in.base);
    in.ram_end = igd_fuzz_get(data + 56, 4);
    in.bdsm[1] = igd_fuzz_get(data + 60, 4);
    in.bdsm_fixed = data[64] & 1;

    memset(&plan, 0xa5, sizeof(plan));
    int err = igd_plan_stolen(&in, &plan, &found);
    uint32_t gms_mb = igd_fuzz_gms(igd_family(in.device.device), in.ggc);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(igd_fuzz_error(&in, gms_mb), -err, "error");
    int is_there = in.device.bdf == 0x0010 && igd_fuzz_size(&in, gms_mb);
    igd_fuzz_equal(err ? IGD_VETO_REFUSED : is_there ? IGD_VETO_NONE : IGD_VETO_UNKNOWN,
                   plan.no_vbios, "no_vbios of error %d", -err);
    igd_fuzz_equal(is_there, igd_wants_bdsm_trial(&in), "whether BDSM is to be tried");
    igd_fuzz_equal(!!err, igd_fuzz_count(&found, -err), "findings of error %d", -err);
    igd_fuzz_leftovers(&in, &plan, &found);
    igd_fuzz_equal(0, plan.bytes % IGD_FUZZ_MIB, "bytes over a MiB multiple");
    if (err == -IGD_ERR_STOLEN_ROOM && igd_fuzz_bdsm_in_ram(&in)) {
        // What is there is reserved, as drivers go there.
        igd_fuzz_equal(IGD_PLACE_BDSM, plan.place, "place of what there is no room for");
        igd_fuzz_equal(in.bdsm[0] / IGD_FUZZ_MIB, plan.addr / IGD_FUZZ_MIB, "MiB of BDSM");
        igd_fuzz_between(IGD_FUZZ_MIB, (uint64_t)in.ram_end - plan.addr, plan.bytes, "bytes");
    } else if (!err && is_there) {
        igd_fuzz_between(0, 0xfffff, plan.bytes - igd_fuzz_size(&in, gms_mb), "bytes added");
        igd_fuzz_place(&in, gms_mb, &plan, &found);
        igd_fuzz_writes(&in, &plan, &found);
    } else {
        igd_fuzz_equal(0, plan.bytes, "bytes of nothing");
        igd_fuzz_equal(0, plan.addr, "address of nothing");
        igd_fuzz_equal(IGD_PLACE_NONE, plan.place, "place of nothing");
        igd_fuzz_equal(0, plan.writes, "writes for nothing");
    }
    return 0;
}
