// SPDX-License-Identifier: LGPL-3.0-only
// The list of findings, and the line for each: cause with value and limit, and the cure.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // IGD_LINE_BYTES
#include "igd_bytes.h" // igd_nth_text

// Not inlined: once in the image is enough.
int __attribute__((__noinline__))
igd_find64(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit)
{
    if (found->count < IGD_FINDINGS_MAX) {
        struct igd_finding *finding = &found->item[found->count++];
        finding->code = code;
        finding->value = value;
        finding->limit = limit;
    }
    return -code;
}

int
igd_find(struct igd_findings *found, uint8_t code, uint32_t value, uint32_t limit)
{
    return igd_find64(found, code, value, limit);
}

// Texts are a good part of the image, and say the same words again and again: characters from
// { on stand for these. One array, as pointers would need relocations, and SeaBIOS keeps anonymous
// strings in its scarce F-segment after POST.
static const char igd_words[] IGD_UNALIGNED =
    "0x%llx\0" // { the value
    " bytes\0" // |
    "0x%x\0"   // } the limit
#define IGD_LEFT_ALONE "\x7e"
    " left alone\0"
#define IGD_IN_BDSM "\x7f"
    "BDSM\0"
#define IGD_ERROR "\x80"
    "igd: error: \0"
#define IGD_WARNING "\x81"
    "igd: warning: \0"
#define IGD_NOTE "\x82"
    "igd: note: \0"
#define IGD_REFUSED "\x83"
    " refused: \0"
#define IGD_OPREGION "\x84"
    "OpRegion\0"
#define IGD_STOLEN "\x85"
    "stolen memory\0"
#define IGD_ROM "\x86"
    "option ROM\0"
#define IGD_NO_ROOM "\x87"
    "no room for \0"
#define IGD_FILE "\x88"
    "etc/igd-\0"
#define IGD_SIZE_FILE "\x89"
    IGD_FILE "bdsm-size\0"
#define IGD_PROPERTY "\x8a"
    "x-igd-\0"
#define IGD_HEADER_SAYS "\x8b"
    "header says \0"
#define IGD_FREE "\x8c"
    " of {|, free }\0"
    // The cures.
#define IGD_CHECK_HOST "\x8d"
    "; check the host's " IGD_OPREGION "\0"
#define IGD_LOWER "\x8e"
    "; lower " IGD_PROPERTY "gms, or more RAM below 4 GiB\0"
#define IGD_OTHER_ROM "\x8f"
    "; romfile= gives another\0"
#define IGD_HARMLESS "\x90"
    "; harmless\0"
#define IGD_USE_SLOT "\x91"
    "; use addr=2.0\0"
#define IGD_ASSIGN_ONE "\x92"
    "; assign one IGD with vfio-pci\0"
#define IGD_ENABLE "\x93"
    "; " IGD_PROPERTY "opregion=on does it\0";

// One row a code, in the order of enum igd_code.
#define IGD_MESSAGES(ROW) \
    ROW(IGD_ERR_OPREGION_BYTES, \
        IGD_ERROR IGD_OPREGION IGD_REFUSED "file has {|, needs }" IGD_CHECK_HOST) \
    ROW(IGD_ERR_OPREGION_LIMIT, \
        IGD_ERROR IGD_OPREGION IGD_REFUSED "file has {|, limit }" IGD_CHECK_HOST) \
    ROW(IGD_ERR_OPREGION_SIGNATURE, \
        IGD_ERROR IGD_OPREGION IGD_REFUSED "no signature in {|" IGD_CHECK_HOST) \
    ROW(IGD_ERR_OPREGION_HEADER, \
        IGD_ERROR IGD_OPREGION IGD_REFUSED IGD_HEADER_SAYS "{|, file has }" IGD_CHECK_HOST) \
    ROW(IGD_ERR_STOLEN_FILE, \
        IGD_ERROR IGD_STOLEN IGD_REFUSED "size file has {|, not }; leave " \
        IGD_SIZE_FILE " to QEMU") \
    ROW(IGD_ERR_STOLEN_LIMIT, IGD_ERROR IGD_STOLEN IGD_REFUSED "{|, limit }" IGD_LOWER) \
    ROW(IGD_ERR_STOLEN_ADDRESS, \
        IGD_ERROR IGD_STOLEN IGD_REFUSED "IGD at bdf {, not }" IGD_USE_SLOT) \
    ROW(IGD_ERR_ROM_SIGNATURE, \
        IGD_ERROR IGD_ROM IGD_REFUSED "no 55AA at { of }|" IGD_OTHER_ROM) \
    ROW(IGD_ERR_ROM_PCIR, IGD_ERROR IGD_ROM IGD_REFUSED "no PCIR at { of }|" IGD_OTHER_ROM) \
    ROW(IGD_ERR_ROM_BYTES, IGD_ERROR IGD_ROM IGD_REFUSED "image of {|, room }" IGD_OTHER_ROM) \
    ROW(IGD_ERR_ROM_MATCH, \
        IGD_ERROR IGD_ROM IGD_REFUSED "{|, no x86 image for }" IGD_OTHER_ROM) \
    ROW(IGD_ERR_OPREGION_ROOM, IGD_ERROR IGD_NO_ROOM IGD_OPREGION IGD_FREE "; raise -m") \
    ROW(IGD_ERR_STOLEN_ROOM, IGD_ERROR IGD_NO_ROOM IGD_STOLEN IGD_FREE IGD_LOWER) \
    ROW(IGD_ERR_ASLS, IGD_ERROR "ASLS reads {, wrote }" IGD_ENABLE) \
    ROW(IGD_ERR_BDSM, \
        IGD_ERROR IGD_IN_BDSM " reads {, wrote }; needs QEMU 10.0+ to emulate it") \
    ROW(IGD_ERR_VGA, \
        IGD_ERROR "legacy VGA dead: { (1 decode, 2 bridge, 4 GGC, 8 registers, 10 memory); " \
        "x-vga=on, and the IGD primary on the host") \
    ROW(IGD_ERR_NO_DEVICE, \
        IGD_ERROR IGD_FILE "* files, but no Intel display" IGD_ASSIGN_ONE) \
    ROW(IGD_WARN_SECOND_DEVICE, \
        IGD_WARNING "second Intel display at bdf {" IGD_LEFT_ALONE IGD_ASSIGN_ONE) \
    ROW(IGD_WARN_DEVICE_ID, \
        IGD_WARNING "unknown device id {, took the newest " IGD_IN_BDSM "; please report it") \
    ROW(IGD_WARN_RVDA, \
        IGD_WARNING "RVDA { not in the file's }|, cleared; host needs Linux 5.16+") \
    ROW(IGD_WARN_VBT_MISSING, IGD_WARNING "no VBT in the " IGD_OPREGION IGD_CHECK_HOST) \
    ROW(IGD_WARN_VBT_SIZE, IGD_WARNING "VBT says {|, room }" IGD_CHECK_HOST) \
    ROW(IGD_WARN_VBT_CHECKSUM, IGD_WARNING "VBT sum {, not }" IGD_HARMLESS) \
    ROW(IGD_WARN_VBT_PADDED, IGD_WARNING "VBT data {|, " IGD_HEADER_SAYS "}" IGD_HARMLESS) \
    ROW(IGD_WARN_BAR_HIGH, \
        IGD_WARNING "BARs at { * 4 GiB, out of the VBIOS's reach; lower the host's aperture") \
    ROW(IGD_WARN_ROM_BDSM, \
        IGD_WARNING "host's " IGD_IN_BDSM " { at } of the ROM cleared" IGD_HARMLESS) \
    ROW(IGD_WARN_ROM_CHECKSUM, IGD_WARNING IGD_ROM " sum {, not }, mended" IGD_HARMLESS) \
    ROW(IGD_WARN_STOLEN_ROUNDED, IGD_WARNING IGD_STOLEN " of {| rounded up to }" IGD_HARMLESS) \
    ROW(IGD_WARN_SWITCH, \
        IGD_WARNING "switch for { (0x0: igd-primary) ignored; hexadecimal, most }") \
    ROW(IGD_NOTE_NO_OPREGION, \
        IGD_NOTE "no " IGD_FILE "opregion, ASLS" IGD_LEFT_ALONE IGD_ENABLE) \
    ROW(IGD_NOTE_NO_STOLEN, \
        IGD_NOTE "no " IGD_SIZE_FILE ", " IGD_IN_BDSM IGD_LEFT_ALONE \
        "; QEMU provides it on pc, 10.0+ on q35 too") \
    ROW(IGD_NOTE_STOLEN_ZERO, \
        IGD_NOTE IGD_SIZE_FILE " is 0, " IGD_IN_BDSM IGD_LEFT_ALONE \
        "; " IGD_PROPERTY "gms sets it") \
    ROW(IGD_NOTE_NO_ROM, \
        IGD_NOTE "no " IGD_ROM ": dark until the guest's driver starts; " \
        "-machine graphics=off -serial stdio shows text") \
    ROW(IGD_NOTE_ROM_UNUSED, \
        IGD_NOTE IGD_ROM " not run: bdf {; needs addr=2.0 and class 0300")

#define IGD_TEXT(code, text) text "\0"
static const char igd_texts[] IGD_UNALIGNED = IGD_MESSAGES(IGD_TEXT);

#define IGD_ROW_OF(code, text) IGD_ROW_##code,
enum { IGD_MESSAGES(IGD_ROW_OF) IGD_ROWS };
#define IGD_ROW_CHECK(code, text) \
    _Static_assert(IGD_ROW_##code + 1 == code, "rows are in the order of enum igd_code");
IGD_MESSAGES(IGD_ROW_CHECK)
_Static_assert(IGD_ROWS + 1 == IGD_CODES, "every code has a row");

// Appends a text to a line, its words spelt out; returns the line's end, which is not terminated.
static char *
igd_spell(char *line, const char *text)
{
    for (; *text; text++) {
        uint8_t c = *text;
        if (c >= '{')
            line = igd_spell(line, igd_nth_text(igd_words, c - '{'));
        else
            *line++ = c;
    }
    return line;
}

int
igd_message(uint8_t code, char line[IGD_LINE_BYTES])
{
    if (!code || code >= IGD_CODES)
        return -1;
    line = igd_spell(line, igd_nth_text(igd_texts, code - 1));
    line[0] = '\n';
    line[1] = 0;
    return 0;
}
