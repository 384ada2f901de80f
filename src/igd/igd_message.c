// SPDX-License-Identifier: LGPL-3.0-only
// The list of findings, and the words for each: cause with value and limit, and the cure.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_message

int
igd_find(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit)
{
    if (found->count < IGD_FINDINGS_MAX) {
        struct igd_finding *finding = &found->item[found->count++];
        finding->code = code;
        finding->value = value;
        finding->limit = limit;
    }
    return -code;
}

// One row a code, in the order of enum igd_code: code, cure, cause.
#define IGD_MESSAGES(ROW) \
    ROW(IGD_ERR_OPREGION_BYTES, HOST, \
        "OpRegion refused: file has 0x%llx bytes, needs 0x%x") \
    ROW(IGD_ERR_OPREGION_LIMIT, HOST, \
        "OpRegion refused: file has 0x%llx bytes, limit 0x%x") \
    ROW(IGD_ERR_OPREGION_SIGNATURE, HOST, \
        "OpRegion refused: no signature in 0x%llx bytes") \
    ROW(IGD_ERR_OPREGION_HEADER, HOST, \
        "OpRegion refused: header says 0x%llx bytes, file has 0x%x") \
    ROW(IGD_ERR_STOLEN_FILE, FILE, \
        "stolen memory refused: size file has 0x%llx bytes, not 0x%x") \
    ROW(IGD_ERR_STOLEN_LIMIT, LOWER, \
        "stolen memory refused: 0x%llx bytes, limit 0x%x") \
    ROW(IGD_ERR_STOLEN_ADDRESS, ADDRESS, \
        "stolen memory refused: IGD at bdf 0x%llx, not 0x%x") \
    ROW(IGD_ERR_OPREGION_ROOM, MEMORY, \
        "no room for OpRegion of 0x%llx bytes, free 0x%x") \
    ROW(IGD_ERR_STOLEN_ROOM, LOWER, \
        "no room for stolen memory of 0x%llx bytes, free 0x%x") \
    ROW(IGD_ERR_ASLS, OPREGION, \
        "ASLS reads 0x%llx, wrote 0x%x") \
    ROW(IGD_ERR_BDSM, EMULATE, \
        "BDSM reads 0x%llx, wrote 0x%x") \
    ROW(IGD_ERR_NO_DEVICE, ASSIGN, \
        "etc/igd-* files, but no Intel display device") \
    ROW(IGD_WARN_SECOND_DEVICE, ASSIGN, \
        "second Intel display device at bdf 0x%llx left alone") \
    ROW(IGD_WARN_DEVICE_ID, REPORT, \
        "unknown device id 0x%llx, took the newest BDSM") \
    ROW(IGD_WARN_RVDA, KERNEL, \
        "RVDA 0x%llx not in the file's 0x%x bytes, cleared") \
    ROW(IGD_WARN_VBT_MISSING, HOST, \
        "no VBT in the OpRegion") \
    ROW(IGD_WARN_VBT_SIZE, HOST, \
        "VBT says 0x%llx bytes, room 0x%x") \
    ROW(IGD_WARN_VBT_CHECKSUM, HARMLESS, \
        "VBT sum 0x%llx, not 0x%x") \
    ROW(IGD_WARN_VBT_PADDED, HARMLESS, \
        "VBT data 0x%llx bytes, header says 0x%x") \
    ROW(IGD_WARN_STOLEN_ROUNDED, HARMLESS, \
        "stolen memory of 0x%llx bytes rounded up to 0x%x") \
    ROW(IGD_NOTE_NO_OPREGION, OPREGION, \
        "no etc/igd-opregion, ASLS left alone") \
    ROW(IGD_NOTE_NO_STOLEN, QEMU, \
        "no etc/igd-bdsm-size, BDSM left alone") \
    ROW(IGD_NOTE_STOLEN_ZERO, GMS, \
        "etc/igd-bdsm-size is 0, BDSM left alone")

#define IGD_CURES(ROW) \
    ROW(HOST, "check the host's OpRegion") \
    ROW(FILE, "leave etc/igd-bdsm-size to QEMU") \
    ROW(MEMORY, "raise -m") \
    ROW(LOWER, "lower x-igd-gms, or more RAM below 4 GiB") \
    ROW(ADDRESS, "use addr=2.0") \
    ROW(EMULATE, "needs QEMU 10.0+ to emulate it") \
    ROW(ASSIGN, "assign one IGD with vfio-pci") \
    ROW(REPORT, "please report it") \
    ROW(KERNEL, "host needs Linux 5.16+") \
    ROW(HARMLESS, "harmless") \
    ROW(OPREGION, "x-igd-opregion=on does it") \
    ROW(QEMU, "QEMU provides it on pc, 10.0+ on q35 too") \
    ROW(GMS, "x-igd-gms sets it")

// Texts are one array each, found by counting, rather than pointers to strings: a pointer needs
// a relocation, and SeaBIOS keeps anonymous strings in its scarce F-segment after POST.
#define IGD_CAUSE_TEXT(code, cure, cause) cause "\0"
static const char igd_causes[] = IGD_MESSAGES(IGD_CAUSE_TEXT);

#define IGD_CURE_TEXT(cure, text) text "\0"
static const char igd_cures[] = IGD_CURES(IGD_CURE_TEXT);

#define IGD_CURE_ID(cure, text) IGD_CURE_##cure,
enum { IGD_CURES(IGD_CURE_ID) };

#define IGD_CURE_OF(code, cure, cause) IGD_CURE_##cure,
static const uint8_t igd_cure_of[] = { IGD_MESSAGES(IGD_CURE_OF) };

#define IGD_ROW_OF(code, cure, cause) IGD_ROW_##code,
enum { IGD_MESSAGES(IGD_ROW_OF) IGD_ROWS };
#define IGD_ROW_CHECK(code, cure, cause) \
    _Static_assert(IGD_ROW_##code + 1 == code, "rows are in the order of enum igd_code");
IGD_MESSAGES(IGD_ROW_CHECK)
_Static_assert(IGD_ROWS + 1 == IGD_CODES, "every code has a row");

static const char igd_severities[] = "error\0" "warning\0" "note";

static const char *
igd_nth_text(const char *text, unsigned n)
{
    while (n--)
        while (*text++)
            ;
    return text;
}

int
igd_message(uint8_t code, struct igd_message *message)
{
    if (!code || code >= IGD_CODES)
        return -1;
    message->severity = igd_nth_text(igd_severities, (code >= IGD_WARN_SECOND_DEVICE)
                                                     + (code >= IGD_NOTE_NO_OPREGION));
    message->cause = igd_nth_text(igd_causes, code - 1);
    message->cure = igd_nth_text(igd_cures, igd_cure_of[code - 1]);
    return 0;
}
