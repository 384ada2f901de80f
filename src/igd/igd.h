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
    // Refused: what QEMU handed over cannot be used.
    IGD_ERR_OPREGION_BYTES = 1, // file shorter than 8 KiB (file bytes, least bytes)
    IGD_ERR_OPREGION_LIMIT,     // file too long (file bytes, most bytes)
    IGD_ERR_OPREGION_SIGNATURE, // does not start with IGD_OPREGION_SIGNATURE (file bytes)
    IGD_ERR_OPREGION_HEADER,    // header's size is beyond the file (header's bytes, file bytes)
    IGD_ERR_STOLEN_FILE,        // etc/igd-bdsm-size is not a u64 (file bytes, 8)
    IGD_ERR_STOLEN_LIMIT,       // size cannot lie below 4 GiB (bytes, most bytes)
    IGD_ERR_STOLEN_ADDRESS,     // size is given but the IGD is elsewhere (its BDF, 00:02.0's)
    // Refused: the machine cannot do it.
    IGD_ERR_OPREGION_ROOM,      // no memory (bytes needed, largest free piece)
    IGD_ERR_STOLEN_ROOM,        // no memory (bytes needed, largest free piece)
    IGD_ERR_ASLS,               // register does not keep its value (read back, written)
    IGD_ERR_BDSM,               // likewise
    IGD_ERR_NO_DEVICE,          // fw_cfg files, but no Intel display device
    // Warnings: done, but the user should know.
    IGD_WARN_SECOND_DEVICE,     // another Intel display device is left alone (its BDF)
    IGD_WARN_DEVICE_ID,         // unknown id: newest BDSM layout is assumed (device id)
    IGD_WARN_RVDA,              // RVDA/RVDS not inside the file: cleared (RVDA, file bytes)
    IGD_WARN_VBT_MISSING,       // no VBT in RVDA or mailbox 4
    IGD_WARN_VBT_SIZE,          // VBT's size cannot be: not taken (VBT's bytes, room's bytes)
    IGD_WARN_VBT_CHECKSUM,      // its bytes do not add up to 0 (sum, 0)
    IGD_WARN_VBT_PADDED,        // more data than the VBT's size (data bytes, VBT's bytes)
    IGD_WARN_STOLEN_ROUNDED,    // size was no MiB multiple (bytes, rounded bytes)
    // Notes: nothing is wrong, but something is not there.
    IGD_NOTE_NO_OPREGION,       // device, but no etc/igd-opregion
    IGD_NOTE_NO_STOLEN,         // device at 00:02.0, but no etc/igd-bdsm-size
    IGD_NOTE_STOLEN_ZERO,       // etc/igd-bdsm-size is 0
    IGD_CODES
};

struct igd_finding {
    uint64_t value;
    uint32_t limit;
    uint8_t code; // enum igd_code
};

// As many as one device can have: the second device; for the OpRegion RVDA, the VBT's sum, its
// size and ASLS; for stolen memory rounding, device id and both halves of BDSM.
#define IGD_FINDINGS_MAX 9

// Findings in the order they were made. Start with count 0; a full list takes no more.
struct igd_findings {
    uint8_t count;
    struct igd_finding item[IGD_FINDINGS_MAX];
};

// Adds one finding. Returns -code.
int igd_find(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit);

// The words for one finding: "igd: <severity>: <cause>; <cure>". cause is a printf format that
// takes value as unsigned long long and limit as unsigned int, in this order: it uses both, the
// value or neither, as %llx and %x.
struct igd_message {
    const char *severity; // "error", "warning" or "note"
    const char *cause;    // what is wrong, with the value and its limit
    const char *cure;     // what to do about it, or why nothing need be done
};

// Returns 0, or -1 for a code that is not in enum igd_code (*message is then not written).
int igd_message(uint8_t code, struct igd_message *message);

// One PCI device, as its configuration space tells.
struct igd_device {
    uint16_t bdf; // bus 15:8, device 7:3, function 2:0
    uint16_t vendor, device;
    uint16_t class; // base class and subclass
};

// Returns 1 for an Intel display device of class 0300h or 0380h at any address, else 0.
// (igd-assign asks for class VGA; QEMU 10.1 and newer serve 0380h too.)
int igd_is_display(const struct igd_device *device);

// What a device id tells. Static data, valid for ever.
struct igd_family {
    uint16_t id, mask;     // (device id & mask) == id
    uint8_t gen;           // 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux
    char name[13];         // code name, terminated
};

// Returns the family of a device id: Sandy Bridge to Nova Lake. Never NULL: an id that no rule
// matches gets the newest generation under the name "unknown", with mask 0.
const struct igd_family *igd_family(uint16_t device_id);

// One dword to write to configuration space, and the bits that must then read back.
struct igd_write {
    uint8_t reg;
    uint32_t value, mask;
};

// What to write so that the device finds its OpRegion at addr (4 KiB aligned).
void igd_asls_write(uint32_t addr, struct igd_write *write);

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

// How much stolen memory to reserve for a device: *stolen_bytes, a multiple of 1 MiB, 0 for
// none. file holds etc/igd-bdsm-size (NULL: there is no such file), file_bytes is the size of
// that file; IGD_STOLEN_FILE_BYTES are read, and only if file_bytes is just that.
// Errors, with *stolen_bytes 0: IGD_ERR_STOLEN_FILE, _LIMIT, _ADDRESS. Others:
// IGD_WARN_STOLEN_ROUNDED; IGD_WARN_DEVICE_ID if memory is to be reserved; IGD_NOTE_STOLEN_ZERO
// at any address; IGD_NOTE_NO_STOLEN at 00:02.0.
int igd_stolen_size(const struct igd_device *device, const uint8_t *file, uint32_t file_bytes,
                    uint32_t *stolen_bytes, struct igd_findings *found);

#endif // igd.h
