// SPDX-License-Identifier: LGPL-3.0-only
// Registers of the IGD and layout of the OpRegion and VBT: the only place for such numbers.
// Copyright (C) 2026 The seabios-igd authors
//
// Sources, by the short names used below:
//   PRM          Intel Open Source HD Graphics Programmer's Reference Manuals, "PCI
//                Configuration Registers" (device 2)
//   igd-assign   QEMU docs/igd-assign.txt
//   QEMU igd.c   QEMU hw/vfio/igd.c
//   i915         Linux drivers/gpu/drm/i915/display/intel_opregion.c, intel_vbt_defs.h
//   early-quirks Linux arch/x86/kernel/early-quirks.c
#ifndef IGD_REGS_H
#define IGD_REGS_H

// PCI identity that makes a device ours.
#define IGD_PCI_VENDOR_INTEL        0x8086
#define IGD_PCI_CLASS_VGA           0x0300  // PCI code and ID assignment: VGA controller
#define IGD_PCI_CLASS_DISPLAY       0x0380  // other display controller (Raptor Lake and later
                                            // when it is not the primary display)
#define IGD_BDF_PRIMARY             0x0010  // 00:02.0; the only place with stolen memory
                                            // (igd-assign, "etc/igd-bdsm-size")

// The bridges that the platform is known by.
#define IGD_PCI_CLASS_ISA_BRIDGE    0x0601  // PCI code and ID assignment
#define IGD_PCI_DEVICE_I440FX       0x1237  // 82441 host bridge (QEMU pc)
#define IGD_PCI_DEVICE_Q35_HOST     0x29c0  // 82G33/G31/P35/P31 host bridge (QEMU q35)
#define IGD_PCI_DEVICE_ICH9_LPC     0x2918  // 82801IB LPC bridge (QEMU q35)
#define IGD_BDF_LPC                 0x00f8  // 00:1f.0
#define IGD_BDF_PM                  0x00fa  // 00:1f.2: where VBIOSes of Gen9 look for the PM timer;
                                            // older ones at the LPC bridge (observed; Intel 100
                                            // Series PCH datasheet: power management controller)
#define IGD_REG_PM_BASE             0x40    // dword: I/O base of the ACPI registers (ICH9
                                            // datasheet, 13.1.13 PMBASE)
#define IGD_PM_BASE_IO              0x1     // it is an I/O base
#define IGD_PM_TIMER_HZ             3579545 // ACPI Specification 4.8.2.1
#define IGD_PM_TIMER_WRAPS          0x800000 // counts between two interrupts: bit 23 changes
#define IGD_FW_CFG_SIGNATURE        0x554d4551 // "QEMU" (QEMU docs/specs/fw_cfg.rst)

// PCI configuration registers.
#define IGD_REG_GGC                 0x50    // word (PRM GGC). The host bridge has it, too, and
                                            // VBIOSes of Gen6 to Gen9 look there for the size of
                                            // stolen memory: if 0, they map 1 or 256 MiB (observed)
#define IGD_GGC_VGA_DISABLE         0x0002  // the IGD does not claim legacy VGA (PRM GGC IVD)
#define IGD_REG_BDSM                0x5c    // dword, Gen6 to Gen10 (PRM BDSM; QEMU igd.c)
#define IGD_REG_BDSM64              0xc0    // qword, Gen11+ (QEMU igd.c IGD_BDSM_GEN11;
                                            // early-quirks INTEL_GEN11_BDSM_DW0, _DW1)
#define IGD_BDSM_BASE_MASK          0xfff00000u // bits 31:20 hold the base, bit 0 locks (PRM BDSM)
#define IGD_REG_BGSM                0xf0    // qword, Gen12: base of the GTT's memory, whose end is
                                            // BDSM (lf-edge/eve pull 6407; PRM BGSM)
#define IGD_REG_ASLS                0xfc    // dword, OpRegion address (PRM ASLS; i915 ASLS)

// GMS, the stolen memory that drivers count on (early-quirks gen6_stolen_size, gen8_, chv_, gen9_).
#define IGD_GGC_GMS_SHIFT           3       // five bits, up to Gen7 and Cherryview
#define IGD_GGC_GMS_MASK            0x1f
#define IGD_GGC_GMS8_SHIFT          8       // eight bits, Gen8 and newer
#define IGD_GMS_MB                  32      // units of this, except for
#define IGD_GMS9_SMALL              0xf0    // Gen9 and newer from here on: 4 MiB, 8 MiB ...
#define IGD_GMS_CHV_SMALL           0x11    // Cherryview from here on: 8 MiB, 12 MiB ...
#define IGD_GMS_CHV_SMALL_FIRST_MB  8
#define IGD_GMS_CHV_MORE            0x17    // Cherryview from here on: 36 MiB, 40 MiB ...
#define IGD_GMS_CHV_MORE_FIRST_MB   36
#define IGD_GMS_SMALL_MB            4

// GGMS, the GTT's size (i915 intel_ggtt.c gen8_get_total_gtt_size).
#define IGD_GGC_GGMS_SHIFT          6       // two bits, Gen8 and newer: none, 2, 4, 8 MiB
#define IGD_GGC_GGMS_MASK           0x3

// Entries of the GTT, which is the upper half of BAR0 (i915 gen6_pte_t, gen8_pte_t).
#define IGD_GTT_VALID               0x1
#define IGD_GTT_PAGE_MASK           0xfffff000u

// Registers in BAR0 of Gen11 and newer that hold what the host's firmware left there.
#define IGD_MMIO_STOLEN_RESERVED    0x1082c0 // qword (i915 intel_stolen.c icl_get_stolen_reserved)
#define IGD_RESERVED_ENABLE         0x1     // the reserved part, at the end of stolen memory, is
                                            // there; bits 63:20 are its base
#define IGD_RESERVED_SIZE_SHIFT     7       // two bits: 1, 2, 4, 8 MiB
#define IGD_RESERVED_SIZE_MASK      0x3

// DBUF_CTL of slices 0 to 3 (i915 skl_watermark_regs.h _DBUF_CTL_S0 to _S3).
#define IGD_DBUF_SLICES             4
#define IGD_MMIO_DBUF_CTL           0x45008, 0x44fe8, 0x44300, 0x44304
#define IGD_DBUF_POWER_REQUEST      0x80000000u
#define IGD_DBUF_POWER_STATE        0x40000000u

// OpRegion (i915 struct opregion_header, struct opregion_asle; Intel "OpRegion Specification").
#define IGD_OPREGION_SIGNATURE      "IntelGraphicsMem"  // at 0, 16 bytes, no terminator
#define IGD_OPREGION_SIGNATURE_BYTES 16
#define IGD_OPREGION_SIZE_KB        0x10    // u32, whole OpRegion in KiB
#define IGD_OPREGION_VERSION        0x14    // u32, 0xMMmmrr00: major, minor, revision
#define IGD_OPREGION_MAILBOXES      0x58    // u32, bit n-1 set: mailbox n is there
#define IGD_OPREGION_HAS_MAILBOX5   0x10
#define IGD_OPREGION_RVDA           0x3ba   // u64, where a VBT too large for mailbox 4 is
#define IGD_OPREGION_RVDS           0x3c2   // u32, its bytes
#define IGD_OPREGION_RV_BYTES       12      // both
#define IGD_OPREGION_MAILBOX4       0x400   // the VBT
#define IGD_OPREGION_MAILBOX5       0x1c00  // end of mailbox 4, if there is a mailbox 5
#define IGD_OPREGION_BYTES          0x2000  // header and five mailboxes

// Video BIOS Table (i915 struct vbt_header).
#define IGD_VBT_SIGNATURE           "$VBT"  // at 0, then a space and the platform's name
#define IGD_VBT_SIGNATURE_BYTES     4
#define IGD_VBT_NAME                5       // 15 characters, padded with spaces
#define IGD_VBT_NAME_BYTES          15
#define IGD_VBT_SIZE                24      // u16, bytes of the whole VBT
#define IGD_VBT_BDB                 28      // u32, offset of the BIOS Data Block
#define IGD_VBT_HEADER_BYTES        48

// BIOS Data Block and its blocks (i915 intel_vbt_defs.h, struct bdb_header and bdb_*).
#define IGD_BDB_HEADER_SIZE         18      // u16; the first block follows
#define IGD_BDB_HEADER_BYTES        22
#define IGD_BLOCK_SIZE              1       // u8 id, then u16 bytes of the data that follow
#define IGD_BLOCK_HEADER_BYTES      3
#define IGD_BLOCK_GENERAL           2       // bdb_general_definitions
#define IGD_GENERAL_BOOT_DISPLAY    2       // u8
#define IGD_GENERAL_CHILD_BYTES     4       // u8, size of one child device
#define IGD_GENERAL_CHILDREN        5       // child devices (struct child_device_config)
#define IGD_CHILD_TYPE              2       // u16, DEVICE_TYPE_* bits
#define IGD_CHILD_DISPLAYPORT       0x0004
#define IGD_CHILD_LVDS              0x0020
#define IGD_CHILD_INTERNAL          0x1000
#define IGD_CHILD_LEAST_BYTES       4
#define IGD_BLOCK_EDP               27      // bdb_edp
#define IGD_EDP_DEPTH               160     // u32, two bits a panel
#define IGD_EDP_BYTES               164
#define IGD_BLOCK_LFP_OPTIONS       40      // bdb_lvds_options: u8 panel, 0 to 15
#define IGD_LFP_OPTIONS_DEPTH       14      // u16, a bit a panel
#define IGD_LFP_OPTIONS_BYTES       16

// INT 15h AX=5F40h and 5F51h (coreboot drivers/intel/gma/int15.h).
#define IGD_PANEL_TYPES             16
#define IGD_PANEL_TYPE_DEFAULT      3       // what stock SeaBIOS says
#define IGD_LFP_NONE                0
#define IGD_LFP_LVDS                1
#define IGD_LFP_SDVO                2
#define IGD_LFP_EDP                 3

// Option ROM (PCI Firmware Specification 3.0, 5.1; PCI Local Bus Specification 2.2, 6.3.1).
#define IGD_ROM_SIGNATURE           0xaa55  // u16 at 0
#define IGD_ROM_SIZE                2       // u8, what runs, in units
#define IGD_ROM_UNIT_BYTES          512
#define IGD_ROM_ENTRY               3       // a jump, mostly
#define IGD_ROM_PCIR                0x18    // u16, offset of the PCI data structure
#define IGD_ROM_HEADER_BYTES        0x1a
#define IGD_PCIR_SIGNATURE          0x52494350 // "PCIR", u32 at 0
#define IGD_PCIR_VENDOR             0x04    // u16
#define IGD_PCIR_DEVICE             0x06    // u16
#define IGD_PCIR_DEVICE_LIST        0x08    // u16, from the structure; revision 3
#define IGD_PCIR_REVISION           0x0c    // u8
#define IGD_PCIR_CLASS              0x0e    // u16, base class and subclass of the u24 at 0dh
#define IGD_PCIR_IMAGE_SIZE         0x10    // u16, in units; the next image follows
#define IGD_PCIR_CODE_TYPE          0x14    // u8
#define IGD_PCIR_CODE_X86           0
#define IGD_PCIR_INDICATOR          0x15    // u8
#define IGD_PCIR_LAST               0x80    // last image
#define IGD_PCIR_BYTES              0x18

// Limits of the interface and of the firmware.
#define IGD_PAGE_BYTES              0x1000u // alignment of the OpRegion (igd-assign)
#define IGD_STOLEN_ALIGN_BYTES      0x100000u // alignment of stolen memory (igd-assign)
#define IGD_STOLEN_LIMIT_BYTES      0xfff00000u // the most that is MiB-aligned below 4 GiB
#define IGD_NUMBER_FILE_BYTES       8       // etc/igd-bdsm-size is a little-endian u64
                                            // (igd-assign), so is etc/igd-stolen-base (lf-edge/eve
                                            // pull 6432)
#define IGD_OPREGION_LIMIT_BYTES    0x100000u // ours: a VBT is 64 KiB at most (u16 size), so real
                                            // OpRegions have up to 8 KiB + 64 KiB; SeaBIOS can
                                            // allocate 16 MiB in guests of 33 MiB and more
#define IGD_STOLEN_LEAST_ADDR       0x1000000u // ours: an OS of the time needs at least the
                                            // 16 MiB below it

#endif // igd_regs.h
