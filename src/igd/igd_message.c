// SPDX-License-Identifier: LGPL-3.0-only
// The list of findings, and the log's line for each.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // igd_message

int
igd_find(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit)
{
    if (IGD_LOG && found->count < IGD_FINDINGS_MAX) {
        struct igd_finding *finding = &found->item[found->count++];
        finding->code = code;
        finding->value = value;
        finding->limit = limit;
    }
    return -code;
}

// Whole MiB of a number of bytes, at most as many as %u can print.
static uint32_t
igd_mib(uint64_t bytes)
{
    return bytes >> 52 ? 0xffffffff : bytes >> 20;
}

// The arguments that igd_messages.h names, for the conversions in its formats.
#define VALUE           (uint32_t)value
#define VALUE64         (unsigned long long)value
#define LIMIT           limit
#define KIB(bytes)      (uint32_t)((bytes) >> 10)
#define MIB(bytes)      igd_mib(bytes)
#define BDF(bdf)        (uint32_t)(bdf) >> 8, (uint32_t)(bdf) >> 3 & 0x1f, (uint32_t)(bdf) & 7
#define SWITCH_NAME(n)  igd_switch_name(n)
#define SEGMENT(far)    (uint32_t)(far) >> 16
#define OFFSET(far)     (uint32_t)(far) & 0xffff
#define VGA_NAMES(dead) (dead) & IGD_VGA_DECODE ? " decode" : "",        \
                        (dead) & IGD_VGA_BRIDGE ? " bridge" : "",        \
                        (dead) & IGD_VGA_GGC ? " GGC" : "",              \
                        (dead) & IGD_VGA_REGISTERS ? " registers" : "",  \
                        (dead) & IGD_VGA_MEMORY ? " memory" : ""

// A format whose conversions do not fit its arguments fails the build, whatever the flags are. The
// format is a named array because SeaBIOS keeps anonymous strings in the F-segment after POST.
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wformat"
#define IGD_MESSAGE(severity, code, format, cure, ...)   \
    case code: {                                         \
        static const char igd_line[] = format "; " cure "\n"; \
        print(igd_line, ##__VA_ARGS__);                  \
        break;                                           \
    }

static void
igd_print_line(const struct igd_finding *finding, igd_print *print)
{
    uint64_t value = finding->value;
    uint32_t limit = finding->limit;
    switch (finding->code) {
#include "igd_messages.h" // IGD_MESSAGE
    }
}

#undef IGD_MESSAGE
#pragma GCC diagnostic pop
#undef VALUE
#undef VALUE64
#undef LIMIT
#undef KIB
#undef MIB
#undef BDF
#undef SWITCH_NAME
#undef SEGMENT
#undef OFFSET
#undef VGA_NAMES

void
igd_message(const struct igd_finding *finding, igd_print *print)
{
    enum { error, warning, note };
    static const uint8_t igd_severities[IGD_CODES] = {
#define IGD_MESSAGE(severity, code, ...) [code] = severity,
#include "igd_messages.h" // IGD_MESSAGE
#undef IGD_MESSAGE
    };
    static const char igd_heads[][16] = { "igd: error: ", "igd: warning: ", "igd: note: " };
    if (finding->code == IGD_OK || finding->code >= IGD_CODES)
        return;
    print("%s", igd_heads[igd_severities[finding->code]]);
    igd_print_line(finding, print);
}
