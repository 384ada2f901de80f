// SPDX-License-Identifier: LGPL-3.0-only
// Everything that the firmware says in its log. The host tool and the tests read this file.
// Copyright (C) 2026 The seabios-igd authors
//
// Formats are printf's, of those that SeaBIOS's printf knows: %u %x %llx %s, widths with zeros.

// What was found:
//     // meaning (value, limit)
//     IGD_MESSAGE(severity, code, format, cure[, argument ...])
// The log has "igd: <severity>: <format>; <cure>". An error: something was refused or could not be
// done. A warning: it was done, but look at this. A note: there was nothing to do. Arguments are
// made of the finding's value and limit by igd_message.c. docs/messages.md explains each code.
// Whoever includes this file defines what to make of the lines.
#ifdef IGD_MESSAGE
// --- OpRegion ---
// file is shorter than 8 KiB (file bytes, least bytes)
IGD_MESSAGE(error, IGD_ERR_OPREGION_BYTES, "OpRegion refused: it has %u bytes, must have at least %u", "check the host's OpRegion", VALUE, LIMIT)
// file is too long (file bytes, most bytes)
IGD_MESSAGE(error, IGD_ERR_OPREGION_LIMIT, "OpRegion refused: it has %u bytes, must have at most %u", "check the host's OpRegion", VALUE, LIMIT)
// file does not start with IGD_OPREGION_SIGNATURE (file bytes)
IGD_MESSAGE(error, IGD_ERR_OPREGION_SIGNATURE, "OpRegion refused: its %u bytes do not start with IntelGraphicsMem", "check the host's OpRegion", VALUE)
// header's size is beyond the file (header's bytes, file bytes)
IGD_MESSAGE(error, IGD_ERR_OPREGION_HEADER, "OpRegion refused: its header says %u KiB, it has %u KiB", "check the host's OpRegion", KIB(value), KIB(limit))
// no memory (bytes needed, largest free piece)
IGD_MESSAGE(error, IGD_ERR_OPREGION_ROOM, "no room for the OpRegion: it needs %u KiB, there are %u KiB", "raise -m", KIB(value), KIB(limit))
// register does not keep its value (read back, written)
IGD_MESSAGE(error, IGD_ERR_ASLS, "ASLS reads 0x%x, 0x%x was written", "use x-igd-opregion=on", VALUE, LIMIT)
// RVDA/RVDS are not inside the file: cleared (RVDA, file bytes)
IGD_MESSAGE(warning, IGD_WARN_RVDA, "RVDA 0x%llx is outside of the OpRegion's %u bytes: cleared", "the host needs Linux 5.16+", VALUE64, LIMIT)
// neither RVDA nor mailbox 4 has a VBT
IGD_MESSAGE(warning, IGD_WARN_VBT_MISSING, "the OpRegion has no VBT", "check the host's OpRegion")
// VBT's size is impossible: not taken (VBT's bytes, room's bytes)
IGD_MESSAGE(warning, IGD_WARN_VBT_SIZE, "VBT ignored: it says %u bytes, its room has %u", "check the host's OpRegion", VALUE, LIMIT)
// VBT's bytes do not add up to 0 (sum)
IGD_MESSAGE(warning, IGD_WARN_VBT_CHECKSUM, "the VBT's sum is 0x%02x, must be 0", "harmless", VALUE)
// room has more data than the VBT's size (data bytes, VBT's bytes)
IGD_MESSAGE(warning, IGD_WARN_VBT_PADDED, "the VBT has %u bytes, it says %u", "harmless", VALUE, LIMIT)
// there is a device, but no etc/igd-opregion
IGD_MESSAGE(note, IGD_NOTE_NO_OPREGION, "no etc/igd-opregion: ASLS is not written", "use x-igd-opregion=on")
// --- stolen memory ---
// etc/igd-bdsm-size is not a u64 (file bytes, 8)
IGD_MESSAGE(error, IGD_ERR_STOLEN_FILE, "stolen memory refused: etc/igd-bdsm-size has %u bytes, must have %u", "leave that file to QEMU", VALUE, LIMIT)
// size cannot lie below 4 GiB (bytes, most bytes)
IGD_MESSAGE(error, IGD_ERR_STOLEN_LIMIT, "stolen memory refused: %u MiB, must be at most %u MiB", "lower x-igd-gms", MIB(value), MIB(limit))
// size is given but the IGD is elsewhere (its BDF, 00:02.0's)
IGD_MESSAGE(error, IGD_ERR_STOLEN_ADDRESS, "stolen memory refused: the IGD is at %02x:%02x.%x, must be at 00:02.0", "use addr=2.0", BDF(value))
// no RAM for it (bytes needed, most that fits)
IGD_MESSAGE(error, IGD_ERR_STOLEN_ROOM, "no room for stolen memory: it needs %u MiB, there are %u MiB below 4 GiB", "lower x-igd-gms, or raise -m up to 3583M (pc), 2815M (q35)", MIB(value), MIB(limit))
// register does not keep its value (read back, written)
IGD_MESSAGE(error, IGD_ERR_BDSM, "BDSM reads 0x%x, 0x%x was written", "use QEMU 10.0+", VALUE, LIMIT)
// BDSM keeps the host's address: drivers go there (BDSM, where stolen memory is reserved)
IGD_MESSAGE(warning, IGD_WARN_BDSM, "BDSM keeps 0x%x, drivers look there: stolen memory is at 0x%x", "use QEMU 10.0+", VALUE, LIMIT)
// size is no multiple of 1 MiB (bytes, bytes reserved)
IGD_MESSAGE(warning, IGD_WARN_STOLEN_ROUNDED, "stolen memory of 0x%x bytes is rounded up to %u MiB", "harmless", VALUE, MIB(limit))
// host's address is not in the guest's RAM (address, RAM's end)
IGD_MESSAGE(warning, IGD_WARN_STOLEN_BASE, "the host's stolen memory at 0x%x is not in the RAM below 0x%x", "raise -m, or use pc,max-ram-below-4g=4G -m 3584M", VALUE, LIMIT)
// host's address is impossible in a guest (address, least address)
IGD_MESSAGE(warning, IGD_WARN_STOLEN_BASE_VALUE, "the host's stolen memory at 0x%llx must be at a MiB from 0x%x to 4 GiB", "correct etc/igd-stolen-base", VALUE64, LIMIT)
// etc/igd-stolen-base is not a u64 (file bytes, 8)
IGD_MESSAGE(warning, IGD_WARN_STOLEN_BASE_FILE, "etc/igd-stolen-base ignored: it has %u bytes, must have %u", "correct etc/igd-stolen-base", VALUE, LIMIT)
// drivers count on more than is reserved (GMS's MiB, reserved MiB)
IGD_MESSAGE(warning, IGD_WARN_GMS, "GMS says %u MiB of stolen memory, QEMU %u MiB: drivers use more than is theirs", "x-igd-gms sets both", VALUE, LIMIT)
// drivers count on less than is reserved (GMS's MiB, reserved MiB)
IGD_MESSAGE(note, IGD_NOTE_GMS, "GMS says %u MiB of stolen memory, QEMU %u MiB", "harmless", VALUE, LIMIT)
// a size is given, but GMS is 0 (reserved MiB)
IGD_MESSAGE(warning, IGD_WARN_GMS_ZERO, "GMS says 0 MiB of stolen memory, QEMU %u MiB: Windows' driver fails", "set x-igd-gms=2", VALUE)
// the device is at 00:02.0, but there is no etc/igd-bdsm-size (GMS's MiB)
IGD_MESSAGE(note, IGD_NOTE_NO_STOLEN, "no etc/igd-bdsm-size, GMS says %u MiB of stolen memory", "use QEMU 10.0+", VALUE)
// etc/igd-bdsm-size is 0 (GMS's MiB)
IGD_MESSAGE(note, IGD_NOTE_STOLEN_ZERO, "etc/igd-bdsm-size is 0, GMS says %u MiB of stolen memory", "set x-igd-gms=2", VALUE)
// Gen11+: host's address is not known (STOLEN_RESERVED)
IGD_MESSAGE(note, IGD_NOTE_STOLEN_BASE, "the host's stolen memory is not known, STOLEN_RESERVED 0x%x", "etc/igd-stolen-base tells it", VALUE)
// Gen12+: BGSM does not fit the guest's stolen memory (BGSM)
IGD_MESSAGE(note, IGD_NOTE_BGSM, "BGSM 0x%x is the host's: Windows may show black bands", "etc/igd-stolen-base cures it", VALUE)
// Gen12+: host left its display buffer on (slice, DBUF_CTL)
IGD_MESSAGE(note, IGD_NOTE_DBUF, "the host left DBUF slice %u on, DBUF_CTL 0x%x: Windows may show stripes", "let the display sleep and wake", VALUE, LIMIT)
// --- the device ---
// there are fw_cfg files, but no Intel display device
IGD_MESSAGE(error, IGD_ERR_NO_DEVICE, "there are files etc/igd-*, but no Intel display device", "assign one IGD with vfio-pci")
// another Intel display device is left alone (its BDF)
IGD_MESSAGE(warning, IGD_WARN_SECOND_DEVICE, "a second Intel display device, at %02x:%02x.%x, is left alone", "assign one IGD with vfio-pci", BDF(value))
// id is not known: set up as the newest generation (device id)
IGD_MESSAGE(warning, IGD_WARN_DEVICE_ID, "device id %04x is not known, taken for the newest generation", "please report the id", VALUE)
// BAR0 or BAR2 is above 4 GiB (bits 63:32 of its address)
IGD_MESSAGE(warning, IGD_WARN_BAR_HIGH, "a BAR is at 0x%x00000000, out of the reach of VBIOS and VBE", "lower the host's aperture", VALUE)
// legacy VGA does not reach the IGD (IGD_VGA_* bits)
IGD_MESSAGE(error, IGD_ERR_VGA, "legacy VGA does not reach the IGD, these fail:%s%s%s%s%s", "use x-vga=on, make the IGD primary on the host", VGA_NAMES(value))
// switch has an impossible value (enum igd_switch, most)
IGD_MESSAGE(warning, IGD_WARN_SWITCH, "opt/org.seabios/%s ignored: must be 1 or 2 hex digits, at most %x", "correct it", SWITCH_NAME(value), LIMIT)
// --- the option ROM ---
// no 55AAh where an image must start (offset, file bytes)
IGD_MESSAGE(error, IGD_ERR_ROM_SIGNATURE, "option ROM refused: no 55AAh at 0x%x of its %u bytes", "give another with romfile=", VALUE, LIMIT)
// no PCI data structure where it must be (offset, file bytes)
IGD_MESSAGE(error, IGD_ERR_ROM_PCIR, "option ROM refused: no PCIR at 0x%x of its %u bytes", "give another with romfile=", VALUE, LIMIT)
// image does not fit (its bytes, bytes there are from its start)
IGD_MESSAGE(error, IGD_ERR_ROM_BYTES, "option ROM refused: its image has %u bytes, there is room for %u", "give another with romfile=", VALUE, LIMIT)
// no image for the device (file bytes, device id)
IGD_MESSAGE(error, IGD_ERR_ROM_MATCH, "option ROM refused: none of its %u bytes is for 8086:%04x", "give another with romfile=", VALUE, LIMIT)
// option ROM's bytes do not add up to 0: mended (sum)
IGD_MESSAGE(warning, IGD_WARN_ROM_CHECKSUM, "the option ROM's sum is 0x%02x, must be 0: mended", "harmless", VALUE)
// option ROM's device list lacks the device (device id)
IGD_MESSAGE(warning, IGD_WARN_ROM_FAMILY, "the option ROM is another family's: its list lacks 8086:%04x", "give another with romfile=", VALUE)
// BDSM is not where stolen memory is, and the option ROM cannot be told (where stolen memory is)
IGD_MESSAGE(error, IGD_ERR_ROM_CACHE, "option ROM not run: it cannot be told that stolen memory is at 0x%x", "use QEMU 10.0+", VALUE)
// neither QEMU nor GMS tells of stolen memory, which a VBIOS needs
IGD_MESSAGE(error, IGD_ERR_ROM_NO_STOLEN, "option ROM not run: there is no stolen memory", "set x-igd-gms=2")
// VBIOSes of this family hang with the LPC bridge that is there (its device id, the IGD's)
IGD_MESSAGE(error, IGD_ERR_ROM_LPC, "option ROM not run: 00:1f.0 has id %04x, not a host's: VBIOSes for 8086:%04x would hang", "use x-igd-lpc=on, -machine pc", VALUE, LIMIT)
// nothing is where some VBIOSes of Gen9 look for the PM timer
IGD_MESSAGE(warning, IGD_WARN_ROM_PM_TIMER, "nothing is at 00:1f.2: some VBIOSes of Gen9 hang", "put ich9-ahci there")
// the VBIOS did not return in time (its segment and offset, seconds)
IGD_MESSAGE(error, IGD_ERR_ROM_HANGS, "the VBIOS did not return within %u s, it was at %04x:%04x", "give another with romfile=", LIMIT, SEGMENT(value), OFFSET(value))
// the IGD is the only display and has no option ROM
IGD_MESSAGE(note, IGD_NOTE_NO_ROM, "no option ROM: dark until the guest's driver starts", "-machine graphics=off -serial stdio shows text")
// the only display has an option ROM, but no VBIOS can drive it there (its BDF, its class)
IGD_MESSAGE(note, IGD_NOTE_ROM_UNUSED, "option ROM not run: the IGD is at %02x:%02x.%x with class %04x, must be at 00:02.0 with 0300", "use addr=2.0, make the IGD primary on the host", BDF(value), LIMIT)
#endif

// What was done. The glue says it, src/seabios.
#define IGD_SAYS_DEVICE "igd: device %02x:%02x.%x 8086:%04x class %04x Gen%u %s\n"
#define IGD_SAYS_STOLEN "igd: stolen memory of %u MiB at 0x%08x-0x%08x RESERVED, BDSM[0x%02x] 0x%08x, %s\n"
#define IGD_SAYS_OPREGION "igd: OpRegion %u.%u of %u KiB, mailboxes 0x%x\n"
#define IGD_SAYS_VBT "igd: VBT \"%s\" at 0x%x, %u bytes\n"
#define IGD_SAYS_ASLS "igd: OpRegion at 0x%08x-0x%08x NVS, ASLS 0x%08x\n"
#define IGD_SAYS_BOOT_DISPLAY "igd: boot display\n"
#define IGD_SAYS_ROM "igd: option ROM of %u bytes from %s, accepted by %s\n"
#define IGD_SAYS_CUT_OFF "igd: VBIOS cut off on S3 resume, it was at %04x:%04x\n"
#define IGD_SAYS_CACHE "igd: option ROM has BDSM 0x%08x, set to 0x%08x\n"

// The table of conditions that comes last:
//     IGD_CONDITION(field of struct igd_report, name, who needs it, cure)
// in the order and with the numbers of QEMU's docs/igd-assign.txt. Names are of one length.
#ifdef IGD_CONDITION
IGD_CONDITION(opregion,   "OpRegion with VBT", LINUX | WINDOWS | VBIOS, "x-igd-opregion=on")
IGD_CONDITION(lpc,        "host's LPC ids   ", VBIOS,                   "x-igd-lpc=on, -machine pc")
IGD_CONDITION(address,    "address 00:02.0  ", WINDOWS | VBIOS,         "addr=2.0")
IGD_CONDITION(class_vga,  "class VGA        ", WINDOWS | VBIOS,         "x-pci-class-code=0x030000")
IGD_CONDITION(legacy_vga, "legacy VGA       ", VBIOS,                   "x-vga=on")
IGD_CONDITION(vbios,      "VBIOS            ", VBIOS,                   "romfile=FILE")
#endif

// What was found beyond the conditions, in one more line:
//     IGD_BEYOND(field of struct igd_report, words)
#ifdef IGD_BEYOND
IGD_BEYOND(bars_low,     "BARs kept low")
IGD_BEYOND(rom_other,    "VBIOS of another family")
IGD_BEYOND(rom_used,     "VBIOS used before")
IGD_BEYOND(gtt_rewrites, "QEMU rewrites the GTT")
IGD_BEYOND(bgsm,         "host's BGSM")
IGD_BEYOND(dbuf,         "DBUF left on")
#endif
