// SPDX-License-Identifier: LGPL-3.0-only
// Internal interface between the parts of the simulated Intel integrated GPU
// Copyright (C) 2026 The seabios-igd authors
//
// An LD_PRELOAD library that plays the kernel's VFIO interface (group and type1 container,
// <linux/vfio.h>) inside an unmodified QEMU. QEMU's own vfio-pci and igd.c then run as they do on a
// machine with an Intel GPU, and firmware can be tested against them without one.
//
// What is simulated
//   config space    256 bytes, MSI and PM capabilities, BAR and ROM sizing, GGC, BDSM (both forms)
//                   and ASLS, BGSM
//   BAR0            lower half registers: trapped, they read back what is written, except for the
//                   mirrors of GGC and BDSM, what a host's firmware has left, and those that act
//                   by themselves; upper half GTT: mapped into the guest
//   registers       what Intel's VBIOSes and an operating system's driver wait for, as the device
//                   id's generation has it (sim_gpu.c), and command streamers (sim_engine.c).
//                   Nothing is drawn by these
//   monitor         with the key edid: at one port, found by its hot-plug or strap bits, its EDID
//                   read by GMBUS or AUX; link training and panel power succeed (sim_monitor.c)
//   display         the first plane of the pipes A to C, with 8, 16 or 32 bits a pixel, linear,
//                   through the GTT. The first that is on, in a pipe that is on, is shown in place
//                   of VGA while VGA is off (sim_screen.c)
//   BAR2            mapped, plain storage: the GTT does not translate it. With bar2_gtt it does,
//                   and each access is trapped
//   BAR4            64 I/O bytes, index and data registers for BAR0
//   ROM             the file's content, padded with ones to a power of two
//   VGA             registers and the four planes (sim_vga.c); the device has it only while its
//                   class is 0x0300
//   typed regions   OpRegion, host bridge and LPC bridge configuration
//   DMA             the mappings that QEMU makes, used at exit to look at guest memory as the
//                   device would
// The only interrupts are MSIs, as the driver asks for them. The screen is rendered once, at exit.
// The device answers whatever its command register says: which accesses reach it is QEMU's
// decision.
//
// VFIO_DEVICE_RESET
//   The standard header (below 0x40) stays: the kernel saves and restores it around a function
//   level reset. All other config registers, the BAR0 registers and the VGA return to their first
//   values, and the VGA planes to zero. Real devices may keep ASLS and BDSM; here both go back to
//   the host's values, so that tests see a boot (or a resume, where QEMU resets, too) whose
//   firmware does not write them.
//
// Use (the Makefile builds it; tests/machine/machine.py starts machines with it):
//   LD_PRELOAD=igd-sim.so IGD_SIM=FILE qemu-system-x86_64 ...
//       -device vfio-pci,sysfsdev=DIR,addr=2.0
//   DIR holds two symbolic links: iommu_group -> anything ending in the group's number (it may
//   dangle) and subsystem -> /sys/bus/pci. Without IGD_SIM, and for every file that is not ours,
//   all calls pass through.
//
// FILE: lines "key = value", '#' starts a comment, the last of equal keys counts. Numbers are
// C-like; "ids" are hexadecimal without 0x. Paths are relative to QEMU's working directory. A
// mistake is reported on stderr and ends the process with status 2.
//   device                PCI device id (must be given)
//   revision              default 0
//   subsystem             ids svid:sdid, default 8086:2212
//   class                 0x0300 (default) or 0x0380
//   ggc                   config 0x50, default 0x01c1: Gen9 with 32 MiB stolen and an 8 MiB GTT,
//                         locked, VGA enabled
//   asls, bdsm, bdsm64    first values of config 0xFC, 0x5C and 0xC0. The defaults are a host's:
//                         ASLS 0x7a5f5018 (not page aligned: no correct firmware writes it), BDSM
//                         0x7b800001 (the lock bit set)
//   asls_mask, bdsm_mask  the bits that can be written, default all: fewer simulate a register that
//                         keeps its value. bdsm_mask applies to both forms
//   bgsm                  config 0xF0, default 0
//   stolen_reserved       BAR0 0x1082C0, default 0
//   dbuf_s0 to dbuf_s3    DBUF_CTL of a display buffer's slice, default 0
//   command_mask          the bits of the command register that can be written, default all
//   bar0_mb, bar2_mb      powers of two, default 16 and 256
//   bar0_prefetch         on or off (default): whether BAR0 is prefetchable, as on Lunar Lake
//   bar2_gtt              on or off (default): whether the GTT translates BAR2
//   edid                  file: that of the monitor; without it there is none
//   edid_port             where the monitor is: B (default), C or D, with HDMI; A, a panel with
//                         DisplayPort (at Bay Trail's port C); L, a panel with LVDS, to Gen7
//   vga                   on (default) or off: whether there is a VGA region
//   vga_memory            on (default) or off: whether VGA memory holds what is written
//   group                 number of the VFIO group, default 7
//   opregion              file; without it there is no OpRegion region
//   rom                   file; without it there is no ROM
//   hostbridge, lpc       ids vvvv:dddd[:rr[:ssvv:ssdd]]; without them there are no such regions
//   report                file for the report below
//   screen                prefix: PREFIX.txt and PREFIX.png show the screen at exit
//   opregion_dump         file for the guest memory at ASLS, expect_opregion_bytes rounded up to
//                         pages; when mapped
//   expect_opregion       file that the guest's OpRegion is compared with
//   expect_opregion_bytes default the size of that file, else 8192
//   expect_stolen_bytes   how much stolen memory the guest should have
//
// The report is JSON, all numbers decimal. It is written from atexit, last of all files, by the
// process that opened the device (not by a wrapper that inherits the environment). SIGTERM,
// power-off and isa-debug-exit come to atexit; SIGKILL does not.
//   resets                VFIO_DEVICE_RESET calls. QEMU 7.2 makes one before the guest first runs
//                         and two more whenever the machine is reset
//   config_writes         [{offset, size, value, resets}] in order, with the resets before each.
//                         QEMU forwards every write, also to registers that it emulates, and makes
//                         some of its own
//   asls, bdsm, bdsm64    the values that the device holds
//   dma                   [{iova, size, writable}]: guest RAM and ROM, and the mapped parts of the
//                         device's own BARs
//   opregion              address     = asls
//                         mapped      expect_opregion_bytes from there are guest memory
//                         signature_ok
//                         differs     [[offset, length]] against expect_opregion; null without it
//                                     or when not mapped
//                         tail_zero   the bytes from the end of that file to the page's end; null
//                                     as for differs
//   stolen                register    "bdsm64" when a value other than zero was written to it since
//                                     the reset, else "bdsm"
//                         address     that register without its low 20 bits
//                         mapped      all of expect_stolen_bytes from there is guest memory
//                         writable    a pattern written to the first, middle and last page is read
//                                     back; both null without expect_stolen_bytes
//   gtt                   entries that were written through BAR4 since the reset, as QEMU passed
//                         them on. Linear is an entry n that leads to stolen.address + n * 4 KiB
//                         written     how many
//                         valid       how many of these have the valid bit
//                         first, last indices of valid ones
//                         linear      how many are valid and linear from entry 0 on, without a gap
//                         outside     valid ones that lead out of [stolen.address, +
//                                     expect_stolen_bytes)
//                         unmapped    valid ones that lead to what is no guest memory
//                         mismatches  valid ones that are not linear
//                         mismatch    the first of these, {index, address, expected}; null without
//   vga                   mode        "blank", "text", "planar", "chain4", or "plane" if that is
//                                     shown
//                         columns, rows
//                                     in characters for text, else in pixels
//                         surface     [first, last] address of all guest pages that a plane is
//                                     fetched from (0 for one that the GTT does not know), [0, 0]
//                                     without one
//                         register_reads, register_writes, memory_reads, memory_writes
//                                     accesses, counted over all resets
//                         pristine    sequencer, graphics controller, miscellaneous output and
//                                     all memory hold what they hold after a reset

#ifndef IGD_SIM_H
#define IGD_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define SIM_PAGE_BYTES 4096u
#define SIM_BIT(n) (1u << (n))
#define SIM_PCI_CONFIG_BYTES 256u
#define SIM_DBUF_SLICES 4

// ---- sim_report.c: configuration and report

// Values of the class key. Source: PCI Code and ID Assignment Specification, class 03h.
#define SIM_CLASS_VGA 0x0300
#define SIM_CLASS_DISPLAY 0x0380

// Values of the edid_port key.
enum sim_port {
    SIM_PORT_A,
    SIM_PORT_B,
    SIM_PORT_C,
    SIM_PORT_D,
    SIM_PORT_LVDS,
    SIM_PORTS,
};

struct sim_blob {
    uint8_t *data;
    size_t size_bytes;
};

struct sim_pci_ids {
    bool present;
    uint16_t vendor, device;
    uint8_t revision;
    uint16_t subsystem_vendor, subsystem;
};

struct sim_config {
    uint64_t device, revision, class_code, ggc;
    struct sim_pci_ids subsystem, hostbridge, lpc;
    uint64_t asls, asls_mask, bdsm, bdsm64, bdsm_mask, command_mask;
    uint64_t bgsm, stolen_reserved, dbuf[SIM_DBUF_SLICES];
    uint64_t bar0_mb, bar2_mb, bar0_prefetch, bar2_gtt, edid_port;
    uint64_t vga, vga_memory, group;
    struct sim_blob opregion, rom, expect_opregion, edid;
    uint64_t expect_opregion_bytes, expect_stolen_bytes;
    char *report_path, *screen_prefix, *opregion_dump_path;
};

extern struct sim_config sim_config;

// True between the end of configuration and exit, when IGD_SIM is set.
extern bool sim_active;

// Write a file through a callback. Problems are reported on stderr.
void
sim_write_file(const char *path, void (*write)(FILE *));

// ---- sim_vfio.c: system calls

// One lock guards everything below: QEMU's vCPU and I/O threads all reach the device.
void
sim_lock(void);
void
sim_unlock(void);

// Whether QEMU has opened the device.
bool
sim_vfio_opened(void);

// Signals the interrupt that the guest has set up, if it is an MSI.
void
sim_vfio_interrupt(void);

// ---- sim_dma.c: the IOMMU's view of guest memory

struct sim_dma_mapping {
    uint64_t iova, size_bytes;
    uint8_t *memory;
    bool writable;
};

// Both return 0 or an errno value, as the kernel's type1v2 IOMMU would.
int
sim_dma_map(const struct sim_dma_mapping *mapping);
int
sim_dma_unmap(uint64_t iova, uint64_t size_bytes, uint64_t *unmapped_bytes);
uint64_t
sim_dma_unmap_all(void);

// The mappings, sorted by iova.
const struct sim_dma_mapping *
sim_dma_mappings(size_t *count);

// Accesses by the device. They may cross mappings; false, and nothing is transferred, unless all of
// it is mapped.
bool
sim_dma_mapped(uint64_t addr, uint64_t size_bytes);
bool
sim_dma_read(uint64_t addr, void *buf, size_t size_bytes);
bool
sim_dma_write(uint64_t addr, const void *buf, size_t size_bytes);

// ---- sim_pci.c: config space, BARs and the other regions

// The kind of the device, by its id: which registers it has.
enum sim_family {
    SIM_SANDY_BRIDGE = 1,
    SIM_IVY_BRIDGE = 2,
    SIM_HASWELL = 4,
    SIM_BAY_TRAIL = 8,
    SIM_BROADWELL = 16,
    SIM_CHERRYVIEW = 32,
    SIM_SKYLAKE = 64,           // to Comet Lake
    SIM_BROXTON = 128,          // and Gemini Lake
    SIM_ICE_LAKE = 256,         // and all that is newer or not known
    SIM_GEN9_ON = SIM_SKYLAKE | SIM_BROXTON | SIM_ICE_LAKE,
    SIM_GEN8_ON = SIM_BROADWELL | SIM_CHERRYVIEW | SIM_GEN9_ON,
    // Whose display outputs are DDIs.
    SIM_DDI = SIM_HASWELL | SIM_BROADWELL | SIM_GEN9_ON,
    // Whose display registers start at 180000h.
    SIM_VALLEYVIEW = SIM_BAY_TRAIL | SIM_CHERRYVIEW,
    // FDI between the processor and the PCH.
    SIM_FDI = SIM_SANDY_BRIDGE | SIM_IVY_BRIDGE,
    SIM_ALL = 511,
};

struct sim_region {
    uint64_t size_bytes;
    bool mappable;
    // Mapping starts here; below it the region is trapped.
    uint64_t mappable_from;
    // VFIO_REGION_SUBTYPE_INTEL_*, 0 for the regions with a fixed index.
    uint32_t subtype;
    // The caller keeps offset + size_bytes inside the region. No write: the region is read-only.
    void (*read)(uint64_t offset, uint8_t *buf, size_t size_bytes);
    void (*write)(uint64_t offset, const uint8_t *buf, size_t size_bytes);
};

// Region n lives at n << SIM_REGION_SHIFT of the device's file.
#define SIM_REGION_SHIFT 40

enum sim_family
sim_pci_family(void);

void
sim_pci_init(void);
void
sim_pci_reset(void);

// Back the BARs with the device's file, so that QEMU's mappings and trapped accesses see the same
// bytes.
int
sim_pci_attach(int device_fd);

unsigned
sim_pci_region_count(void);
const struct sim_region *
sim_pci_region(unsigned index);

// What was last written to a register of BAR0.
uint32_t
sim_pci_register(uint32_t offset);
void
sim_pci_set_register(uint32_t offset, uint32_t value);
// Where the GTT leads; false if its entry is not valid or beyond its end.
bool
sim_pci_gtt(uint64_t graphics_addr, uint64_t *addr);

// The GTT's entries that were written through BAR4 since the reset: what the report says of them.
struct sim_gtt_summary {
    uint64_t written, valid, first, last, linear, outside, unmapped, mismatches;
    uint64_t mismatch_index, mismatch_addr, expected_addr;
};

struct sim_gtt_summary
sim_pci_gtt_summary(void);

uint32_t
sim_pci_asls(void);
uint32_t
sim_pci_bdsm(void);
uint64_t
sim_pci_bdsm64(void);
bool
sim_pci_bdsm64_in_use(void);
uint64_t
sim_pci_stolen_addr(void);

struct sim_config_write {
    unsigned offset, size_bytes, resets;
    uint64_t value;
};

const struct sim_config_write *
sim_pci_config_writes(size_t *count);
unsigned
sim_pci_resets(void);

// ---- sim_vga.c: legacy VGA

#define SIM_VGA_PLANES 4
#define SIM_VGA_PLANE_BYTES 65536u
#define SIM_VGA_REGION_BYTES 0xC0000u

struct sim_vga {
    // Indexed registers hold every index that their index register can, so that no guest value is
    // out of bounds.
    uint8_t seq_index, seq[256];
    uint8_t crtc_index, crtc[256];
    uint8_t gfx_index, gfx[256];
    uint8_t attr_index, attr[32];
    bool attr_data_next;
    uint8_t misc, feature, enable, status1;
    uint8_t dac_mask, dac_state, dac_read_index, dac_write_index, dac_component, dac[256][3];
    uint8_t latch[SIM_VGA_PLANES];
    uint8_t plane[SIM_VGA_PLANES][SIM_VGA_PLANE_BYTES];
};

struct sim_vga_counts {
    uint64_t register_reads, register_writes, memory_reads, memory_writes;
};

extern struct sim_vga sim_vga;
extern struct sim_vga_counts sim_vga_counts;

void
sim_vga_reset(void);
// Whether what firmware may try is as after a reset.
bool
sim_vga_pristine(void);
void
sim_vga_read(uint64_t offset, uint8_t *buf, size_t size_bytes);
void
sim_vga_write(uint64_t offset, const uint8_t *buf, size_t size_bytes);

// Register bits that both sim_vga.c and sim_screen.c look at. Source of all VGA register facts:
// Intel OpenSource HD Graphics PRM (Sandy Bridge), Volume 3 Part 1: VGA and Extended VGA Registers.
#define SIM_SR04_CHAIN4 0x08
#define SIM_GR05_256_COLOUR 0x40
#define SIM_GR06_GRAPHICS 0x01

// ---- sim_screen.c: what a monitor would show

struct sim_screen {
    const char *mode;
    unsigned columns, rows;
    // Of a plane, else 0.
    uint64_t surface_first_addr, surface_last_addr;
};

struct sim_screen
sim_screen_describe(void);

// VGA's palette is that of the pipes, too: an entry was written.
void
sim_screen_dac_wrote(uint8_t index);

// Write PREFIX.txt and PREFIX.png. Problems are reported on stderr.
void
sim_screen_save(const char *prefix);

// ---- sim_gpu.c: registers that act of their own. Offsets are those of dwords in BAR0.

// After the guest has written a register, and before it reads one.
void
sim_gpu_wrote(uint32_t offset, uint32_t old);
void
sim_gpu_reads(uint32_t offset);
void
sim_gpu_reset(void);
// Reports an event by these bits of the interrupt registers from isr on.
void
sim_gpu_event(uint32_t isr, uint32_t bits);
// From now on time passes: there are vblanks, and waiting engines try again.
void
sim_gpu_start_ticking(void);

// What a masked register holds after a write: the high half says which bits of the low half are
// written.
static inline uint32_t
sim_masked(uint32_t old, uint32_t written)
{
    return (old & ~(written >> 16) & 0xFFFF) | (written & written >> 16);
}

// ---- sim_monitor.c: outputs, and the monitor at one of them. Offsets are in BAR0.

// Whether no other part must see the write.
bool
sim_monitor_wrote(uint32_t offset);
void
sim_monitor_reads(uint32_t offset);
void
sim_monitor_reset(void);

// ---- sim_engine.c: command streamers

// Whether the register is a command streamer's.
bool
sim_engine_wrote(uint32_t offset, uint32_t old);
void
sim_engine_tick(void);
void
sim_engine_reset(void);

// ---- little-endian fields of at most 8 bytes

static inline uint64_t
sim_get_le(const uint8_t *p, size_t size_bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size_bytes; i++)
        value |= (uint64_t)p[i] << (8 * i);
    return value;
}

static inline void
sim_put_le(uint8_t *p, size_t size_bytes, uint64_t value)
{
    for (size_t i = 0; i < size_bytes; i++)
        p[i] = value >> (8 * i);
}

#endif
