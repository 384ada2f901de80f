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

// The codes of findings. igd_messages.h gives each code's line in the log and its two numbers. The
// contracts below say which function finds it.
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

// Prints the line of a finding, "igd: error: <cause>; <cure>\n" or the like, by two calls of print.
// Prints nothing for a code that is not in enum igd_code.
void igd_message(const struct igd_finding *finding, igd_print *print);

// What is known of a condition.
enum igd_known { IGD_NOT_TRIED, IGD_NO, IGD_YES };

// The state of the conditions that QEMU's igd-assign lists, and what else was found. Each condition
// is an enum igd_known, everything else is 1 or 0. Start with all zeros.
struct igd_report {
    uint8_t opregion;     // 1 there is an OpRegion with a VBT, and ASLS points at it
    uint8_t lpc;          // 2 the LPC bridge has the ids of a host's
    uint8_t address;      // 3 the IGD is at 00:02.0
    uint8_t class_vga;    // 4 its class is VGA
    uint8_t legacy_vga;   // 5 the legacy VGA ranges reach it
    uint8_t vbios;        // 6 it has a valid VBIOS
    uint8_t wants_vbios;  // a VBIOS is there, or the IGD shall be the boot display
    uint8_t bars_low;     // its BARs were kept below 4 GiB, others were not
    uint8_t rom_other;    // IGD_WARN_ROM_FAMILY
    uint8_t rom_used;     // the VBIOS is a shadow that a host's POST has used
    uint8_t gtt_rewrites; // QEMU rewrites entries that are written to the GTT
    uint8_t bgsm;         // IGD_NOTE_BGSM
    uint8_t dbuf;         // IGD_NOTE_DBUF
};

// Prints the report as a table: a head, a line for each condition, and one more line if anything
// else was found:
//     "igd: NUMBER CONDITION STATE WHO[; CURE]\n"
//     "igd: + WHAT[, WHAT]\n"
// STATE is ok, missing, not tried, or not needed (no VBIOS is wanted). WHO lists which of Linux,
// Windows and VBIOS need the condition; VBIOS only if one is wanted.
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

// Considers one more device of the machine. The IGD is the Intel display device at 00:02.0 or, if
// there is none, the first one elsewhere. Elsewhere a device with an unknown id may be a discrete
// GPU: it counts only if has_opregion is 1, as QEMU has etc/igd-opregion for IGDs alone.
// Returns 1 if choice->igd is now this device, else 0. A later call may replace it.
int igd_consider(struct igd_choice *choice, const struct igd_device *device, int has_opregion);

// How GGC tells the size of stolen memory. From IGD_GMS_GEN8 on GMS has eight bits.
enum igd_gms { IGD_GMS_GEN6, IGD_GMS_CHV, IGD_GMS_GEN8, IGD_GMS_GEN9 };

// Which LPC bridge a family's VBIOSes need at 00:1f.0: any, or one with the ids of a host's.
enum igd_lpc { IGD_LPC_ANY, IGD_LPC_HOST };

// What a device id tells: a row of igd_families.h. Static data, valid for ever.
struct igd_family {
    uint16_t id, mask; // (device id & mask) == id
    uint8_t gen;       // 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux
    uint8_t gms;       // enum igd_gms
    uint8_t lpc;       // enum igd_lpc
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

// Returns 1 if the machine is QEMU's, else 0, by the ids of the host bridge (vendor, device): with
// x-igd-lpc the bridge has the host's subsystem ids. signature: the u32 that QEMU's fw_cfg device
// gives for key 0, or any other number if there is no such device.
int igd_is_qemu(uint16_t vendor, uint16_t device, uint32_t signature);

// Returns 1 if a device is the LPC bridge of a q35, else 0: an Intel ISA bridge at 00:1f.0 below
// Q35's host bridge, with any device id. host_ids: the dword at 0 of 00:00.0's configuration space,
// vendor in its low half.
int igd_is_q35_lpc(const struct igd_device *bridge, uint32_t host_ids);

// Returns 1 if the device at 00:1f.0 is an LPC bridge with a host's ids, else 0. QEMU's own q35
// bridge is an ICH9, and pc has no device there.
int igd_is_hosts_lpc(const struct igd_device *bridge);

// Fills in conditions 2 to 4 of a report. bridge is the device at 00:1f.0, all ones if there is
// none.
void igd_report_device(const struct igd_device *device, const struct igd_device *bridge,
                       struct igd_report *report);

// --- Stolen memory ----------------------------------------------------------------------------

// A fw_cfg file that holds one u64.
struct igd_number_file {
    int32_t file_bytes; // the file's size; negative if there is no such file
    uint8_t bytes[IGD_NUMBER_FILE_BYTES]; // read only if file_bytes is IGD_NUMBER_FILE_BYTES
};

// The input of igd_plan_stolen(): read all of it before you carry out the plan.
struct igd_snapshot {
    struct igd_device device;
    uint16_t ggc;
    uint32_t bdsm[2]; // low and high half, 0 where there is none
    uint8_t bdsm_fixed; // 1: BDSM did not keep another value
    uint32_t bgsm; // low half
    uint32_t reserved[2]; // STOLEN_RESERVED, low and high half. All ones if it was not read
    uint32_t dbuf[IGD_DBUF_SLICES]; // DBUF_CTL of each slice. All ones if it was not read
    struct igd_number_file size; // etc/igd-bdsm-size
    struct igd_number_file base; // etc/igd-stolen-base
    uint32_t ram_end; // RAM is one piece from 1 MiB to here, below 4 GiB
};

// Returns the offset of BDSM, or of its low half, in a device's configuration space.
uint8_t igd_bdsm_reg(const struct igd_device *device);

// Returns 1 if the plan needs STOLEN_RESERVED and DBUF_CTL, registers in BAR0, else 0. Gen11 and
// newer at 00:02.0 need them.
int igd_wants_bar0(const struct igd_device *device);

// Returns 1 if the plan needs bdsm_fixed, else 0. A device at 00:02.0 with stolen memory needs it.
// The caller then writes another value to BDSM, reads it back, and writes the first value again.
int igd_wants_bdsm_trial(const struct igd_snapshot *in);

// Why stolen memory is where it is.
enum igd_place {
    IGD_PLACE_NONE,     // there is none
    IGD_PLACE_TOP,      // the top of RAM
    IGD_PLACE_FILE,     // the host's address, from etc/igd-stolen-base
    IGD_PLACE_REGISTER, // the host's address, from STOLEN_RESERVED
    IGD_PLACE_BDSM,     // the address in a BDSM that cannot be changed
};

// Why no VBIOS may run.
enum igd_veto {
    IGD_VETO_NONE,    // a VBIOS may run
    IGD_VETO_REFUSED, // stolen memory was refused, as a finding has said
    IGD_VETO_UNKNOWN, // neither QEMU nor GMS gives the size of stolen memory
};

// What to do about stolen memory.
struct igd_stolen {
    uint32_t addr, bytes; // reserve it; multiples of 1 MiB, 0 for none
    uint8_t place;        // enum igd_place
    uint8_t no_vbios;     // enum igd_veto
    uint8_t by_cache;     // 1: BDSM cannot hold addr. Only a VBIOS that caches BDSM may run
    uint8_t bgsm, dbuf;   // 1: IGD_NOTE_BGSM, IGD_NOTE_DBUF
    uint8_t writes;       // how many of write[] to carry out, in their order
    struct igd_write write[2]; // BDSM, low half first. Write in POST and on S3 resume
};

// Plans stolen memory. Fills *plan even if it returns an error.
//
// Size: etc/igd-bdsm-size, rounded up to whole MiB, else GMS. Stolen memory exists at 00:02.0 only.
// Place: the host's address, if etc/igd-stolen-base tells one (0 is none). If the file does not, we
// guess at the host's address from Gen11 on: STOLEN_RESERVED gives the end of the host's stolen
// memory, and we subtract min(GMS, size), or the size if GMS is 0. The guess is exact only without
// x-igd-gms. If there is no address, or it cannot be used, stolen memory is at the top of RAM. At
// least 16 MiB of RAM stay below it.
// If bdsm_fixed, drivers use the address in BDSM. If this address is RAM, stolen memory is there.
// Else it is at the place above, and only a VBIOS that caches BDSM can use it.
// No VBIOS may run if stolen memory is refused, or if there is none.
// Left by the host, from Gen12 on: a BGSM that is not 0 must be the start of stolen memory minus
// the size of the GTT, which GGC tells. No slice of the display buffer may be powered without a
// request; at most one slice is reported.
//
// Errors: IGD_ERR_STOLEN_*.
// Warnings: IGD_WARN_STOLEN_*, IGD_WARN_GMS, IGD_WARN_GMS_ZERO, IGD_WARN_BDSM, IGD_WARN_DEVICE_ID
// (if the size is not 0).
// Notes: IGD_NOTE_NO_STOLEN, IGD_NOTE_STOLEN_ZERO, IGD_NOTE_STOLEN_BASE, IGD_NOTE_GMS,
// IGD_NOTE_BGSM, IGD_NOTE_DBUF.
int igd_plan_stolen(const struct igd_snapshot *in, struct igd_stolen *plan,
                    struct igd_findings *found);

// --- OpRegion ---------------------------------------------------------------------------------

// Sets *room_bytes to the bytes to reserve for an OpRegion file of file_bytes: a multiple of 4 KiB,
// at most IGD_OPREGION_LIMIT_BYTES. Zero the bytes behind the file: the guest sees them.
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

// Reads an OpRegion file of file_bytes at file. Like i915, prefers the VBT at RVDA to the one in
// mailbox 4, and skips a VBT without signature or with an impossible size. If RVDA or RVDS is 0,
// there is no VBT at RVDA. The OpRegion's version says what RVDA is:
//     before 2.0     nothing
//     2.0            an address of the host, of no use in a guest
//     2.1 and newer  an offset from the OpRegion's start
// Errors, with *opregion not valid: IGD_ERR_OPREGION_BYTES, _SIGNATURE, _HEADER.
// Warnings: IGD_WARN_RVDA, IGD_WARN_VBT_*.
int igd_opregion_read(const uint8_t *file, uint32_t file_bytes, struct igd_opregion *opregion,
                      struct igd_findings *found);

// Makes the guest's copy consistent: clears RVDA and RVDS if they point outside the file.
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
#define IGD_PANEL_UNKNOWN 0xff // in IGD_PANEL_LFP and IGD_PANEL_DEPTH

// Returns the panel word of a VBT, never 0. Fields that the VBT does not give: boot display 0, type
// IGD_PANEL_TYPE_DEFAULT, the others IGD_PANEL_UNKNOWN. (NULL, 0) is a VBT that gives none.
uint32_t igd_panel(const uint8_t *vbt, uint32_t vbt_bytes);

// Returns a panel word with one field, of enum igd_panel_field, set to another value (0 to 255).
uint32_t igd_panel_set(uint32_t panel, unsigned field, uint8_t value);

// Answers INT 15h AX=5FXXh, function being XXh. Returns AX in bits 31:16 and CX in bits 15:0, or 0
// if the function is not supported. AX 015Fh: the function is supported, but its answer is not
// known; a VBIOS then uses its own tables. Sources of the functions:
//     Intel EMGD guide                        31h, 33h to 36h, 38h, 40h
//     coreboot kontron/ktqm77                 14h, 49h, 52h
//     coreboot drivers/intel/gma/int15.c      34h, 35h, 40h, 51h, 70h
//     coreboot google/link, SeaBIOS 02145150  ach, 50h
uint32_t igd_hook(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel);

// What a user may set by fw_cfg files opt/org.seabios/<name>.
enum igd_switch {
    IGD_SWITCH_PRIMARY, // 1: the IGD is the boot display, 0: it is not
    IGD_SWITCH_ANY_LPC, // 1: run a VBIOS although it may hang because of what is at 00:1f.0
    IGD_SWITCH_SECONDS, // how long a VBIOS may take; 0: for ever
    IGD_SWITCH_PANEL,   // and the next ones, one for each enum igd_panel_field
    IGD_SWITCHES = IGD_SWITCH_PANEL + IGD_PANEL_FIELDS
};

// The longest name of a switch, with its terminator.
#define IGD_SWITCH_NAME_BYTES 12

// Returns the name of a switch of enum igd_switch. Static data.
const char *igd_switch_name(unsigned number);

// Reads the text of a switch: one or two hexadecimal digits. bytes is the size of the text, or
// negative if there is no such file. Returns the value, or -1 if the switch is not set or its value
// is refused.
// Warning: IGD_WARN_SWITCH.
int igd_switch_read(unsigned number, const uint8_t *text, int bytes, struct igd_findings *found);

// --- The boot display -------------------------------------------------------------------------

// The input of igd_plan_display().
struct igd_display_snapshot {
    struct igd_device device;
    int8_t wish;      // IGD_SWITCH_PRIMARY; -1: not set
    uint8_t has_rom;  // 1: there is an option ROM for the IGD
    uint8_t others;   // 1: there are other VGA devices
    uint8_t no_vbios; // enum igd_veto, see struct igd_stolen
    uint8_t any_lpc;  // 1: a VBIOS may run whatever is at 00:1f.0 (IGD_SWITCH_ANY_LPC)
    struct igd_device lpc; // the device at 00:1f.0
    struct igd_device pm;  // the device at 00:1f.2
};

// What to do about the display.
struct igd_display {
    uint8_t primary;        // 1: the IGD is the boot display. Route legacy VGA to it, run its VBIOS
    uint8_t silence_others; // 1: the other VGA devices must not decode
    uint8_t open_other;     // 1: route legacy VGA to the first other VGA device
    uint8_t wants_vbios;    // 1: a VBIOS is there, or the user wants the IGD to be the boot display
};

// Plans the display. A VBIOS can drive the IGD only as a VGA device at 00:02.0, so an IGD there
// with an option ROM is the boot display. The user's wish overrules this, but not for a device
// elsewhere, which has no stolen memory, or of another class. Nothing makes the IGD the boot
// display if its VBIOS may not run: if stolen memory forbids it, or if it would hang because
// 00:1f.0 has not the ids of a host's LPC bridge.
// Errors: IGD_ERR_ROM_NO_STOLEN, IGD_ERR_ROM_LPC.
// Warnings: IGD_WARN_ROM_PM_TIMER. Notes: IGD_NOTE_NO_ROM, IGD_NOTE_ROM_UNUSED.
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

// Judges a trial of legacy VGA: dead has IGD_VGA_* bits. Returns condition 5 as an enum igd_known.
// With other VGA devices a success is IGD_NOT_TRIED, as one of them may have answered.
// Errors: IGD_ERR_VGA.
uint8_t igd_judge_vga(uint8_t dead, unsigned others, struct igd_findings *found);

// --- The option ROM ---------------------------------------------------------------------------

// Why an option ROM's image was taken.
enum igd_rom_match {
    IGD_ROM_BY_LIST = 1, // its device list (PCI Firmware Specification 3.0) has the device
    IGD_ROM_BY_ID,       // it has no list, but the device's id, which QEMU writes into every image
    IGD_ROM_BY_CLASS,    // it has no list, but is for a device of this vendor and class
    IGD_ROM_BY_FORCE,    // it has a list without the device: it is another family's
};

// An option ROM's image.
struct igd_rom {
    uint32_t offset, bytes; // the image in the file; whole units of 512 bytes
    uint8_t match;          // enum igd_rom_match
};

// Finds the first x86 image for a device in an option ROM file of file_bytes at file.
// Errors, with *rom not valid: IGD_ERR_ROM_*. Warnings: IGD_WARN_ROM_FAMILY.
int igd_rom_find(const uint8_t *file, uint32_t file_bytes, const struct igd_device *device,
                 struct igd_rom *rom, struct igd_findings *found);

// Intel's VBIOSes of Gen4 to Gen9 cache BDSM in their image: the first POST reads the register,
// later ones use the cached dword. Returns the offset of this dword in an image that igd_rom_find()
// found, or 0 unless the image has the code that uses it exactly once.
uint32_t igd_rom_cache(const uint8_t *image, uint32_t image_bytes);

// The result of a trial of the GTT, see igd_gtt_trial_value().
struct igd_gtt_trial {
    uint8_t tried;      // 1: wrote and read are valid
    uint32_t wrote;     // what was written to entry 0 through BAR4
    uint32_t read;      // what entry 0 then read
};

// Returns what a trial writes to the low dword of GTT entry 0 if stolen memory is at addr: an entry
// that is not valid. Write BDSM before the trial, or QEMU before 10.0 aborts.
uint32_t igd_gtt_trial_value(uint32_t addr);

// Returns what a VBIOS must take for BDSM, so that the GTT entries it writes through BAR4 point at
// addr, where stolen memory is; 0 if this is unknown. QEMU 2.6 to 9.2 in legacy mode takes the
// entries for the host's addresses: it adds the guest's BDSM and subtracts the host's. The VBIOS
// must then take the host's BDSM, which the trial gives, otherwise addr. *rewrites is 1 if QEMU
// rewrites entries, else 0.
uint32_t igd_vbios_bdsm(uint32_t addr, const struct igd_gtt_trial *trial, uint8_t *rewrites);

// A VBIOS fills the GTT from entry 0 on: entry n with vbios_bdsm + n * 4 KiB, and on Bay Trail all
// entries behind stolen memory with one page of it. QEMU rewrites only the first entries (2,048 of
// Gen8 and newer with a GTT of 8 MiB); the rest have the host's addresses.
// Returns what entry n must be, or 0 if the VBIOS has written neither it nor any behind it.
uint32_t igd_mend_gtt_entry(uint32_t entry, uint32_t n, uint32_t vbios_bdsm,
                            const struct igd_stolen *stolen);

// Returns how many bytes a GTT entry has: 4, from Gen8 on 8, of which the low four are enough.
unsigned igd_gtt_entry_bytes(const struct igd_family *family);

// Mends the copy of an image that igd_rom_find() found (image_bytes is a multiple of 512). An image
// read from the host is often the shadow that the host's POST has modified.
// cache is what igd_rom_cache() returned; if neither it nor bdsm is 0, bdsm is written there. The
// checksum is mended in the byte behind the jump at the image's start or, without a jump, in the
// last byte.
// Warning: IGD_WARN_ROM_CHECKSUM with the sum that the image came with.
void igd_rom_mend(uint8_t *image, uint32_t image_bytes, uint32_t cache, uint32_t bdsm,
                  struct igd_findings *found);

// VBIOSes measure time by the ACPI PM timer, which they find by the I/O base in config 40h of
// 00:1f.0 (to Gen8) or 00:1f.2 (Gen9). Returns 1 if the base must be written: if the device exists
// and has none, else 0. value: what config 40h of the device reads.
int igd_wants_pm_base(const struct igd_device *device, uint32_t value);

// How many interrupts of the PM timer take no less than so many seconds (1 to 255): 2 to 110.
uint8_t igd_pm_timer_ticks(uint8_t seconds);

#endif // igd.h
