// SPDX-License-Identifier: LGPL-3.0-only
// Configuration at the start, and the report at exit. igd_sim.h documents both
// Copyright (C) 2026 The seabios-igd authors

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "igd_sim.h"

// Far above any OpRegion or ROM, and small enough to read into memory.
#define SIM_FILE_BYTES_MAX (64u * 1024 * 1024)

// Used without expect_opregion: bytes of header, mailboxes and VBT, and the signature. Source:
// Linux drivers/gpu/drm/i915 intel_opregion.c, OPREGION_SIZE and OPREGION_SIGNATURE.
#define SIM_OPREGION_BYTES 8192
#define SIM_OPREGION_SIGNATURE "IntelGraphicsMem"

struct sim_config sim_config = {
    .class_code = SIM_CLASS_VGA,
    .subsystem = { .subsystem_vendor = 0x8086, .subsystem = 0x2212 },
    .ggc = 0x01C1,
    .asls = 0x7A5F5018,
    .asls_mask = UINT64_MAX,
    .bdsm = 0x7B800001,
    .bdsm64 = 0x7B800001,
    .bdsm_mask = UINT64_MAX,
    .command_mask = UINT64_MAX,
    .bar0_mb = 16,
    .bar2_mb = 256,
    .edid_port = SIM_PORT_B,
    .vga = 1,
    .vga_memory = 1,
    .group = 7,
};
bool sim_active;

// ---- configuration

enum sim_key_type {
    SIM_KEY_NUMBER,
    SIM_KEY_POWER_OF_TWO,
    SIM_KEY_CLASS,
    SIM_KEY_SWITCH,
    SIM_KEY_PORT,
    SIM_KEY_SUBSYSTEM,
    SIM_KEY_IDS,
    SIM_KEY_FILE,
    SIM_KEY_PATH,
};

// In the order of enum sim_port.
static const char sim_port_names[] = "ABCDL";

static const struct sim_key {
    const char *name;
    enum sim_key_type type;
    void *value;
    uint64_t min, max;
} sim_keys[] = {
    { "device", SIM_KEY_NUMBER, &sim_config.device, 1, 0xFFFE },
    { "revision", SIM_KEY_NUMBER, &sim_config.revision, 0, 0xFF },
    { "subsystem", SIM_KEY_SUBSYSTEM, &sim_config.subsystem, 0, 0 },
    { "class", SIM_KEY_CLASS, &sim_config.class_code, 0, 0 },
    { "ggc", SIM_KEY_NUMBER, &sim_config.ggc, 0, UINT32_MAX },
    { "asls", SIM_KEY_NUMBER, &sim_config.asls, 0, UINT32_MAX },
    { "asls_mask", SIM_KEY_NUMBER, &sim_config.asls_mask, 0, UINT64_MAX },
    { "bdsm", SIM_KEY_NUMBER, &sim_config.bdsm, 0, UINT32_MAX },
    { "bdsm64", SIM_KEY_NUMBER, &sim_config.bdsm64, 0, UINT64_MAX },
    { "bdsm_mask", SIM_KEY_NUMBER, &sim_config.bdsm_mask, 0, UINT64_MAX },
    { "bgsm", SIM_KEY_NUMBER, &sim_config.bgsm, 0, UINT64_MAX },
    { "stolen_reserved", SIM_KEY_NUMBER, &sim_config.stolen_reserved, 0, UINT64_MAX },
    { "dbuf_s0", SIM_KEY_NUMBER, &sim_config.dbuf[0], 0, UINT32_MAX },
    { "dbuf_s1", SIM_KEY_NUMBER, &sim_config.dbuf[1], 0, UINT32_MAX },
    { "dbuf_s2", SIM_KEY_NUMBER, &sim_config.dbuf[2], 0, UINT32_MAX },
    { "dbuf_s3", SIM_KEY_NUMBER, &sim_config.dbuf[3], 0, UINT32_MAX },
    { "command_mask", SIM_KEY_NUMBER, &sim_config.command_mask, 0, UINT64_MAX },
    // Both halves of BAR0 must hold what they are for: registers to 0x1082C8, and QEMU's largest
    // GTT.
    { "bar0_mb", SIM_KEY_POWER_OF_TWO, &sim_config.bar0_mb, 4, 256 },
    { "bar2_mb", SIM_KEY_POWER_OF_TWO, &sim_config.bar2_mb, 1, 16384 },
    { "bar0_prefetch", SIM_KEY_SWITCH, &sim_config.bar0_prefetch, 0, 0 },
    { "bar2_gtt", SIM_KEY_SWITCH, &sim_config.bar2_gtt, 0, 0 },
    { "edid", SIM_KEY_FILE, &sim_config.edid, 0, 0 },
    { "edid_port", SIM_KEY_PORT, &sim_config.edid_port, 0, 0 },
    { "vga", SIM_KEY_SWITCH, &sim_config.vga, 0, 0 },
    { "vga_memory", SIM_KEY_SWITCH, &sim_config.vga_memory, 0, 0 },
    { "group", SIM_KEY_NUMBER, &sim_config.group, 0, INT32_MAX },
    { "opregion", SIM_KEY_FILE, &sim_config.opregion, 0, 0 },
    { "rom", SIM_KEY_FILE, &sim_config.rom, 0, 0 },
    { "hostbridge", SIM_KEY_IDS, &sim_config.hostbridge, 0, 0 },
    { "lpc", SIM_KEY_IDS, &sim_config.lpc, 0, 0 },
    { "report", SIM_KEY_PATH, &sim_config.report_path, 0, 0 },
    { "screen", SIM_KEY_PATH, &sim_config.screen_prefix, 0, 0 },
    { "opregion_dump", SIM_KEY_PATH, &sim_config.opregion_dump_path, 0, 0 },
    { "expect_opregion", SIM_KEY_FILE, &sim_config.expect_opregion, 0, 0 },
    { "expect_opregion_bytes", SIM_KEY_NUMBER, &sim_config.expect_opregion_bytes, 0,
      SIM_FILE_BYTES_MAX },
    { "expect_stolen_bytes", SIM_KEY_NUMBER, &sim_config.expect_stolen_bytes, 0, UINT64_MAX },
};

static bool
sim_parse_number(const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoull(text, &end, 0);
    // strtoull accepts a sign; a number here has none.
    return isdigit((unsigned char)*text) && !*end && !errno;
}

// Reads one of the ids that colons separate, as many hexadecimal digits as digits says. Moves text
// behind the id and its colon.
static bool
sim_parse_id(const char **text, unsigned digits, uint16_t *value)
{
    unsigned have = 0;
    *value = 0;
    while (have <= digits && isxdigit((unsigned char)(*text)[have])) {
        char digit = tolower((unsigned char)(*text)[have++]);
        *value = *value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    *text += have;
    if (**text == ':')
        (*text)++;
    else if (**text)
        return false;
    return have == digits;
}

static bool
sim_parse_ids(const char *text, struct sim_pci_ids *ids)
{
    uint16_t revision = 0;
    ids->present = true;
    if (!sim_parse_id(&text, 4, &ids->vendor) || !sim_parse_id(&text, 4, &ids->device))
        return false;
    if (*text && !sim_parse_id(&text, 2, &revision))
        return false;
    ids->revision = revision;
    if (*text && (!sim_parse_id(&text, 4, &ids->subsystem_vendor) ||
                  !sim_parse_id(&text, 4, &ids->subsystem)))
        return false;
    return !*text;
}

static bool
sim_parse_file(const char *path, struct sim_blob *blob)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    uint8_t *data = NULL;
    long size_bytes = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    bool ok = size_bytes > 0 && size_bytes <= SIM_FILE_BYTES_MAX && !fseek(file, 0, SEEK_SET);
    if (ok)
        data = malloc(size_bytes);
    ok = data && fread(data, 1, size_bytes, file) == (size_t)size_bytes;
    fclose(file);
    if (!ok) {
        free(data);
        return false;
    }
    free(blob->data);
    *blob = (struct sim_blob){ .data = data, .size_bytes = size_bytes };
    return true;
}

// Returns NULL, or what is allowed when the text is not. The answer lives until the next call.
static const char *
sim_parse_value(const struct sim_key *key, const char *text)
{
    static char allowed[96];
    uint64_t number = 0;
    switch (key->type) {
    case SIM_KEY_NUMBER:
        snprintf(allowed, sizeof(allowed), "a number from %#" PRIx64 " to %#" PRIx64, key->min,
                 key->max);
        if (!sim_parse_number(text, &number) || number < key->min || number > key->max)
            return allowed;
        *(uint64_t *)key->value = number;
        return NULL;

    case SIM_KEY_POWER_OF_TWO:
        snprintf(allowed, sizeof(allowed), "a power of two from %" PRIu64 " to %" PRIu64, key->min,
                 key->max);
        if (!sim_parse_number(text, &number) || number < key->min || number > key->max ||
            number & (number - 1))
            return allowed;
        *(uint64_t *)key->value = number;
        return NULL;

    case SIM_KEY_CLASS:
        if (!sim_parse_number(text, &number) ||
            (number != SIM_CLASS_VGA && number != SIM_CLASS_DISPLAY))
            return "0x0300 or 0x0380";
        *(uint64_t *)key->value = number;
        return NULL;

    case SIM_KEY_SWITCH:
        if (strcmp(text, "on") && strcmp(text, "off"))
            return "on or off";
        *(uint64_t *)key->value = !strcmp(text, "on");
        return NULL;

    case SIM_KEY_PORT:
        for (const char *at = sim_port_names; *at; at++)
            if (*text == *at && !text[1]) {
                *(uint64_t *)key->value = at - sim_port_names;
                return NULL;
            }
        return "A, B, C, D or L";

    case SIM_KEY_SUBSYSTEM: {
        struct sim_pci_ids *ids = key->value;
        if (!sim_parse_id(&text, 4, &ids->subsystem_vendor) ||
            !sim_parse_id(&text, 4, &ids->subsystem) || *text)
            return "svid:sdid, four hexadecimal digits each";
        return NULL;
    }

    case SIM_KEY_IDS:
        if (!sim_parse_ids(text, key->value))
            return "vvvv:dddd[:rr[:ssvv:ssdd]], hexadecimal digits";
        return NULL;

    case SIM_KEY_FILE:
        if (!sim_parse_file(text, key->value))
            return "a file that can be read, of 1 byte to 64 MiB";
        return NULL;

    case SIM_KEY_PATH: {
        char **path = key->value;
        free(*path);
        *path = *text ? strdup(text) : NULL;
        return *path ? NULL : "a path";
    }
    }
    return "nothing";
}

static char *
sim_trim(char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    size_t length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1]))
        text[--length] = 0;
    return text;
}

static void
sim_config_error(const char *path, unsigned line, const char *key, const char *value,
                 const char *allowed)
{
    fprintf(stderr, "igd-sim: %s:%u: %s = %s: allowed is %s\n", path, line, key, value, allowed);
    exit(2);
}

static void
sim_config_line(const char *path, unsigned line, char *text)
{
    text[strcspn(text, "#")] = 0;
    text = sim_trim(text);
    if (!*text)
        return;
    char *equals = strchr(text, '=');
    if (!equals)
        sim_config_error(path, line, text, "", "key = value");
    *equals = 0;
    const char *name = sim_trim(text), *value = sim_trim(equals + 1);
    for (size_t i = 0; i < sizeof(sim_keys) / sizeof(*sim_keys); i++) {
        if (strcmp(sim_keys[i].name, name))
            continue;
        const char *allowed = sim_parse_value(&sim_keys[i], value);
        if (allowed)
            sim_config_error(path, line, name, value, allowed);
        return;
    }
    sim_config_error(path, line, name, value, "a key that igd_sim.h lists");
}

static void
sim_config_load(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "igd-sim: IGD_SIM = %s: %s\n", path, strerror(errno));
        exit(2);
    }
    char *text = NULL;
    size_t room_bytes = 0;
    unsigned line = 0;
    while (getline(&text, &room_bytes, file) >= 0)
        sim_config_line(path, ++line, text);
    free(text);
    fclose(file);
    if (!sim_config.device)
        sim_config_error(path, line, "device", "", "a PCI device id, which must be given");
    if (!sim_config.expect_opregion_bytes)
        sim_config.expect_opregion_bytes = sim_config.expect_opregion.data
                                               ? sim_config.expect_opregion.size_bytes
                                               : SIM_OPREGION_BYTES;
}

// ---- report

static const char *
sim_json_bool(bool value)
{
    return value ? "true" : "false";
}

static void
sim_report_config_writes(FILE *out)
{
    size_t count;
    const struct sim_config_write *write = sim_pci_config_writes(&count);
    fprintf(out, "  \"config_writes\": [");
    for (size_t i = 0; i < count; i++)
        fprintf(
            out, "%s\n    {\"offset\": %u, \"size\": %u, \"value\": %" PRIu64 ", \"resets\": %u}",
            i ? "," : "", write[i].offset, write[i].size_bytes, write[i].value, write[i].resets);
    fprintf(out, "\n  ],\n");
}

static void
sim_report_dma(FILE *out)
{
    size_t count;
    const struct sim_dma_mapping *mapping = sim_dma_mappings(&count);
    fprintf(out, "  \"dma\": [");
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s\n    {\"iova\": %" PRIu64 ", \"size\": %" PRIu64 ", \"writable\": %s}",
                i ? "," : "", mapping[i].iova, mapping[i].size_bytes,
                sim_json_bool(mapping[i].writable));
    fprintf(out, "\n  ],\n");
}

// The JSON list of ranges in which two buffers differ.
static void
sim_report_differs(FILE *out, const uint8_t *got, const uint8_t *expected, size_t size_bytes)
{
    const char *separator = "";
    fprintf(out, "[");
    for (size_t start = 0; start < size_bytes; start++) {
        size_t end = start;
        while (end < size_bytes && got[end] != expected[end])
            end++;
        if (end == start)
            continue;
        fprintf(out, "%s[%zu, %zu]", separator, start, end - start);
        separator = ", ";
        start = end;
    }
    fprintf(out, "]");
}

static bool
sim_all_zero(const uint8_t *data, size_t size_bytes)
{
    while (size_bytes && !data[size_bytes - 1])
        size_bytes--;
    return !size_bytes;
}

static size_t
sim_page_align(size_t size_bytes)
{
    return (size_bytes + SIM_PAGE_BYTES - 1) / SIM_PAGE_BYTES * SIM_PAGE_BYTES;
}

static void
sim_report_opregion(FILE *out)
{
    const struct sim_blob *expected = &sim_config.expect_opregion;
    const size_t signature_bytes = strlen(SIM_OPREGION_SIGNATURE);
    uint32_t addr = sim_pci_asls();
    uint8_t signature[sizeof(SIM_OPREGION_SIGNATURE)];
    bool signature_ok = sim_dma_read(addr, signature, signature_bytes) &&
                        !memcmp(signature, SIM_OPREGION_SIGNATURE, signature_bytes);
    bool mapped = sim_dma_mapped(addr, sim_config.expect_opregion_bytes);
    fprintf(out,
            "  \"opregion\": {\n    \"address\": %" PRIu32 ",\n"
            "    \"mapped\": %s,\n    \"signature_ok\": %s,\n",
            addr, sim_json_bool(mapped), sim_json_bool(signature_ok));

    size_t paged_bytes = sim_page_align(expected->size_bytes);
    uint8_t *got = expected->data ? malloc(paged_bytes) : NULL;
    if (got && sim_dma_read(addr, got, paged_bytes)) {
        fprintf(out, "    \"differs\": ");
        sim_report_differs(out, got, expected->data, expected->size_bytes);
        fprintf(out, ",\n    \"tail_zero\": %s\n",
                sim_json_bool(
                    sim_all_zero(got + expected->size_bytes, paged_bytes - expected->size_bytes)));
    } else {
        fprintf(out, "    \"differs\": null,\n    \"tail_zero\": null\n");
    }
    free(got);
    fprintf(out, "  },\n");
}

// Whether the device can write the page at addr and reads back what it wrote. The guest's content
// is put back.
static bool
sim_page_writable(uint64_t addr)
{
    uint8_t saved[SIM_PAGE_BYTES], pattern[SIM_PAGE_BYTES], got[SIM_PAGE_BYTES];
    if (!sim_dma_read(addr, saved, sizeof(saved)))
        return false;
    for (size_t i = 0; i < sizeof(pattern); i++)
        pattern[i] = ~saved[i] ^ i;
    bool ok = sim_dma_write(addr, pattern, sizeof(pattern)) &&
              sim_dma_read(addr, got, sizeof(got)) && !memcmp(got, pattern, sizeof(got));
    sim_dma_write(addr, saved, sizeof(saved));
    return ok;
}

static void
sim_report_stolen(FILE *out)
{
    uint64_t addr = sim_pci_stolen_addr(), size_bytes = sim_config.expect_stolen_bytes;
    fprintf(out, "  \"stolen\": {\n    \"register\": \"%s\",\n    \"address\": %" PRIu64 ",\n",
            sim_pci_bdsm64_in_use() ? "bdsm64" : "bdsm", addr);
    if (size_bytes < SIM_PAGE_BYTES) {
        fprintf(out, "    \"mapped\": null,\n    \"writable\": null\n  },\n");
        return;
    }
    bool mapped = sim_dma_mapped(addr, size_bytes);
    uint64_t middle_addr = addr + size_bytes / 2 / SIM_PAGE_BYTES * SIM_PAGE_BYTES;
    bool writable = mapped && sim_page_writable(addr) && sim_page_writable(middle_addr) &&
                    sim_page_writable(addr + size_bytes - SIM_PAGE_BYTES);
    fprintf(out, "    \"mapped\": %s,\n    \"writable\": %s\n  },\n", sim_json_bool(mapped),
            sim_json_bool(writable));
}

static void
sim_report_gtt(FILE *out)
{
    struct sim_gtt_summary gtt = sim_pci_gtt_summary();
    fprintf(out,
            "  \"gtt\": {\n    \"written\": %" PRIu64 ",\n    \"valid\": %" PRIu64 ",\n"
            "    \"first\": %" PRIu64 ",\n    \"last\": %" PRIu64 ",\n"
            "    \"linear\": %" PRIu64 ",\n    \"outside\": %" PRIu64 ",\n"
            "    \"unmapped\": %" PRIu64 ",\n    \"mismatches\": %" PRIu64 ",\n",
            gtt.written, gtt.valid, gtt.first, gtt.last, gtt.linear, gtt.outside, gtt.unmapped,
            gtt.mismatches);
    if (gtt.mismatches)
        fprintf(out,
                "    \"mismatch\": {\"index\": %" PRIu64 ", \"address\": %" PRIu64
                ", \"expected\": %" PRIu64 "}\n  },\n",
                gtt.mismatch_index, gtt.mismatch_addr, gtt.expected_addr);
    else
        fprintf(out, "    \"mismatch\": null\n  },\n");
}

static void
sim_report_vga(FILE *out)
{
    struct sim_screen screen = sim_screen_describe();
    fprintf(out,
            "  \"vga\": {\n    \"mode\": \"%s\",\n    \"columns\": %u,\n    \"rows\": %u,\n"
            "    \"surface\": [%" PRIu64 ", %" PRIu64 "],\n"
            "    \"register_reads\": %" PRIu64 ",\n    \"register_writes\": %" PRIu64 ",\n"
            "    \"memory_reads\": %" PRIu64 ",\n    \"memory_writes\": %" PRIu64 ",\n"
            "    \"pristine\": %s\n  }\n",
            screen.mode, screen.columns, screen.rows, screen.surface_first_addr,
            screen.surface_last_addr, sim_vga_counts.register_reads,
            sim_vga_counts.register_writes, sim_vga_counts.memory_reads,
            sim_vga_counts.memory_writes, sim_json_bool(sim_vga_pristine()));
}

static void
sim_report_json(FILE *out)
{
    fprintf(out, "{\n  \"resets\": %u,\n", sim_pci_resets());
    sim_report_config_writes(out);
    fprintf(out, "  \"asls\": %" PRIu32 ",\n  \"bdsm\": %" PRIu32 ",\n  \"bdsm64\": %" PRIu64 ",\n",
            sim_pci_asls(), sim_pci_bdsm(), sim_pci_bdsm64());
    sim_report_dma(out);
    sim_report_opregion(out);
    sim_report_stolen(out);
    sim_report_gtt(out);
    sim_report_vga(out);
    fprintf(out, "}\n");
}

static size_t
sim_opregion_dump_bytes(void)
{
    return sim_page_align(sim_config.expect_opregion_bytes);
}

static void
sim_opregion_dump(FILE *out)
{
    size_t size_bytes = sim_opregion_dump_bytes();
    uint8_t *data = malloc(size_bytes);
    if (data && sim_dma_read(sim_pci_asls(), data, size_bytes))
        fwrite(data, 1, size_bytes, out);
    free(data);
}

void
sim_write_file(const char *path, void (*write)(FILE *))
{
    FILE *out = fopen(path, "w");
    bool ok = out;
    if (out) {
        write(out);
        ok = !ferror(out);
        ok = !fclose(out) && ok;
    }
    if (!ok)
        fprintf(stderr, "igd-sim: cannot write %s\n", path);
}

static void
sim_exit(void)
{
    if (!sim_vfio_opened())
        return;
    sim_lock();
    if (sim_config.screen_prefix)
        sim_screen_save(sim_config.screen_prefix);
    if (sim_config.opregion_dump_path && sim_dma_mapped(sim_pci_asls(), sim_opregion_dump_bytes()))
        sim_write_file(sim_config.opregion_dump_path, sim_opregion_dump);
    if (sim_config.report_path)
        sim_write_file(sim_config.report_path, sim_report_json);
    sim_unlock();
}

__attribute__((constructor)) static void
sim_start(void)
{
    const char *path = getenv("IGD_SIM");
    if (!path)
        return;
    sim_config_load(path);
    sim_pci_init();
    sim_vga_reset();
    atexit(sim_exit);
    sim_active = true;
}
