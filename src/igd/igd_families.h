// SPDX-License-Identifier: LGPL-3.0-only
// The generations of the IGD: one row each,
//     IGD_FAMILY(id, mask, gen, how GGC tells GMS, LPC ids its VBIOSes need, name)
// igd_device.c makes its table of this file, and so do the host tool and the tests.
// Copyright (C) 2026 The seabios-igd authors
//
// A row is for the device ids with (device id & mask) == id. The first row that matches counts.
// Rows go by prefix, so that the next stepping needs no new row. The ids come from Linux
// include/drm/intel/pciids.h. Up to Gen12 the rows agree with QEMU igd.c igd_gen(), which decides
// whether QEMU gives a size at all.
// gen: 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux.
// IGD_LPC_HOST: a VBIOS of the family hangs for ever, interrupts off, if 00:1f.0 is no PCH that it
// knows (observed on q35, with images of Haswell ULT, Broadwell, and Skylake to Whiskey Lake).
// VBIOSes of Sandy and Ivy Bridge, Haswell and Braswell return; no others have been tried.

// This row precedes Haswell, because 0a84 has Haswell's prefix. 5a84 and 5a85 are Apollo Lake.
IGD_FAMILY(0x0a84, 0x0ffe,  9, IGD_GMS_GEN9, IGD_LPC_ANY,   "Broxton")
IGD_FAMILY(0x0100, 0xffc0,  6, IGD_GMS_GEN6, IGD_LPC_ANY,   "Sandy Bridge")
IGD_FAMILY(0x0140, 0xffc0,  7, IGD_GMS_GEN6, IGD_LPC_ANY,   "Ivy Bridge")
IGD_FAMILY(0x0400, 0xff00,  7, IGD_GMS_GEN6, IGD_LPC_ANY,   "Haswell")
IGD_FAMILY(0x0a00, 0xff00,  7, IGD_GMS_GEN6, IGD_LPC_HOST,  "Haswell") // ULT
IGD_FAMILY(0x0c00, 0xfe00,  7, IGD_GMS_GEN6, IGD_LPC_ANY,   "Haswell") // 0cxx and 0dxx
IGD_FAMILY(0x0f00, 0xff00,  7, IGD_GMS_GEN6, IGD_LPC_ANY,   "Bay Trail")
IGD_FAMILY(0x1600, 0xff00,  8, IGD_GMS_GEN8, IGD_LPC_HOST,  "Broadwell")
IGD_FAMILY(0x2200, 0xff00,  8, IGD_GMS_CHV,  IGD_LPC_ANY,   "Cherryview")
IGD_FAMILY(0x1900, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_HOST,  "Skylake")
IGD_FAMILY(0x3100, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_ANY,   "Gemini Lake")
IGD_FAMILY(0x5900, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_HOST,  "Kaby Lake")
IGD_FAMILY(0x8700, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_HOST,  "Amber Lake")
IGD_FAMILY(0x3e00, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_HOST,  "Coffee Lake")
IGD_FAMILY(0x9b00, 0xff00,  9, IGD_GMS_GEN9, IGD_LPC_HOST,  "Comet Lake")
IGD_FAMILY(0x5a00, 0xff00, 10, IGD_GMS_GEN9, IGD_LPC_ANY,   "Cannon Lake")
IGD_FAMILY(0x8a00, 0xff00, 11, IGD_GMS_GEN9, IGD_LPC_ANY,   "Ice Lake")
IGD_FAMILY(0x4500, 0xff00, 11, IGD_GMS_GEN9, IGD_LPC_ANY,   "Elkhart Lake")
IGD_FAMILY(0x4e00, 0xff00, 11, IGD_GMS_GEN9, IGD_LPC_ANY,   "Jasper Lake")
IGD_FAMILY(0x9a00, 0xff00, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Tiger Lake")
IGD_FAMILY(0x4c00, 0xff00, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Rocket Lake")
IGD_FAMILY(0x4600, 0xff00, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Alder Lake")
IGD_FAMILY(0xa700, 0xff00, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Raptor Lake")
IGD_FAMILY(0xb640, 0xffff, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Meteor Lake") // Arrow Lake, too
IGD_FAMILY(0x7d00, 0xff00, 12, IGD_GMS_GEN9, IGD_LPC_ANY,   "Meteor Lake")
IGD_FAMILY(0x6400, 0xff00, 20, IGD_GMS_GEN9, IGD_LPC_ANY,   "Lunar Lake")
IGD_FAMILY(0xb000, 0xff00, 30, IGD_GMS_GEN9, IGD_LPC_ANY,   "Panther Lake")
IGD_FAMILY(0xfd80, 0xfff0, 30, IGD_GMS_GEN9, IGD_LPC_ANY,   "Wildcat Lake")
IGD_FAMILY(0xd700, 0xff00, 35, IGD_GMS_GEN9, IGD_LPC_ANY,   "Nova Lake")
// The last row matches every id: an unknown device is set up as the newest generation.
IGD_FAMILY(0x0000, 0x0000, 35, IGD_GMS_GEN9, IGD_LPC_ANY,   "unknown")
