// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_report_device() and igd_print_report(): the input is the IGD's BDF and class, the LPC
// bridge's ids and class, and what else is known.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

static void
igd_fuzz_device(const uint8_t *data, struct igd_report *report)
{
    struct igd_device device = { igd_fuzz_get(data, 2), 0x8086, 0x9a49, igd_fuzz_get(data + 2, 2) };
    struct igd_device bridge = { 0x00f8, igd_fuzz_get(data + 4, 2), igd_fuzz_get(data + 6, 2),
                                 igd_fuzz_get(data + 8, 2) };
    int lpc = bridge.vendor == 0x8086 && bridge.device != 0x2918 && bridge.class_code == 0x0601;
    igd_report_device(&device, &bridge, report);
    igd_fuzz_equal(lpc ? IGD_YES : IGD_NO, report->lpc, "condition 2");
    igd_fuzz_equal(device.bdf == 0x0010 ? IGD_YES : IGD_NO, report->address, "condition 3");
    igd_fuzz_equal(device.class_code == 0x0300 ? IGD_YES : IGD_NO, report->class_vga,
                   "condition 4");
}

// A condition's line: its number, and from the 26th character on its state, who needs it, a cure.
static void
igd_fuzz_condition(unsigned number, uint8_t known, int wants_vbios, const char *line)
{
    // Systems that need it; the VBIOS needs each.
    static const char *const systems[] = { " Linux Windows", "", " Windows", " Windows", "", "" };
    const char *who = systems[number - 1], *state = "not tried ";
    char expected[64];
    size_t end;
    if (known == IGD_YES)
        state = "ok        ";
    else if (!*who && !wants_vbios)
        state = "not needed";
    else if (known == IGD_NO)
        state = "missing   ";
    snprintf(expected, sizeof(expected), "%s%s%s", state, who, wants_vbios ? " VBIOS" : "");
    for (end = strlen(expected); expected[end - 1] == ' '; end--)
        expected[end - 1] = 0;
    strcat(expected, *state == 'm' ? "; " : "\n");
    igd_fuzz_equal('0' + number, line[5], "number of \"%s\"", line);
    igd_fuzz_equal(0, strncmp(line + 25, expected, strlen(expected)), "start of \"%s\", not \"%s\"",
                   line + 25, expected);
}

// The line of what was found beyond them: a part for each.
static void
igd_fuzz_beyond(unsigned count, const char *line)
{
    unsigned parts = 1;
    igd_fuzz_equal(0, strncmp(line, "igd: + ", 7), "start of \"%s\"", line);
    for (; *line; line++)
        parts += *line == ',';
    igd_fuzz_equal(count, parts, "parts");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct igd_report report;
    unsigned number, beyond;
    if (size < 14)
        return -1;
    memset(&report, 0, sizeof(report));
    igd_fuzz_device(data, &report);
    report.opregion = data[10] % 3;
    report.legacy_vga = data[11] % 3;
    report.vbios = data[12] % 3;
    report.wants_vbios = data[13] & 1;
    report.bars_low = data[13] >> 1 & 1;
    report.rom_other = data[13] >> 2 & 1;
    report.rom_used = data[13] >> 3 & 1;
    report.bgsm = data[13] >> 4 & 1;
    report.dbuf = data[13] >> 5 & 1;
    report.gtt_rewrites = data[13] >> 6 & 1;
    beyond = report.bars_low + report.rom_other + report.rom_used + report.bgsm + report.dbuf
        + report.gtt_rewrites;

    const uint8_t known[] = { report.opregion, report.lpc, report.address, report.class_vga,
                              report.legacy_vga, report.vbios };
    igd_fuzz_start_text();
    igd_print_report(&report, igd_fuzz_print);
    const char *line = igd_fuzz_line(igd_fuzz_text); // the head
    for (number = 1; number <= sizeof(known); number++) {
        igd_fuzz_condition(number, known[number - 1], report.wants_vbios, line);
        line = igd_fuzz_line(line);
    }
    if (beyond) {
        igd_fuzz_beyond(beyond, line);
        line = igd_fuzz_line(line);
    }
    igd_fuzz_equal(0, *line, "end of the report");
    return 0;
}
