// SPDX-License-Identifier: LGPL-3.0-only
// The generations of the IGD: one row each, IGD_FAMILY(id, mask, gen, how GGC tells GMS, name).
// igd_device.c makes its table of this file, and so do the host tool and the tests.
// Copyright (C) 2026 The seabios-igd authors
//
// A row is for the device ids with (device id & mask) == id. The first row that matches counts.
// Rows go by prefix, so that the next stepping needs no new row. The ids come from Linux
// include/drm/intel/pciids.h. Up to Gen12 the rows agree with QEMU igd.c igd_gen(), which decides
// whether QEMU gives a size at all.
// gen: 6 to 12 as in Intel's manuals; 20 Xe2, 30 Xe3, 35 Xe3P as in Linux.

// Before Haswell: their 0a84 has Haswell's prefix. 5a84 and 5a85 are Apollo Lake.
IGD_FAMILY(0x0a84, 0x0ffe,  9, IGD_GMS_GEN9, "Broxton")
IGD_FAMILY(0x0100, 0xffc0,  6, IGD_GMS_GEN6, "Sandy Bridge")
IGD_FAMILY(0x0140, 0xffc0,  7, IGD_GMS_GEN6, "Ivy Bridge")
IGD_FAMILY(0x0400, 0xff00,  7, IGD_GMS_GEN6, "Haswell")
IGD_FAMILY(0x0a00, 0xff00,  7, IGD_GMS_GEN6, "Haswell")
IGD_FAMILY(0x0c00, 0xfe00,  7, IGD_GMS_GEN6, "Haswell") // 0cxx and 0dxx
IGD_FAMILY(0x0f00, 0xff00,  7, IGD_GMS_GEN6, "Bay Trail")
IGD_FAMILY(0x1600, 0xff00,  8, IGD_GMS_GEN8, "Broadwell")
IGD_FAMILY(0x2200, 0xff00,  8, IGD_GMS_CHV,  "Cherryview")
IGD_FAMILY(0x1900, 0xff00,  9, IGD_GMS_GEN9, "Skylake")
IGD_FAMILY(0x3100, 0xff00,  9, IGD_GMS_GEN9, "Gemini Lake")
IGD_FAMILY(0x5900, 0xff00,  9, IGD_GMS_GEN9, "Kaby Lake")
IGD_FAMILY(0x8700, 0xff00,  9, IGD_GMS_GEN9, "Amber Lake")
IGD_FAMILY(0x3e00, 0xff00,  9, IGD_GMS_GEN9, "Coffee Lake")
IGD_FAMILY(0x9b00, 0xff00,  9, IGD_GMS_GEN9, "Comet Lake")
IGD_FAMILY(0x5a00, 0xff00, 10, IGD_GMS_GEN9, "Cannon Lake")
IGD_FAMILY(0x8a00, 0xff00, 11, IGD_GMS_GEN9, "Ice Lake")
IGD_FAMILY(0x4500, 0xff00, 11, IGD_GMS_GEN9, "Elkhart Lake")
IGD_FAMILY(0x4e00, 0xff00, 11, IGD_GMS_GEN9, "Jasper Lake")
IGD_FAMILY(0x9a00, 0xff00, 12, IGD_GMS_GEN9, "Tiger Lake")
IGD_FAMILY(0x4c00, 0xff00, 12, IGD_GMS_GEN9, "Rocket Lake")
IGD_FAMILY(0x4600, 0xff00, 12, IGD_GMS_GEN9, "Alder Lake")
IGD_FAMILY(0xa700, 0xff00, 12, IGD_GMS_GEN9, "Raptor Lake")
IGD_FAMILY(0xb640, 0xffff, 12, IGD_GMS_GEN9, "Meteor Lake") // Arrow Lake's ids are Meteor Lake's
IGD_FAMILY(0x7d00, 0xff00, 12, IGD_GMS_GEN9, "Meteor Lake")
IGD_FAMILY(0x6400, 0xff00, 20, IGD_GMS_GEN9, "Lunar Lake")
IGD_FAMILY(0xb000, 0xff00, 30, IGD_GMS_GEN9, "Panther Lake")
IGD_FAMILY(0xfd80, 0xfff0, 30, IGD_GMS_GEN9, "Wildcat Lake")
IGD_FAMILY(0xd700, 0xff00, 35, IGD_GMS_GEN9, "Nova Lake")
// The last row matches every id: what is not known is set up as the newest generation.
IGD_FAMILY(0x0000, 0x0000, 35, IGD_GMS_GEN9, "unknown")
