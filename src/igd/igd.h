// SPDX-License-Identifier: LGPL-3.0-only
// The library's interface: it decides what to do for an assigned Intel IGD.
// Copyright (C) 2026 The seabios-igd authors
//
// The library does no I/O, allocates nothing and keeps no state. The caller reads QEMU's fw_cfg
// files and the device's configuration space, asks these functions what to do, does it, and logs
// the findings. Integers in files and registers are little-endian. Pointers must not be NULL and
// addresses are guest-physical, unless a contract says otherwise.
//
// A function that can refuse its input returns 0 or -IGD_ERR_*, and has then added that code to the
// findings. Warnings and notes are only added to the findings.
#ifndef IGD_H
#define IGD_H

#include "igd_env.h" // uint32_t
#include "igd_regs.h" // IGD_REG_ASLS

// --- What is said -----------------------------------------------------------------------------

// What can be found: the codes of igd_messages.h, which has the line of each and what its two
// numbers are. The functions below say when they find it.
enum igd_code {
    IGD_OK, // nothing
#define IGD_MESSAGE(severity, code, ...) code,
#include "igd_messages.h" // IGD_MESSAGE
#undef IGD_MESSAGE
    IGD_CODES // how many there are
};

// One finding: what was found, and its two numbers.
struct igd_finding {
    uint64_t value;
    uint32_t limit;
    uint8_t code; // enum igd_code
};

// Enough for one phase. Log and empty the list after each phase; further findings are lost.
#define IGD_FINDINGS_MAX 16

// Findings in the order in which they were made. Start with count 0.
struct igd_findings {
    uint8_t count;
    struct igd_finding item[IGD_FINDINGS_MAX];
};

// Adds one finding, if IGD_LOG is not 0. Returns -code.
int igd_find(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit);

// Prints like printf. It must know %u, %x, %llx, %s, and widths with zeros.
typedef void igd_print(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

// Prints the line of a finding, "igd: error: <cause>; <cure>\n" or the like, by one call of print.
// Prints nothing for a code that is not in enum igd_code.
void igd_message(const struct igd_finding *finding, igd_print *print);

// What is known of a condition.
enum igd_known { IGD_NOT_TRIED, IGD_NO, IGD_YES };

// What has been found out about the conditions that QEMU's igd-assign lists, and beyond them.
// Each condition is an enum igd_known, everything else is 1 or 0. Start with all zeros.
struct igd_report {
    uint8_t opregion;     // 1 there is an OpRegion with a VBT, and ASLS points at it
    uint8_t lpc;          // 2 the LPC bridge has the ids of a host's
    uint8_t address;      // 3 the IGD is at 00:02.0
    uint8_t class_vga;    // 4 its class is VGA
    uint8_t legacy_vga;   // 5 the legacy VGA ranges reach it
    uint8_t vbios;        // 6 it has a valid VBIOS
    uint8_t wants_vbios;  // a VBIOS is there, or the IGD shall be the boot display
    uint8_t bars_low;     // its BARs were kept below 4 GiB, others were not
    uint8_t rom_other_id; // the VBIOS is not for this very id
    uint8_t rom_bdsm;     // IGD_WARN_ROM_BDSM
    uint8_t bgsm;         // IGD_NOTE_BGSM
    uint8_t dbuf;         // IGD_NOTE_DBUF
};

// Prints the report as a table: a head, a line for each condition, and a line of what was found
// beyond them, if anything:
//     "igd: NUMBER CONDITION STATE WHO[; CURE]\n"
//     "igd: + WHAT[, WHAT]\n"
// STATE is ok, missing, not tried, or not needed (no VBIOS is wanted). WHO lists those of Linux,
// Windows and VBIOS that need the condition and that this guest may have.
void igd_print_report(const struct igd_report *report, igd_print *print);

// --- The device -------------------------------------------------------------------------------

// One PCI device, as its configuration space tells.
struct igd_device {
    uint16_t bdf; // bus 15:8, device 7:3, function 2:0
    uint16_t vendor, device;
    uint16_t class_code; // base class and subclass
};

// Returns 1 for an Intel display device of class 0300h or 0380h at any address, else 0.
// (igd-assign asks for class VGA; QEMU 10.1 and newer serve 0380h too.)
int igd_is_display(const struct igd_device *device);

// Which of a machine's devices is the IGD. Start with all zeros; vendor 0 stands for none.
struct igd_choice {
    struct igd_device igd;    // the IGD
    struct igd_device second; // another Intel display device, the first one found
};

// Considers one more device of the machine. The Intel display device at 00:02.0 is the IGD, else
// the first one found. Elsewhere than at 00:02.0 a device whose id is not known may be a discrete
// GPU: it counts only if has_opregion, as QEMU has etc/igd-opregion for IGDs alone.
// Returns 1 if the device is the IGD as far as is known now, else 0.
int igd_consider(struct igd_choice *choice, const struct igd_device *device, int has_opregion);

// How GGC tells the size of stolen memory. From IGD_GMS_GEN8 on GMS has eight bits.
enum igd_gms { IGD_GMS_GEN6, IGD_GMS_CHV, IGD_GMS_GEN8, IGD_GMS_GEN9 };

// What a device id tells: a row of igd_families.h. Static data, valid for ever.
struct igd_family {
    uint16_t id, mask; // (device id & mask) == id
    uint8_t gen;       // 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux
    uint8_t gms;       // enum igd_gms
};

// Returns the family of a device id: Sandy Bridge to Nova Lake. Never NULL: an id that no row
// matches gets the newest generation under the name "unknown", with mask 0.
const struct igd_family *igd_family(uint16_t device_id);

// Returns the code name of a family that igd_family() returned. Static data.
const char *igd_family_name(const struct igd_family *family);

// Returns the MiB of stolen memory that a device's GGC tells drivers: 0 to 8160.
uint32_t igd_gms_mb(const struct igd_family *family, uint16_t ggc);

// One dword to write to configuration space, and the bits that must then read back.
struct igd_write {
    uint8_t reg;
    uint32_t value, mask;
};

// Compares what a register reads after a write. Returns 0, or -code if it did not keep the value
// (code: IGD_ERR_ASLS or IGD_ERR_BDSM, added to the findings).
int igd_check_write(const struct igd_write *write, uint32_t back, uint8_t code,
                    struct igd_findings *found);

// Returns 1 if the machine is QEMU's, although x-igd-lpc gave the host bridge (vendor, device) the
// host's subsystem ids. signature: the u32 that QEMU's fw_cfg device gives for key 0, or anything
// else if there is no such device.
int igd_is_qemu(uint16_t vendor, uint16_t device, uint32_t signature);

// Returns 1 if a device is the LPC bridge of a q35, whatever its device id was overridden with: an
// Intel ISA bridge at 00:1f.0 below Q35's host bridge. host_ids: the dword at 0 of 00:00.0's
// configuration space, vendor in its low half.
int igd_is_q35_lpc(const struct igd_device *bridge, uint32_t host_ids);

// Fills in conditions 2 to 4 of a report. bridge is what is at 00:1f.0, or all ones.
void igd_report_device(const struct igd_device *device, const struct igd_device *bridge,
                       struct igd_report *report);

// --- Stolen memory ----------------------------------------------------------------------------

// A fw_cfg file that holds one u64.
struct igd_number_file {
    int32_t file_bytes; // the file's size; negative if there is no such file
    uint8_t bytes[IGD_NUMBER_FILE_BYTES]; // read only if file_bytes is IGD_NUMBER_FILE_BYTES
};

// Everything that the plan of stolen memory is made of, read before anything is written.
struct igd_snapshot {
    struct igd_device device;
    uint16_t ggc;
    uint32_t bdsm; // register igd_bdsm_reg()
    uint32_t bgsm; // low half
    uint32_t reserved[2]; // STOLEN_RESERVED, low and high half. All ones if it was not read
    uint32_t dbuf[IGD_DBUF_SLICES]; // DBUF_CTL of each slice. All ones if it was not read
    struct igd_number_file size; // etc/igd-bdsm-size
    struct igd_number_file base; // etc/igd-stolen-base
    uint32_t ram_end; // RAM is one piece from 1 MiB to here, below 4 GiB
};

// Returns the offset of BDSM, or of its low half, in a device's configuration space.
uint8_t igd_bdsm_reg(const struct igd_device *device);

// Returns 1 if the plan depends on STOLEN_RESERVED and DBUF_CTL, which are in the device's BAR0,
// else 0. It does for Gen11 and newer at 00:02.0.
int igd_wants_bar0(const struct igd_device *device);

// Why stolen memory is where it is.
enum igd_place {
    IGD_PLACE_NONE,     // there is none
    IGD_PLACE_TOP,      // the top of RAM
    IGD_PLACE_FILE,     // the host's address, from etc/igd-stolen-base
    IGD_PLACE_REGISTER, // the host's address, from STOLEN_RESERVED
};

// What to do about stolen memory.
struct igd_stolen {
    uint32_t addr, bytes; // reserve it; multiples of 1 MiB, 0 for none
    uint8_t place;        // enum igd_place
    uint8_t no_vbios;     // 1: no VBIOS may run
    uint8_t bgsm, dbuf;   // 1: IGD_NOTE_BGSM, IGD_NOTE_DBUF
    uint8_t writes;       // how many of write[] to carry out, in their order
    struct igd_write write[2]; // BDSM's low half first, in POST and on S3 resume
};

// Plans stolen memory. Fills *plan whatever it returns.
//
// Size: etc/igd-bdsm-size, rounded up to whole MiB. Stolen memory exists at 00:02.0 only.
// Place: the host's address, if etc/igd-stolen-base tells one (0 is none). If the file does not, we
// guess at the host's address from Gen11 on: STOLEN_RESERVED gives the end of the host's stolen
// memory, and we subtract min(GMS, size), or the size if GMS is 0. The guess is exact only without
// x-igd-gms. If there is no address, or it cannot be used, stolen memory is at the top of RAM. At
// least 16 MiB of RAM stay below it.
// No VBIOS may run if stolen memory is refused.
// Left by the host: from Gen12 on, BGSM must be where the guest's stolen memory says (the GTT,
// whose size GGC tells, ends where stolen memory starts), and no slice of the display buffer may be
// powered without a request. At most one slice is told.
//
// Errors: IGD_ERR_STOLEN_*.
// Warnings: IGD_WARN_STOLEN_*, IGD_WARN_GMS, IGD_WARN_DEVICE_ID (if a size is taken).
// Notes: IGD_NOTE_NO_STOLEN, IGD_NOTE_STOLEN_ZERO, IGD_NOTE_STOLEN_BASE, IGD_NOTE_GMS,
// IGD_NOTE_BGSM, IGD_NOTE_DBUF.
int igd_plan_stolen(const struct igd_snapshot *in, struct igd_stolen *plan,
                    struct igd_findings *found);

// --- OpRegion ---------------------------------------------------------------------------------

// Returns how many bytes to reserve for an OpRegion file of file_bytes in *room_bytes: a multiple
// of 4 KiB, at most IGD_OPREGION_LIMIT_BYTES. Zero the bytes behind the file: the guest sees them.
// Errors, with *room_bytes 0: IGD_ERR_OPREGION_BYTES, IGD_ERR_OPREGION_LIMIT.
int igd_opregion_room(uint32_t file_bytes, uint32_t *room_bytes, struct igd_findings *found);

// What an OpRegion file holds.
struct igd_opregion {
    uint32_t size_bytes;    // as its header says
    uint8_t major, minor;   // version
    uint8_t rvda_outside;   // 1: RVDA/RVDS must be cleared, see igd_opregion_mend()
    uint32_t mailboxes;     // bit n-1: mailbox n
    uint32_t vbt_offset;    // from the start of the file; 0: no VBT
    uint32_t vbt_bytes;     // as its header says; 0: no VBT
    char vbt_name[IGD_VBT_NAME_BYTES + 1]; // printable, without padding, terminated
};

// Reads an OpRegion file of file_bytes at file. The VBT that RVDA points at is preferred to
// the one in mailbox 4, as in i915; one without signature or with an impossible size is passed
// over. RVDA counts from the OpRegion in version 2.1 and newer. In 2.0 it is an address of the
// host, which means nothing in a guest. Before 2.0, or when RVDA or RVDS is 0, there is none.
// Errors, *opregion being of no use: IGD_ERR_OPREGION_BYTES, _SIGNATURE, _HEADER.
// Warnings: IGD_WARN_RVDA, IGD_WARN_VBT_*.
int igd_opregion_read(const uint8_t *file, uint32_t file_bytes, struct igd_opregion *opregion,
                      struct igd_findings *found);

// Makes the guest's copy consistent: clears RVDA and RVDS if they point outside of it.
// file and file_bytes are those that igd_opregion_read() accepted.
void igd_opregion_mend(uint8_t *file, uint32_t file_bytes, const struct igd_opregion *opregion);

// Returns what to write so that the device finds its OpRegion at addr (4 KiB aligned).
struct igd_write igd_asls_write(uint32_t addr);

// --- INT 15h AX=5FXXh -------------------------------------------------------------------------

// igd_hook() answers from the panel word: four fields of a byte each, from the low one.
enum igd_panel_field {
    IGD_PANEL_BOOT_DISPLAY, // as 5F35h returns it; 0: the VBIOS's default
    IGD_PANEL_TYPE,         // 1 to 16
    IGD_PANEL_LFP,          // active flat panel, IGD_LFP_*
    IGD_PANEL_DEPTH,        // colour depth of the panel, 0: 18 bits, 1: 24 bits
    IGD_PANEL_FIELDS
};
#define IGD_PANEL_UNKNOWN 0xff // in the last two

// Returns the panel word that a VBT tells. For what the VBT does not tell: default boot display,
// type IGD_PANEL_TYPE_DEFAULT, the others unknown. (NULL, 0) is a VBT that tells nothing. Never 0.
uint32_t igd_panel(const uint8_t *vbt, uint32_t vbt_bytes);

// Returns a panel word with one field, of enum igd_panel_field, set to another value (0 to 255).
uint32_t igd_panel_set(uint32_t panel, unsigned field, uint8_t value);

// Answers INT 15h AX=5FXXh, XXh being the function: AX to return in bits 31:16, CX in bits 15:0;
// 0 for a function that is not supported. AX 015Fh: supported, but not known here; a VBIOS then
// goes by its own tables. Sources of the functions: Intel EMGD guide (31h, 33h to 36h, 38h, 40h),
// coreboot kontron/ktqm77 (14h, 49h, 52h) and drivers/intel/gma/int15.c (34h, 35h, 40h, 51h, 70h),
// SeaBIOS 02145150 (50h).
uint32_t igd_hook(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel);

// What a user may set by fw_cfg files opt/org.seabios/<name>.
enum igd_switch {
    IGD_SWITCH_PRIMARY, // 1: the IGD is the boot display, 0: it is not
    IGD_SWITCH_PANEL,   // and the next ones: the fields of enum igd_panel_field, in its order
    IGD_SWITCHES = IGD_SWITCH_PANEL + IGD_PANEL_FIELDS
};

// No name of a switch is longer, with its terminator.
#define IGD_SWITCH_NAME_BYTES 12

// Returns the name of a switch of enum igd_switch. Static data.
const char *igd_switch_name(unsigned number);

// Reads the text of a switch: one or two hexadecimal digits. bytes is the size of the text, or
// negative if there is no such file. Returns the value, or -1 if the switch is not set or has
// another value than it may have.
// Warning: IGD_WARN_SWITCH.
int igd_switch_read(unsigned number, const uint8_t *text, int bytes, struct igd_findings *found);

// --- The boot display -------------------------------------------------------------------------

// Everything that the plan of the display is made of.
struct igd_display_snapshot {
    struct igd_device device;
    int8_t wish;      // IGD_SWITCH_PRIMARY; -1: not set
    uint8_t has_rom;  // 1: there is an option ROM for it
    uint8_t others;   // 1: there are other VGA devices
    uint8_t no_vbios; // 1: no VBIOS may run (struct igd_stolen)
};

// What to do about the display.
struct igd_display {
    uint8_t primary;        // 1: the IGD is the boot display. Route legacy VGA to it, run its VBIOS
    uint8_t silence_others; // 1: the other VGA devices must not decode
    uint8_t open_other;     // 1: route legacy VGA to the first other VGA device
    uint8_t wants_vbios;    // 1: a VBIOS is there, or the user wants the IGD to be the boot display
};

// Plans the display. A VBIOS can drive the IGD only as a VGA device at 00:02.0, so an IGD there
// with an option ROM is the boot display. The user's wish overrules this, but not for a device of
// another class. Nothing makes the IGD the boot display if no VBIOS may run.
// Notes: IGD_NOTE_NO_ROM, IGD_NOTE_ROM_UNUSED.
void igd_plan_display(const struct igd_display_snapshot *in, struct igd_display *plan,
                      struct igd_findings *found);

// What keeps legacy VGA accesses from the IGD.
enum igd_vga_dead {
    IGD_VGA_DECODE = 0x01,    // its command register: I/O or memory decode is off
    IGD_VGA_BRIDGE = 0x02,    // a bridge before it does not forward VGA
    IGD_VGA_GGC = 0x04,       // GGC: VGA is disabled
    IGD_VGA_REGISTERS = 0x08, // a VGA register does not hold what is written
    IGD_VGA_MEMORY = 0x10,    // a byte at A0000h does not hold what is written
};

// Judges a trial of legacy VGA: dead has IGD_VGA_* bits. Returns what is known of condition 5, an
// enum igd_known: with other VGA devices a success says nothing, as one of them may have answered.
// Errors: IGD_ERR_VGA.
uint8_t igd_judge_vga(uint8_t dead, unsigned others, struct igd_findings *found);

// --- The option ROM ---------------------------------------------------------------------------

// Why an option ROM's image was taken.
enum igd_rom_match {
    IGD_ROM_BY_ID = 1, // its PCI data structure has the device's id
    IGD_ROM_BY_LIST,   // its list of further devices (PCI Firmware Specification 3.0) has it
    IGD_ROM_BY_CLASS,  // it is for a device of this vendor and class
};

// An option ROM's image.
struct igd_rom {
    uint32_t offset, bytes; // the image in the file; whole units of 512 bytes
    uint8_t match;          // enum igd_rom_match
};

// Finds the first x86 image for a device in an option ROM file of file_bytes at file.
// Errors, *rom being of no use: IGD_ERR_ROM_*.
int igd_rom_find(const uint8_t *file, uint32_t file_bytes, const struct igd_device *device,
                 struct igd_rom *rom, struct igd_findings *found);

// Mends the copy of an image that igd_rom_find() found (image_bytes is a multiple of 512),
// wherever it came from: an image read from the host is often the shadow that the host's POST has
// modified. The cached BDSM is cleared if the code that uses it is there just once, and the
// checksum is made right, in the byte behind the jump that the image starts with or, without one,
// in the last byte.
// Returns 1 if a cached BDSM was cleared, else 0.
// Warnings: IGD_WARN_ROM_BDSM; IGD_WARN_ROM_CHECKSUM with the sum that the image came with, unless
// the cached BDSM alone made it wrong.
int igd_rom_mend(uint8_t *image, uint32_t image_bytes, struct igd_findings *found);

#endif // igd.h
