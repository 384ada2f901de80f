// SPDX-License-Identifier: LGPL-3.0-only
// The simulated device as PCI sees it: config space, BARs, ROM, and the regions of its host
// Copyright (C) 2026 The seabios-igd authors

#include <linux/pci_regs.h>
#include <linux/vfio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "igd_sim.h"

#define SIM_MIB (1024ull * 1024)
#define SIM_VENDOR_INTEL 0x8086

// Config registers of 00:02.0. Source: Linux include/drm/intel/i915_drm.h, SNB_GMCH_CTRL for GGC,
// INTEL_BSM and INTEL_GEN11_BSM_DW0 for BDSM (to Gen10, from Gen11);
// drivers/gpu/drm/i915/intel_pci_config.h, ASLS.
#define SIM_GGC 0x50
#define SIM_BDSM 0x5C
#define SIM_BDSM64 0xC0
#define SIM_ASLS 0xFC

// BGSM of Gen12. Source: lf-edge/eve pull 6407.
#define SIM_BGSM 0xF0

// The low 20 bits of BDSM are a lock bit and reserved bits. Source: Linux
// include/drm/intel/i915_drm.h, INTEL_BSM_MASK.
#define SIM_BDSM_BASE_MASK (~0xFFFFFull)

// Where the capabilities are. Source: Intel 324642 (2nd Generation Core, datasheet volume 2),
// registers of 00:02.0.
#define SIM_CAP_MSI 0x90
#define SIM_CAP_PM 0xD0

// Version field of the PM capability. Source: PCI Bus Power Management Interface Specification 1.1.
#define SIM_PM_VERSION 2

// BAR0 offsets of the read-only mirrors. Source: QEMU hw/vfio/igd.c, IGD_GGC_MMIO_OFFSET and
// IGD_BDSM_MMIO_OFFSET.
#define SIM_MMIO_GGC 0x108040
#define SIM_MMIO_BDSM 0x1080C0

// BAR0 offsets of what the host's firmware leaves behind. Source: Linux drivers/gpu/drm/i915
// i915_reg.h, GEN6_STOLEN_RESERVED; display/skl_watermark_regs.h, _DBUF_CTL_S0 to _DBUF_CTL_S3.
#define SIM_MMIO_STOLEN_RESERVED 0x1082C0
static const uint32_t sim_mmio_dbuf[SIM_DBUF_SLICES] = { 0x45008, 0x44FE8, 0x44300, 0x44304 };

// A GTT entry. Source: Linux drivers/gpu/drm/i915/gt/intel_gtt.h. From Gen8 on 8 bytes,
// GEN8_PAGE_PRESENT; bits 38:12 of an address are those that the device has. Before Gen8 4 bytes,
// with an address's bits above 31 in low bits: GEN6_PTE_ADDR_ENCODE and, for Haswell,
// HSW_GTT_ADDR_ENCODE. Bay Trail's addresses have 36 bits, and its VBIOSes set bit 10 (observed).
#define SIM_PTE_VALID 1u
#define SIM_PTE_ADDR_MASK 0x7FFFFFF000ull
#define SIM_PTE_ADDR_HIGH 0xFF0u
#define SIM_PTE_ADDR_HIGH_HASWELL 0x7F0u
#define SIM_PTE_ADDR_HIGH_BAY_TRAIL 0x0F0u

// BAR4: a dword address, then the data. Bit 0 of the address selects the GTT. Source: QEMU 7.2
// hw/vfio/igd.c, BAR4 quirk.
#define SIM_BAR4_BYTES 64
#define SIM_BAR4_DATA 4
#define SIM_BAR4_GTT 1u

// Base class and subclass of the bridges. Source: PCI Code and ID Assignment Specification, class
// 06h.
#define SIM_CLASS_HOST_BRIDGE 0x0600
#define SIM_CLASS_ISA_BRIDGE 0x0601

#define SIM_TYPED_REGIONS_MAX 3

// Families by device ids; the first that matches. Source: Linux include/drm/intel/pciids.h.
static const struct {
    uint16_t id, mask;
    enum sim_family family;
} sim_families[] = {
    { 0x0A84, 0x0FFE, SIM_BROXTON },  { 0x0100, 0xFFC0, SIM_SANDY_BRIDGE },
    { 0x0140, 0xFFC0, SIM_IVY_BRIDGE }, { 0x0F00, 0xFF00, SIM_BAY_TRAIL },
    { 0x0400, 0xFF00, SIM_HASWELL },  { 0x0A00, 0xFF00, SIM_HASWELL },
    { 0x0C00, 0xFF00, SIM_HASWELL },  { 0x0D00, 0xFF00, SIM_HASWELL },
    { 0x1600, 0xFF00, SIM_BROADWELL }, { 0x2200, 0xFF00, SIM_CHERRYVIEW },
    { 0x1900, 0xFF00, SIM_SKYLAKE },  { 0x5900, 0xFF00, SIM_SKYLAKE },
    { 0x3E00, 0xFF00, SIM_SKYLAKE },  { 0x8700, 0xFF00, SIM_SKYLAKE },
    { 0x9B00, 0xFF00, SIM_SKYLAKE },  { 0x3100, 0xFF00, SIM_BROXTON },
    { 0x0000, 0x0000, SIM_ICE_LAKE },
};

static struct {
    uint8_t config[SIM_PCI_CONFIG_BYTES];
    uint8_t writable[SIM_PCI_CONFIG_BYTES];
    uint8_t first[SIM_PCI_CONFIG_BYTES];
    bool bdsm64_written;
    uint32_t bar4_index;
    uint8_t *bar0, *bar2;
    // A bit for each dword of the GTT that was written through BAR4.
    uint32_t *gtt_written;
    enum sim_family family;
    uint8_t hostbridge[SIM_PCI_CONFIG_BYTES], lpc[SIM_PCI_CONFIG_BYTES];
    struct sim_region region[VFIO_PCI_NUM_REGIONS + SIM_TYPED_REGIONS_MAX];
    unsigned region_count;
    struct sim_config_write *writes;
    size_t write_count, write_capacity;
    unsigned resets;
} sim_pci;

static enum sim_family
sim_pci_family_of(uint16_t device)
{
    size_t i = 0;
    while ((device & sim_families[i].mask) != sim_families[i].id)
        i++;
    return sim_families[i].family;
}

// ---- config space

static void
sim_pci_field(unsigned offset, unsigned size_bytes, uint64_t value, uint64_t writable)
{
    sim_put_le(&sim_pci.config[offset], size_bytes, value);
    sim_put_le(&sim_pci.writable[offset], size_bytes, writable);
}

static void
sim_pci_ids_fill(uint8_t *config, const struct sim_pci_ids *ids, uint16_t class_code)
{
    sim_put_le(&config[PCI_VENDOR_ID], 2, ids->vendor);
    sim_put_le(&config[PCI_DEVICE_ID], 2, ids->device);
    config[PCI_REVISION_ID] = ids->revision;
    sim_put_le(&config[PCI_CLASS_DEVICE], 2, class_code);
    sim_put_le(&config[PCI_SUBSYSTEM_VENDOR_ID], 2, ids->subsystem_vendor);
    sim_put_le(&config[PCI_SUBSYSTEM_ID], 2, ids->subsystem);
}

static void
sim_pci_config_init(void)
{
    struct sim_pci_ids ids = sim_config.subsystem;
    ids.vendor = SIM_VENDOR_INTEL;
    ids.device = sim_config.device;
    ids.revision = sim_config.revision;
    sim_pci_ids_fill(sim_pci.config, &ids, sim_config.class_code);

    sim_pci_field(PCI_COMMAND, 2, 0,
                  sim_config.command_mask & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY |
                                             PCI_COMMAND_MASTER | PCI_COMMAND_INTX_DISABLE));
    sim_pci_field(PCI_STATUS, 2, PCI_STATUS_CAP_LIST, 0);
    sim_pci_field(PCI_CACHE_LINE_SIZE, 1, 0, 0xFF);
    sim_pci_field(PCI_INTERRUPT_LINE, 1, 0, 0xFF);
    sim_pci_field(PCI_INTERRUPT_PIN, 1, 1, 0);

    // Address bits below the size are not writable, which is all that sizing needs.
    sim_pci_field(PCI_BASE_ADDRESS_0, 8,
                  PCI_BASE_ADDRESS_MEM_TYPE_64 |
                      (sim_config.bar0_prefetch ? PCI_BASE_ADDRESS_MEM_PREFETCH : 0),
                  -(sim_config.bar0_mb * SIM_MIB));
    sim_pci_field(PCI_BASE_ADDRESS_2, 8,
                  PCI_BASE_ADDRESS_MEM_TYPE_64 | PCI_BASE_ADDRESS_MEM_PREFETCH,
                  -(sim_config.bar2_mb * SIM_MIB));
    sim_pci_field(PCI_BASE_ADDRESS_4, 4, PCI_BASE_ADDRESS_SPACE_IO, 0x10000 - SIM_BAR4_BYTES);
    uint64_t rom_bytes = sim_pci.region[VFIO_PCI_ROM_REGION_INDEX].size_bytes;
    if (rom_bytes)
        sim_pci_field(PCI_ROM_ADDRESS, 4, 0, -rom_bytes | PCI_ROM_ADDRESS_ENABLE);

    sim_pci_field(PCI_CAPABILITY_LIST, 1, SIM_CAP_MSI, 0);
    sim_pci_field(SIM_CAP_MSI, 2, PCI_CAP_ID_MSI | SIM_CAP_PM << 8, 0);
    sim_pci_field(SIM_CAP_MSI + PCI_MSI_FLAGS, 2, 0, PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_QSIZE);
    sim_pci_field(SIM_CAP_MSI + PCI_MSI_ADDRESS_LO, 4, 0, 0xFFFFFFFC);
    sim_pci_field(SIM_CAP_MSI + PCI_MSI_DATA_32, 2, 0, 0xFFFF);
    sim_pci_field(SIM_CAP_PM, 2, PCI_CAP_ID_PM, 0);
    sim_pci_field(SIM_CAP_PM + PCI_PM_PMC, 2, SIM_PM_VERSION, 0);
    // Without this bit QEMU takes the device for one that power management can reset, and tries a
    // bus reset first.
    sim_pci_field(SIM_CAP_PM + PCI_PM_CTRL, 2, PCI_PM_CTRL_NO_SOFT_RESET, PCI_PM_CTRL_STATE_MASK);

    // Host firmware has locked GGC.
    sim_pci_field(SIM_GGC, 4, sim_config.ggc, 0);
    sim_pci_field(SIM_BDSM, 4, sim_config.bdsm, sim_config.bdsm_mask);
    sim_pci_field(SIM_BDSM64, 8, sim_config.bdsm64, sim_config.bdsm_mask);
    sim_pci_field(SIM_BGSM, 8, sim_config.bgsm, 0);
    sim_pci_field(SIM_ASLS, 4, sim_config.asls, sim_config.asls_mask);
    memcpy(sim_pci.first, sim_pci.config, sizeof(sim_pci.first));
}

static void
sim_pci_log(unsigned offset, const uint8_t *buf, size_t size_bytes)
{
    if (sim_pci.write_count == sim_pci.write_capacity) {
        size_t capacity = sim_pci.write_capacity ? 2 * sim_pci.write_capacity : 256;
        struct sim_config_write *writes = reallocarray(sim_pci.writes, capacity, sizeof(*writes));
        if (!writes)
            abort();
        sim_pci.writes = writes;
        sim_pci.write_capacity = capacity;
    }
    sim_pci.writes[sim_pci.write_count++] = (struct sim_config_write){
        .offset = offset,
        .size_bytes = size_bytes,
        .resets = sim_pci.resets,
        .value = sim_get_le(buf, size_bytes < 8 ? size_bytes : 8),
    };
}

static void
sim_pci_config_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    memcpy(buf, &sim_pci.config[offset], size_bytes);
}

static void
sim_pci_config_write(uint64_t offset, const uint8_t *buf, size_t size_bytes)
{
    sim_pci_log(offset, buf, size_bytes);
    for (size_t i = 0; i < size_bytes; i++) {
        uint64_t at = offset + i;
        sim_pci.config[at] =
            (sim_pci.config[at] & ~sim_pci.writable[at]) | (buf[i] & sim_pci.writable[at]);
        if (at >= SIM_BDSM64 && at < SIM_BDSM64 + 8 && buf[i])
            sim_pci.bdsm64_written = true;
    }
}

uint32_t
sim_pci_asls(void)
{
    return sim_get_le(&sim_pci.config[SIM_ASLS], 4);
}

uint32_t
sim_pci_bdsm(void)
{
    return sim_get_le(&sim_pci.config[SIM_BDSM], 4);
}

uint64_t
sim_pci_bdsm64(void)
{
    return sim_get_le(&sim_pci.config[SIM_BDSM64], 8);
}

bool
sim_pci_bdsm64_in_use(void)
{
    return sim_pci.bdsm64_written;
}

uint64_t
sim_pci_stolen_addr(void)
{
    return (sim_pci.bdsm64_written ? sim_pci_bdsm64() : sim_pci_bdsm()) & SIM_BDSM_BASE_MASK;
}

const struct sim_config_write *
sim_pci_config_writes(size_t *count)
{
    *count = sim_pci.write_count;
    return sim_pci.writes;
}

unsigned
sim_pci_resets(void)
{
    return sim_pci.resets;
}

// ---- BARs

static uint64_t
sim_bar0_gtt_offset(void)
{
    return sim_config.bar0_mb * SIM_MIB / 2;
}

// Let a read of [offset, offset + size_bytes) see a register of reg_bytes at reg.
static void
sim_bar0_mirror(uint64_t offset, uint8_t *buf, size_t size_bytes, uint64_t reg, size_t reg_bytes,
                uint64_t value)
{
    for (size_t i = 0; i < reg_bytes; i++)
        if (reg + i >= offset && reg + i - offset < size_bytes)
            buf[reg + i - offset] = value >> (8 * i);
}

static void
sim_bar0_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    uint64_t end = offset + size_bytes;
    for (uint64_t at = offset & ~3u; at < end && at < sim_bar0_gtt_offset(); at += 4)
        sim_gpu_reads(at);
    memcpy(buf, sim_pci.bar0 + offset, size_bytes);
    sim_bar0_mirror(offset, buf, size_bytes, SIM_MMIO_GGC, 4,
                    sim_get_le(&sim_pci.config[SIM_GGC], 4));
    sim_bar0_mirror(offset, buf, size_bytes, SIM_MMIO_BDSM, 8,
                    sim_pci.bdsm64_written ? sim_pci_bdsm64() : sim_pci_bdsm());
    sim_bar0_mirror(offset, buf, size_bytes, SIM_MMIO_STOLEN_RESERVED, 8,
                    sim_config.stolen_reserved);
    // Registers that the host left at 0 are plain ones.
    for (size_t i = 0; i < SIM_DBUF_SLICES; i++)
        if (sim_config.dbuf[i])
            sim_bar0_mirror(offset, buf, size_bytes, sim_mmio_dbuf[i], 4, sim_config.dbuf[i]);
}

static void
sim_bar0_write(uint64_t offset, const uint8_t *buf, size_t size_bytes)
{
    // An access of at most 8 bytes touches at most three dwords.
    uint64_t first = offset & ~3u;
    uint32_t old[3];
    size_t touched = 0;
    for (; first + 4 * touched < offset + size_bytes && first + 4 * touched < sim_bar0_gtt_offset();
         touched++)
        old[touched] = sim_pci_register(first + 4 * touched);
    memcpy(sim_pci.bar0 + offset, buf, size_bytes);
    for (size_t i = 0; i < touched; i++)
        sim_gpu_wrote(first + 4 * i, old[i]);
}

uint32_t
sim_pci_register(uint32_t offset)
{
    return sim_get_le(sim_pci.bar0 + offset, 4);
}

void
sim_pci_set_register(uint32_t offset, uint32_t value)
{
    sim_put_le(sim_pci.bar0 + offset, 4, value);
}

static unsigned
sim_pte_bytes(void)
{
    return sim_pci.family & SIM_GEN8_ON ? 8 : 4;
}

static uint64_t
sim_pte_addr(uint64_t pte)
{
    if (sim_pci.family & SIM_GEN8_ON)
        return pte & SIM_PTE_ADDR_MASK;
    uint32_t high = SIM_PTE_ADDR_HIGH;
    if (sim_pci.family == SIM_HASWELL)
        high = SIM_PTE_ADDR_HIGH_HASWELL;
    else if (sim_pci.family == SIM_BAY_TRAIL)
        high = SIM_PTE_ADDR_HIGH_BAY_TRAIL;
    return (pte & ~(SIM_PAGE_BYTES - 1)) | (pte & high) << 28;
}

// An entry, 0 behind the table's end.
static uint64_t
sim_pte(uint64_t index)
{
    uint64_t at = index * sim_pte_bytes();
    return at < sim_bar0_gtt_offset()
               ? sim_get_le(sim_pci.bar0 + sim_bar0_gtt_offset() + at, sim_pte_bytes())
               : 0;
}

bool
sim_pci_gtt(uint64_t graphics_addr, uint64_t *addr)
{
    uint64_t pte = sim_pte(graphics_addr / SIM_PAGE_BYTES);
    *addr = sim_pte_addr(pte) + graphics_addr % SIM_PAGE_BYTES;
    return pte & SIM_PTE_VALID;
}

struct sim_gtt_summary
sim_pci_gtt_summary(void)
{
    struct sim_gtt_summary sum = { 0 };
    uint64_t entries = sim_pci.bar0 ? sim_bar0_gtt_offset() / sim_pte_bytes() : 0;
    for (uint64_t i = 0; i < entries; i++) {
        uint64_t dword = i * sim_pte_bytes() / 4, pte = sim_pte(i), addr = sim_pte_addr(pte);
        if (!(sim_pci.gtt_written[dword / 32] >> dword % 32 & 1))
            continue;
        sum.written++;
        if (!(pte & SIM_PTE_VALID))
            continue;
        if (!sum.valid++)
            sum.first = i;
        sum.last = i;
        if (!sim_dma_mapped(addr, SIM_PAGE_BYTES))
            sum.unmapped++;
        uint64_t stolen_addr = sim_pci_stolen_addr(), expected = stolen_addr + i * SIM_PAGE_BYTES;
        if (addr < stolen_addr || addr - stolen_addr >= sim_config.expect_stolen_bytes)
            sum.outside++;
        if (addr == expected && sum.linear == i)
            sum.linear++;
        if (addr != expected && !sum.mismatches++) {
            sum.mismatch_index = i;
            sum.mismatch_addr = addr;
            sum.expected_addr = expected;
        }
    }
    return sum;
}

// An access of at most 8 bytes does not cross a page: QEMU's are aligned.
static void
sim_bar2_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    uint64_t addr;
    if (!sim_config.bar2_gtt)
        memcpy(buf, sim_pci.bar2 + offset, size_bytes);
    else if (!sim_pci_gtt(offset, &addr) || !sim_dma_read(addr, buf, size_bytes))
        memset(buf, 0xFF, size_bytes);
}

static void
sim_bar2_write(uint64_t offset, const uint8_t *buf, size_t size_bytes)
{
    uint64_t addr;
    if (!sim_config.bar2_gtt)
        memcpy(sim_pci.bar2 + offset, buf, size_bytes);
    else if (sim_pci_gtt(offset, &addr))
        sim_dma_write(addr, buf, size_bytes);
}

// The offset in BAR0 that the data register accesses; false for an index outside the half that it
// selects.
static bool
sim_bar4_target(uint64_t *offset)
{
    uint64_t half_bytes = sim_bar0_gtt_offset(), inside = sim_pci.bar4_index & ~3u;
    *offset = (sim_pci.bar4_index & SIM_BAR4_GTT ? half_bytes : 0) + inside;
    return inside < half_bytes;
}

// The part of an access that is inside the dword at reg: its offset in the dword, its offset in the
// access, and its bytes.
struct sim_part {
    size_t in_dword, in_access, bytes;
};

static struct sim_part
sim_part(uint64_t offset, size_t size_bytes, uint64_t reg)
{
    uint64_t start = offset > reg ? offset : reg;
    uint64_t end = offset + size_bytes < reg + 4 ? offset + size_bytes : reg + 4;
    if (start >= end)
        return (struct sim_part){ 0 };
    return (struct sim_part){ start - reg, start - offset, end - start };
}

static void
sim_bar4_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    struct sim_part index = sim_part(offset, size_bytes, 0);
    struct sim_part data = sim_part(offset, size_bytes, SIM_BAR4_DATA);
    uint64_t target;
    memset(buf, 0, size_bytes);
    for (size_t i = 0; i < index.bytes; i++)
        buf[index.in_access + i] = sim_pci.bar4_index >> (8 * (index.in_dword + i));
    if (data.bytes && sim_bar4_target(&target))
        sim_bar0_read(target + data.in_dword, &buf[data.in_access], data.bytes);
}

static void
sim_bar4_write(uint64_t offset, const uint8_t *buf, size_t size_bytes)
{
    struct sim_part index = sim_part(offset, size_bytes, 0);
    struct sim_part data = sim_part(offset, size_bytes, SIM_BAR4_DATA);
    uint64_t target;
    for (size_t i = 0; i < index.bytes; i++) {
        unsigned shift = 8 * (index.in_dword + i);
        sim_pci.bar4_index =
            (sim_pci.bar4_index & ~(0xFFu << shift)) | (uint32_t)buf[index.in_access + i] << shift;
    }
    if (!data.bytes || !sim_bar4_target(&target))
        return;
    sim_bar0_write(target + data.in_dword, &buf[data.in_access], data.bytes);
    if (sim_pci.bar4_index & SIM_BAR4_GTT) {
        uint64_t dword = sim_pci.bar4_index / 4;
        sim_pci.gtt_written[dword / 32] |= 1u << dword % 32;
    }
}

// ---- read-only regions

static void
sim_rom_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    const struct sim_blob *rom = &sim_config.rom;
    size_t have_bytes = offset < rom->size_bytes ? rom->size_bytes - offset : 0;
    memset(buf, 0xFF, size_bytes);
    memcpy(buf, rom->data + (have_bytes ? offset : 0),
           have_bytes < size_bytes ? have_bytes : size_bytes);
}

static void
sim_opregion_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    memcpy(buf, sim_config.opregion.data + offset, size_bytes);
}

static void
sim_hostbridge_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    memcpy(buf, &sim_pci.hostbridge[offset], size_bytes);
}

static void
sim_lpc_read(uint64_t offset, uint8_t *buf, size_t size_bytes)
{
    memcpy(buf, &sim_pci.lpc[offset], size_bytes);
}

// ---- regions

static uint64_t
sim_rom_region_bytes(void)
{
    // The smallest ROM BAR that PCI knows.
    uint64_t region_bytes = 2048;
    if (!sim_config.rom.data)
        return 0;
    while (region_bytes < sim_config.rom.size_bytes)
        region_bytes *= 2;
    return region_bytes;
}

static void
sim_pci_typed_region(uint32_t subtype, uint64_t size_bytes,
                     void (*read)(uint64_t, uint8_t *, size_t))
{
    sim_pci.region[sim_pci.region_count++] = (struct sim_region){
        .size_bytes = size_bytes,
        .subtype = subtype,
        .read = read,
    };
}

enum sim_family
sim_pci_family(void)
{
    return sim_pci.family;
}

void
sim_pci_init(void)
{
    sim_pci.family = sim_pci_family_of(sim_config.device);
    struct sim_region *region = sim_pci.region;
    region[VFIO_PCI_BAR0_REGION_INDEX] = (struct sim_region){
        .size_bytes = sim_config.bar0_mb * SIM_MIB,
        .mappable = true,
        .mappable_from = sim_bar0_gtt_offset(),
        .read = sim_bar0_read,
        .write = sim_bar0_write,
    };
    region[VFIO_PCI_BAR2_REGION_INDEX] = (struct sim_region){
        .size_bytes = sim_config.bar2_mb * SIM_MIB,
        .mappable = !sim_config.bar2_gtt,
        .read = sim_bar2_read,
        .write = sim_bar2_write,
    };
    region[VFIO_PCI_BAR4_REGION_INDEX] = (struct sim_region){
        .size_bytes = SIM_BAR4_BYTES,
        .read = sim_bar4_read,
        .write = sim_bar4_write,
    };
    region[VFIO_PCI_ROM_REGION_INDEX] = (struct sim_region){
        .size_bytes = sim_rom_region_bytes(),
        .read = sim_rom_read,
    };
    region[VFIO_PCI_CONFIG_REGION_INDEX] = (struct sim_region){
        .size_bytes = SIM_PCI_CONFIG_BYTES,
        .read = sim_pci_config_read,
        .write = sim_pci_config_write,
    };
    // As the kernel: no VGA region unless the class says VGA.
    if (sim_config.vga && sim_config.class_code == SIM_CLASS_VGA)
        region[VFIO_PCI_VGA_REGION_INDEX] = (struct sim_region){
            .size_bytes = SIM_VGA_REGION_BYTES,
            .read = sim_vga_read,
            .write = sim_vga_write,
        };

    sim_pci.region_count = VFIO_PCI_NUM_REGIONS;
    if (sim_config.opregion.data)
        sim_pci_typed_region(VFIO_REGION_SUBTYPE_INTEL_IGD_OPREGION, sim_config.opregion.size_bytes,
                             sim_opregion_read);
    if (sim_config.hostbridge.present) {
        sim_pci_ids_fill(sim_pci.hostbridge, &sim_config.hostbridge, SIM_CLASS_HOST_BRIDGE);
        sim_pci_typed_region(VFIO_REGION_SUBTYPE_INTEL_IGD_HOST_CFG, SIM_PCI_CONFIG_BYTES,
                             sim_hostbridge_read);
    }
    if (sim_config.lpc.present) {
        sim_pci_ids_fill(sim_pci.lpc, &sim_config.lpc, SIM_CLASS_ISA_BRIDGE);
        sim_pci_typed_region(VFIO_REGION_SUBTYPE_INTEL_IGD_LPC_CFG, SIM_PCI_CONFIG_BYTES,
                             sim_lpc_read);
    }
    sim_pci_config_init();
}

void
sim_pci_reset(void)
{
    sim_pci.resets++;
    memcpy(&sim_pci.config[PCI_STD_HEADER_SIZEOF], &sim_pci.first[PCI_STD_HEADER_SIZEOF],
           SIM_PCI_CONFIG_BYTES - PCI_STD_HEADER_SIZEOF);
    sim_pci.bdsm64_written = false;
    sim_pci.bar4_index = 0;
    // Fresh zero pages: writing zeros would allocate megabytes that nobody has touched.
    madvise(sim_pci.bar0, sim_bar0_gtt_offset(), MADV_REMOVE);
    memset(sim_pci.gtt_written, 0, sim_bar0_gtt_offset() / 32);
    sim_gpu_reset();
}

static uint8_t *
sim_pci_attach_bar(int device_fd, unsigned index)
{
    void *memory = mmap(NULL, sim_pci.region[index].size_bytes, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_NORESERVE, device_fd, (off_t)index << SIM_REGION_SHIFT);
    return memory == MAP_FAILED ? NULL : memory;
}

int
sim_pci_attach(int device_fd)
{
    sim_pci.bar0 = sim_pci_attach_bar(device_fd, VFIO_PCI_BAR0_REGION_INDEX);
    sim_pci.bar2 = sim_pci_attach_bar(device_fd, VFIO_PCI_BAR2_REGION_INDEX);
    sim_pci.gtt_written = calloc(1, sim_bar0_gtt_offset() / 32);
    if (!sim_pci.bar0 || !sim_pci.bar2 || !sim_pci.gtt_written)
        return -1;
    sim_gpu_reset();
    return 0;
}

unsigned
sim_pci_region_count(void)
{
    return sim_pci.region_count;
}

const struct sim_region *
sim_pci_region(unsigned index)
{
    return index < sim_pci.region_count ? &sim_pci.region[index] : NULL;
}
