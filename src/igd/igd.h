// SPDX-License-Identifier: LGPL-3.0-only
// The library's interface: what to do for an assigned Intel IGD, decided from bytes.
// Copyright (C) 2026 The seabios-igd authors
//
// Nothing here does I/O, allocates or keeps state. The caller reads QEMU's fw_cfg files and the
// device's configuration space, asks these functions what follows from them, carries that out
// and logs the findings. Integers in files and registers are little-endian. Unless a contract
// says otherwise, pointers must not be NULL, and addresses are guest-physical.
//
// Functions that can refuse return 0 or a negated IGD_ERR_* code, and have then added that code
// to the findings. Warnings and notes are added there only.
#ifndef IGD_H
#define IGD_H

#include "igd_env.h" // uint32_t
#include "igd_regs.h" // IGD_REG_ASLS

// What was found, and what igd_message() has a line for. Every code carries up to two numbers,
// written here as (value, limit).
enum igd_code {
    // Refused: what QEMU handed over cannot be used, or the machine cannot do it.
    IGD_ERR_OPREGION_BYTES = 1, // file shorter than 8 KiB (file bytes, least bytes)
    IGD_ERR_OPREGION_LIMIT,     // file too long (file bytes, most bytes)
    IGD_ERR_OPREGION_SIGNATURE, // does not start with IGD_OPREGION_SIGNATURE (file bytes)
    IGD_ERR_OPREGION_HEADER,    // header's size is beyond the file (header's bytes, file bytes)
    IGD_ERR_OPREGION_ROOM,      // no memory (bytes needed, largest free piece)
    IGD_ERR_ASLS,               // register does not keep its value (read back, written)
    // Likewise, and no VBIOS must be run: it would take other memory for its own.
    IGD_ERR_STOLEN_FILE,        // etc/igd-bdsm-size is not a u64 (file bytes, 8)
    IGD_ERR_STOLEN_LIMIT,       // size cannot lie below 4 GiB (bytes, most bytes)
    IGD_ERR_STOLEN_ADDRESS,     // size is given but the IGD is elsewhere (its BDF, 00:02.0's)
    IGD_ERR_STOLEN_ROOM,        // no memory (bytes needed, most that fits)
    IGD_ERR_STOLEN_UNSET,       // no size, but GMS says so much, and BDSM is 0 (GMS's MiB)
    IGD_ERR_BDSM,               // register does not keep its value (read back, written)
    // Likewise, of the VBIOS and the machine.
    IGD_ERR_ROM_SIGNATURE,      // no 55AAh where an image must start (offset, file bytes)
    IGD_ERR_ROM_PCIR,           // PCI data structure is not there (offset, file bytes)
    IGD_ERR_ROM_BYTES,          // image does not fit (its bytes, bytes there are from its start)
    IGD_ERR_ROM_MATCH,          // no image for the device (file bytes, device id)
    IGD_ERR_VGA,                // legacy VGA does not reach the IGD (IGD_VGA_* bits, 0)
    IGD_ERR_NO_DEVICE,          // fw_cfg files, but no Intel display device
    // Warnings: done, but the user should know.
    IGD_WARN_SECOND_DEVICE,     // another Intel display device is left alone (its BDF)
    IGD_WARN_DEVICE_ID,         // unknown id: newest BDSM layout is assumed (device id)
    IGD_WARN_RVDA,              // RVDA/RVDS not inside the file: cleared (RVDA, file bytes)
    IGD_WARN_VBT_MISSING,       // no VBT in RVDA or mailbox 4
    IGD_WARN_VBT_SIZE,          // VBT's size cannot be: not taken (VBT's bytes, room's bytes)
    IGD_WARN_VBT_CHECKSUM,      // its bytes do not add up to 0 (sum, 0)
    IGD_WARN_VBT_PADDED,        // more data than the VBT's size (data bytes, VBT's bytes)
    IGD_WARN_BAR_HIGH,          // VBIOS and VBE cannot reach BAR0 (bits 63:32 of its address)
    IGD_WARN_ROM_CHECKSUM,      // option ROM's bytes do not add up to 0, mended (sum, 0)
    IGD_WARN_STOLEN_ROUNDED,    // size was no MiB multiple (bytes, rounded bytes)
    IGD_WARN_STOLEN_BASE,       // host's base is not in the guest's RAM (host's base, RAM's end)
    IGD_WARN_STOLEN_BASE_VALUE, // host's base can be no guest's (host's base, least address)
    IGD_WARN_STOLEN_BASE_FILE,  // etc/igd-stolen-base is not a u64 (file bytes, 8)
    IGD_WARN_GMS,               // drivers count on more than is reserved (GMS's MiB, reserved MiB)
    IGD_WARN_SWITCH,            // switch has no such value (function of INT 15h AX=5FXXh, most)
    IGD_WARN_ROM_BDSM,          // host's BDSM in the option ROM, cleared (BDSM, its offset)
    // Notes: nothing is wrong, but something is not there, or not the guest's.
    IGD_NOTE_BGSM,              // Gen12+, BGSM does not fit the guest's stolen memory (BGSM)
    IGD_NOTE_DBUF,              // Gen12+, host left its display buffer powered (slice, DBUF_CTL)
    IGD_NOTE_NO_OPREGION,       // device, but no etc/igd-opregion
    IGD_NOTE_NO_STOLEN,         // device at 00:02.0, but no etc/igd-bdsm-size
    IGD_NOTE_STOLEN_ZERO,       // etc/igd-bdsm-size is 0
    IGD_NOTE_STOLEN_BASE,       // Gen11+, host's base not known (STOLEN_RESERVED; all ones: unread)
    IGD_NOTE_GMS,               // drivers count on less than is reserved (GMS's MiB, reserved MiB)
    IGD_NOTE_NO_ROM,            // the only display, but no option ROM (its BDF)
    IGD_NOTE_ROM_UNUSED,        // the only display, but not one that a VBIOS can drive (its BDF)
    IGD_CODES
};

// One finding: what was found, and its two numbers.
struct igd_finding {
    uint64_t value;
    uint32_t limit;
    uint8_t code; // enum igd_code
};

// As many as one device can have, if the list is emptied after stolen memory, which has most
// (rounding, device id, GMS, base's file and value, both halves of BDSM, BGSM, DBUF), and after the
// OpRegion.
#define IGD_FINDINGS_MAX 9

// Findings in the order they were made. Start with count 0; a full list takes no more.
struct igd_findings {
    uint8_t count;
    struct igd_finding item[IGD_FINDINGS_MAX];
};

// Adds one finding. Returns -code.
int igd_add(struct igd_findings *found, uint32_t value, uint32_t limit, uint8_t code);
// Likewise, with a value of 64 bits.
int igd_add64(struct igd_findings *found, uint64_t value, uint32_t limit, uint8_t code);

// igd_add() with the code first, as it is read. (Last it takes the least bytes to pass on i386, and
// there are many calls.)
#define igd_find(found, code, value, limit) igd_add(found, value, limit, code)

// igd_add64() likewise.
#define igd_find64(found, code, value, limit) igd_add64(found, value, limit, code)

// No line is longer, with its terminator.
#define IGD_LINE_BYTES 192

// Writes the line for a finding's code, "igd: error: <cause>; <cure>\n", or warning, or note. It is
// a printf format that takes value as unsigned long long and limit as unsigned int, in this order:
// it uses both, the value or neither, as %llx and %x.
// Returns 0, or -1 for a code that is not in enum igd_code (nothing is written then).
int igd_message(uint8_t code, char line[IGD_LINE_BYTES]);

// One PCI device, as its configuration space tells.
struct igd_device {
    uint16_t bdf; // bus 15:8, device 7:3, function 2:0
    uint16_t vendor, device;
    uint16_t class; // base class and subclass
};

// Returns 1 for an Intel display device of class 0300h or 0380h at any address, else 0.
// (igd-assign asks for class VGA; QEMU 10.1 and newer serve 0380h too.)
int igd_is_display(uint16_t vendor, uint16_t class);

// How GGC tells the size of stolen memory. From IGD_GMS_GEN8 on GMS has eight bits.
enum igd_gms { IGD_GMS_GEN6, IGD_GMS_CHV, IGD_GMS_GEN8, IGD_GMS_GEN9 };

// What a device id tells. Static data, valid for ever.
struct igd_family {
    uint16_t id, mask;     // (device id & mask) == id
    uint8_t gen;           // 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux
    uint8_t gms;           // enum igd_gms
};

// Returns the family of a device id: Sandy Bridge to Nova Lake. Never NULL: an id that no rule
// matches gets the newest generation under the name "unknown", with mask 0.
const struct igd_family *igd_family(uint16_t device_id);

// No code name is longer, with its terminator.
#define IGD_NAME_BYTES 16

// Writes the code name of a family that igd_family() returned.
void igd_family_name(const struct igd_family *family, char name[IGD_NAME_BYTES]);

// One dword to write to configuration space, and the bits that must then read back.
struct igd_write {
    uint8_t reg;
    uint32_t value, mask;
};

// What to write so that the device finds its OpRegion at addr (4 KiB aligned).
void igd_asls_write(uint32_t addr, struct igd_write *write);

// Returns the offset of BDSM, or of its low half, in configuration space.
uint8_t igd_bdsm_reg(const struct igd_family *family);

// What to write so that the device finds its stolen memory at addr (1 MiB aligned). Fills
// write[0] and, for the 64-bit register of Gen11 and newer, write[1]; returns how many.
unsigned igd_bdsm_writes(const struct igd_family *family, uint32_t addr,
                         struct igd_write write[2]);

// How many bytes to reserve for an OpRegion file of file_bytes: *room_bytes, a multiple of
// 4 KiB, at most IGD_OPREGION_LIMIT_BYTES. Zero the bytes past the file: they are the guest's
// to see. Errors, with *room_bytes 0: IGD_ERR_OPREGION_BYTES, _LIMIT.
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
// over. RVDA counts from the OpRegion in version 2.1 and newer; in 2.0 it is an address of the
// host, which means nothing in a guest; before 2.0, or when RVDA or RVDS is 0, there is none.
// Errors: IGD_ERR_OPREGION_BYTES, _SIGNATURE, _HEADER (*opregion is then not to be used).
// Warnings: IGD_WARN_RVDA, IGD_WARN_VBT_*.
int igd_opregion_read(const uint8_t *file, uint32_t file_bytes, struct igd_opregion *opregion,
                      struct igd_findings *found);

// Makes the guest's copy consistent: clears RVDA and RVDS if they point outside of it.
// file and file_bytes are those that igd_opregion_read() accepted.
void igd_opregion_mend(uint8_t *file, uint32_t file_bytes, const struct igd_opregion *opregion);

// Returns the MiB of stolen memory that a device's GGC tells drivers: 0 to 8160.
uint32_t igd_gms_mb(const struct igd_family *family, uint16_t ggc);

// How much stolen memory to reserve for a device: *stolen_bytes, a multiple of 1 MiB, 0 for
// none. file holds etc/igd-bdsm-size (NULL: there is no such file), file_bytes is the size of
// that file; IGD_STOLEN_FILE_BYTES are read, and only if file_bytes is just that. gms_mb is what
// drivers count on, bdsm BDSM's low half as it is.
// Errors, with *stolen_bytes 0: IGD_ERR_STOLEN_FILE, _LIMIT, _ADDRESS, _UNSET (at 00:02.0). Others:
// IGD_WARN_STOLEN_ROUNDED; IGD_WARN_DEVICE_ID if memory is to be reserved; IGD_NOTE_STOLEN_ZERO
// at any address; IGD_NOTE_NO_STOLEN at 00:02.0.
int igd_stolen_size(const struct igd_device *device, const uint8_t *file, uint32_t file_bytes,
                    uint32_t gms_mb, uint32_t bdsm, uint32_t *stolen_bytes,
                    struct igd_findings *found);

// Compares that, gms_mb, with the stolen_bytes (a multiple of 1 MiB) that are reserved, at 00:02.0.
// IGD_WARN_GMS: drivers would use what is not theirs; IGD_NOTE_GMS: they use less.
void igd_gms_compare(const struct igd_device *device, uint32_t gms_mb, uint32_t stolen_bytes,
                     struct igd_findings *found);

// Returns where etc/igd-stolen-base says that the host has stolen memory: any value, 0 for not
// known. file_bytes is the size of that file, negative if there is none; IGD_STOLEN_FILE_BYTES are
// read at file, and only if file_bytes is just that.
// IGD_WARN_STOLEN_BASE_FILE: it is not of that size.
uint64_t igd_stolen_file_addr(const uint8_t *file, int file_bytes, struct igd_findings *found);

// Returns where stolen memory must be to end where the host's does, derived from the two halves of
// STOLEN_RESERVED, which points there (Gen11 and newer), and its size: gms_mb, what drivers count
// on, or stolen_bytes, what is reserved, if that is less or gms_mb is 0. If gms_mb is the host's,
// and not x-igd-gms's, it starts where the host's does, too. Returns 0 if STOLEN_RESERVED is not
// set, cannot be or is above 4 GiB. A hint: any other 1 MiB aligned address.
uint32_t igd_stolen_host_addr(uint32_t reserved, uint32_t reserved_high, uint32_t gms_mb,
                              uint32_t stolen_bytes);

// Where to put stolen_bytes (a multiple of 1 MiB, not 0) into RAM that is one piece from 1 MiB to
// ram_end: *addr, a multiple of 1 MiB and IGD_STOLEN_LEAST_ADDR at least, is host_addr if that is
// possible, else the top of RAM. host_addr: where the host has it, any value; 0: not known.
// Errors, with *addr 0: IGD_ERR_STOLEN_ROOM. Others: IGD_WARN_STOLEN_BASE if more RAM could help,
// IGD_WARN_STOLEN_BASE_VALUE if nothing can.
int igd_stolen_place(uint32_t stolen_bytes, uint64_t host_addr, uint32_t ram_end, uint32_t *addr,
                     struct igd_findings *found);

// Looks for what a host's firmware leaves in a Gen12 or newer device that Windows' driver
// stumbles over. bgsm: BGSM's low half; stolen_addr: where the guest's stolen memory is, 0 for
// none; dbuf: DBUF_CTL of the slices. The GTT, whose size GGC tells, is right below stolen memory:
// a BGSM that is there is the guest's as well as the host's.
// IGD_NOTE_BGSM; IGD_NOTE_DBUF, for one slice at most.
void igd_host_leftovers(const struct igd_family *family, uint16_t ggc, uint32_t bgsm,
                        uint32_t stolen_addr, const uint32_t dbuf[IGD_DBUF_SLICES],
                        struct igd_findings *found);

// What keeps legacy VGA accesses from the IGD.
enum igd_vga_dead {
    IGD_VGA_DECODE = 0x01,    // its command register: I/O or memory decode is off
    IGD_VGA_BRIDGE = 0x02,    // a bridge before it does not forward VGA
    IGD_VGA_GGC = 0x04,       // GGC: VGA is disabled
    IGD_VGA_REGISTERS = 0x08, // a register does not hold what is written
    IGD_VGA_MEMORY = 0x10,    // nor does a byte at A0000h
};

// What igd_hook() answers from: the panel word, of four fields of a byte each, from the low one.
enum igd_panel_field {
    IGD_PANEL_BOOT_DISPLAY, // as 5F35h returns it; 0: the VBIOS's default
    IGD_PANEL_TYPE,         // 1 to 16
    IGD_PANEL_LFP,          // active flat panel, IGD_LFP_*
    IGD_PANEL_DEPTH,        // colour depth of the panel, 0: 18 bits, 1: 24 bits
    IGD_PANEL_FIELDS
};
#define IGD_PANEL_UNKNOWN 0xff // in the last two

// Returns the panel word that a VBT tells. For what it does not tell: default boot display, type
// IGD_PANEL_TYPE_DEFAULT, the others unknown. (NULL, 0) is a VBT that tells nothing. Never 0.
uint32_t igd_panel(const uint8_t *vbt, uint32_t vbt_bytes);

// The function that asks for each field, and the values that a user may give it.
struct igd_range {
    uint8_t function, least, most;
};
// By enum igd_panel_field.
extern const struct igd_range igd_panel_ranges[IGD_PANEL_FIELDS];

// Answers INT 15h AX=5FXXh, XXh being the function: AX to return in bits 31:16, CX in bits 15:0;
// 0 for a function that is not supported. AX 015Fh: supported, but not known here; a VBIOS then
// goes by its own tables. Sources of the functions: Intel EMGD guide (31h, 33h to 36h, 38h, 40h),
// coreboot kontron/ktqm77 (14h, 49h, 52h) and drivers/intel/gma/int15.c (34h, 35h, 40h, 51h, 70h),
// SeaBIOS 02145150 (50h).
uint32_t igd_hook(uint8_t function, uint16_t bx, uint16_t cx, uint32_t panel);

// Reads a switch that a user sets by a fw_cfg file: one or two hexadecimal digits. bytes is the
// size of the text, or negative for none. Returns the value, or -1 if it is not of this form or not
// in the range.
int igd_switch(const uint8_t *text, int bytes, const struct igd_range *range);

// Whether an IGD is the boot display, before any other VGA device: a VBIOS can drive it only as
// a VGA device at 00:02.0. has_rom: 1 if there is an option ROM for it. wish: what the user
// wants, 1 yes, 0 no, -1 not said; a device of another class than VGA is none whatever the wish.
int igd_is_primary(const struct igd_device *device, int has_rom, int wish);

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
// Errors, *rom being of no use then: IGD_ERR_ROM_*.
int igd_rom_find(const uint8_t *file, uint32_t file_bytes, const struct igd_device *device,
                 struct igd_rom *rom, struct igd_findings *found);

// Mends the copy of an image that igd_rom_find() found (image_bytes is a multiple of 512),
// wherever it came from: an image read from the host is often the shadow that the host's POST has
// modified. The cached BDSM is cleared if the code that uses it is there just once, and the
// checksum is made right, in the byte behind the jump that the image starts with or, without one,
// in the last byte.
// Warnings: IGD_WARN_ROM_BDSM; IGD_WARN_ROM_CHECKSUM with the sum that the image came with, unless
// the cached BDSM alone made it wrong.
void igd_rom_mend(uint8_t *image, uint32_t image_bytes, struct igd_findings *found);

// What has been seen of the conditions that assignment asks (igd-assign), and beyond them.
enum igd_fact {
    IGD_FACT_OPREGION = 0x01, // 1 OpRegion with a VBT, and ASLS points at it
    IGD_FACT_LPC = 0x02,      // 2 the LPC bridge's ids are a host's
    IGD_FACT_ADDRESS = 0x04,  // 3 the IGD is at 00:02.0
    IGD_FACT_CLASS = 0x08,    // 4 its class is VGA
    IGD_FACT_VGA = 0x10,      // 5 legacy VGA ranges reach it
    IGD_FACT_ROM = 0x20,      // 6 a valid VBIOS
    IGD_FACT_VGA_TRIED = 0x40, // 5 has been tried, and no other VGA device may have answered
    IGD_FACT_ROM_TRIED = 0x80, // 6 has been looked for
    IGD_FACT_WANTED = 0x100,   // a VBIOS is there, or the IGD shall be the boot display
    IGD_FACT_NO_STOLEN = 0x200,  // stolen memory was refused: the VBIOS must not be run
    IGD_FACT_BARS_LOW = 0x400,   // its BARs were kept below 4 GiB, others were not
    IGD_FACT_ROM_MATCH = 0x800,  // the VBIOS is not for this very id
    IGD_FACT_ROM_BDSM = 0x1000,  // the host's BDSM in it was cleared
    IGD_FACT_BGSM = 0x2000,      // IGD_NOTE_BGSM
    IGD_FACT_DBUF = 0x4000,      // IGD_NOTE_DBUF
};
#define IGD_CONDITIONS 6   // how many there are
#define IGD_FACTS_TRIED 2  // from the bit of 5 or 6 to that of its trial
#define IGD_FACTS_BEYOND 10 // the bit where those beyond them start

// Returns facts 2 to 4. lpc_ids: the dword at 0 of 00:1f.0's configuration space, vendor in its
// low half; lpc_class: its base class and subclass.
unsigned igd_facts(const struct igd_device *device, uint32_t lpc_ids, uint16_t lpc_class);

// Returns the fact that a finding's code stands for; 0 for most.
unsigned igd_fact_of(uint8_t code);

// Writes a line of the table of conditions. Row 0 is its head; 1 to IGD_CONDITIONS are
// "igd: NUMBER CONDITION STATE WHO[; CURE]\n"; the next is what was found beyond them,
// "igd: + WHAT[, WHAT]\n".
// States: ok; missing; not needed, as no VBIOS is wanted; not tried. WHO needs it: of Linux,
// Windows and the VBIOS those that this guest may have.
// Returns 0, or -1 if there is no such row or nothing to say in it (nothing is written then).
int igd_table(unsigned row, unsigned facts, char line[IGD_LINE_BYTES]);

// Whether the machine is QEMU's, although x-igd-lpc gave the host bridge (vendor, device) the
// host's subsystem ids. signature: the u32 that QEMU's fw_cfg device, if there is one, gives for
// key 0.
int igd_is_qemu(uint16_t vendor, uint16_t device, uint32_t signature);

// Whether a device is the LPC bridge of a q35, whatever its device id was overridden with: an
// Intel ISA bridge at 00:1f.0 below Q35's host bridge. host_ids: the dword at 0 of 00:00.0's
// configuration space, vendor in its low half.
int igd_is_q35_lpc(const struct igd_device *bridge, uint32_t host_ids);

#endif // igd.h
