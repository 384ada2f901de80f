// SPDX-License-Identifier: LGPL-3.0-only
// The table of conditions that ends the log.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_report
#include "igd_messages.h" // the conditions' names and cures

// Who needs a condition (igd-assign).
#define LINUX   1
#define WINDOWS 2
#define VBIOS   4

// The conditions, and what is beyond them: field is the offset in struct igd_report.
static const struct {
    uint8_t field, who;
    char name[18], cure[26];
} igd_conditions[] = {
#define IGD_CONDITION(field, name, who, cure) \
    { offsetof(struct igd_report, field), who, name, cure },
#include "igd_messages.h" // IGD_CONDITION
#undef IGD_CONDITION
};
static const struct {
    uint8_t field;
    char words[24];
} igd_beyond[] = {
#define IGD_BEYOND(field, words) { offsetof(struct igd_report, field), words },
#include "igd_messages.h" // IGD_BEYOND
#undef IGD_BEYOND
};
#define IGD_COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
igd_print_condition(unsigned n, uint8_t known, unsigned who, igd_print *print)
{
    static const char igd_line[] = "igd: %u %s %s%s%s%s%s%s\n";
    int missing = who && known == IGD_NO;
    // Padded to one width if something follows.
    const char *state = who ? "not tried " : "not needed";
    if (known == IGD_YES)
        state = who ? "ok        " : "ok";
    else if (missing)
        state = "missing   ";
    print(igd_line, n + 1, igd_conditions[n].name, state, who & LINUX ? " Linux" : "",
          who & WINDOWS ? " Windows" : "", who & VBIOS ? " VBIOS" : "", missing ? "; " : "",
          missing ? igd_conditions[n].cure : "");
}

void
igd_print_report(const struct igd_report *report, igd_print *print)
{
    static const char igd_head[] = "igd: condition           state      for\n";
    const uint8_t *fields = (const uint8_t *)report;
    unsigned i, more = 0;
    // Without a VBIOS nobody needs what only a VBIOS needs.
    unsigned who = LINUX | WINDOWS | (report->wants_vbios ? VBIOS : 0);
    print(igd_head);
    for (i = 0; i < IGD_COUNT(igd_conditions); i++)
        igd_print_condition(i, fields[igd_conditions[i].field], igd_conditions[i].who & who, print);
    for (i = 0; i < IGD_COUNT(igd_beyond); i++)
        if (fields[igd_beyond[i].field])
            print("%s %s", more++ ? "," : "igd: +", igd_beyond[i].words);
    if (more)
        print("\n");
}

#undef LINUX
#undef WINDOWS
#undef VBIOS
