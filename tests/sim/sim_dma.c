// SPDX-License-Identifier: LGPL-3.0-only
// The simulated IOMMU: the guest memory that QEMU has mapped for the device
// Copyright (C) 2026 The seabios-igd authors

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "igd_sim.h"

// Sorted by iova and free of overlaps. A guest without huge pages behind a virtual IOMMU makes tens
// of thousands of mappings, mostly in ascending order: appending is cheap and looking up is
// logarithmic.
static struct sim_dma_mapping *sim_dma_table;
static size_t sim_dma_count, sim_dma_capacity;

// The first mapping that ends behind addr.
static size_t
sim_dma_find(uint64_t addr)
{
    size_t low = 0, high = sim_dma_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct sim_dma_mapping *m = &sim_dma_table[middle];
        if (m->iova + (m->size_bytes - 1) < addr)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
sim_dma_range_ok(uint64_t addr, uint64_t size_bytes)
{
    return size_bytes && addr + (size_bytes - 1) >= addr;
}

int
sim_dma_map(const struct sim_dma_mapping *mapping)
{
    uint64_t iova = mapping->iova, size_bytes = mapping->size_bytes;
    uint64_t misaligned = (iova | size_bytes | (uintptr_t)mapping->memory) % SIM_PAGE_BYTES;
    if (!sim_dma_range_ok(iova, size_bytes) || misaligned)
        return EINVAL;

    size_t at = sim_dma_find(iova);
    if (at < sim_dma_count && sim_dma_table[at].iova <= iova + (size_bytes - 1))
        return EEXIST;

    if (sim_dma_count == sim_dma_capacity) {
        size_t capacity = sim_dma_capacity ? 2 * sim_dma_capacity : 64;
        struct sim_dma_mapping *table = reallocarray(sim_dma_table, capacity, sizeof(*table));
        if (!table)
            return ENOMEM;
        sim_dma_table = table;
        sim_dma_capacity = capacity;
    }
    memmove(&sim_dma_table[at + 1], &sim_dma_table[at],
            (sim_dma_count - at) * sizeof(*sim_dma_table));
    sim_dma_table[at] = *mapping;
    sim_dma_count++;
    return 0;
}

int
sim_dma_unmap(uint64_t iova, uint64_t size_bytes, uint64_t *unmapped_bytes)
{
    *unmapped_bytes = 0;
    if (!sim_dma_range_ok(iova, size_bytes))
        return EINVAL;

    uint64_t last_addr = iova + (size_bytes - 1);
    size_t first = sim_dma_find(iova), end = first;
    while (end < sim_dma_count && sim_dma_table[end].iova <= last_addr) {
        const struct sim_dma_mapping *m = &sim_dma_table[end];
        // Type1v2 never splits a mapping.
        if (m->iova < iova || m->iova + (m->size_bytes - 1) > last_addr)
            return EINVAL;
        end++;
    }
    for (size_t i = first; i < end; i++)
        *unmapped_bytes += sim_dma_table[i].size_bytes;
    if (first < end)
        memmove(&sim_dma_table[first], &sim_dma_table[end],
                (sim_dma_count - end) * sizeof(*sim_dma_table));
    sim_dma_count -= end - first;
    return 0;
}

uint64_t
sim_dma_unmap_all(void)
{
    uint64_t unmapped_bytes = 0;
    for (size_t i = 0; i < sim_dma_count; i++)
        unmapped_bytes += sim_dma_table[i].size_bytes;
    sim_dma_count = 0;
    return unmapped_bytes;
}

const struct sim_dma_mapping *
sim_dma_mappings(size_t *count)
{
    *count = sim_dma_count;
    return sim_dma_table;
}

static bool
sim_dma_allowed(uint64_t addr, uint64_t size_bytes, bool for_writing)
{
    if (!sim_dma_range_ok(addr, size_bytes))
        return false;
    for (size_t i = sim_dma_find(addr); i < sim_dma_count; i++) {
        const struct sim_dma_mapping *m = &sim_dma_table[i];
        if (m->iova > addr || (for_writing && !m->writable))
            return false;
        uint64_t covered_bytes = m->size_bytes - (addr - m->iova);
        if (covered_bytes >= size_bytes)
            return true;
        addr += covered_bytes;
        size_bytes -= covered_bytes;
    }
    return false;
}

// Exactly one of in and out is given: in is written to guest memory, out is filled from it.
static bool
sim_dma_transfer(uint64_t addr, const uint8_t *in, uint8_t *out, size_t size_bytes)
{
    if (!sim_dma_allowed(addr, size_bytes, in))
        return false;
    for (size_t i = sim_dma_find(addr), done = 0; done < size_bytes; i++) {
        const struct sim_dma_mapping *m = &sim_dma_table[i];
        uint64_t start = addr + done - m->iova;
        size_t chunk_bytes = size_bytes - done;
        if (chunk_bytes > m->size_bytes - start)
            chunk_bytes = m->size_bytes - start;
        if (in)
            memcpy(m->memory + start, in + done, chunk_bytes);
        else
            memcpy(out + done, m->memory + start, chunk_bytes);
        done += chunk_bytes;
    }
    return true;
}

bool
sim_dma_mapped(uint64_t addr, uint64_t size_bytes)
{
    return sim_dma_allowed(addr, size_bytes, false);
}

bool
sim_dma_read(uint64_t addr, void *buf, size_t size_bytes)
{
    return sim_dma_transfer(addr, NULL, buf, size_bytes);
}

bool
sim_dma_write(uint64_t addr, const void *buf, size_t size_bytes)
{
    return sim_dma_transfer(addr, buf, NULL, size_bytes);
}
