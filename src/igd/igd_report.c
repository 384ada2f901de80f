// SPDX-License-Identifier: LGPL-3.0-only
// The table of conditions that ends the log.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // struct igd_report
#include "igd_messages.h" // the conditions' names and cures

// Who needs a condition (igd-assign).
#define LINUX   1
#define WINDOWS 2
#define VBIOS   4

static void
igd_print_condition(unsigned number, const char *name, uint8_t known, unsigned who,
                    const char *cure, igd_print *print)
{
    static const char igd_line[] = "igd: %u %s %s%s%s%s%s%s\n";
    // As wide as the widest one, if something follows.
    const char *state = who ? "not tried " : "not needed";
    if (known == IGD_YES)
        state = who ? "ok        " : "ok";
    else if (who && known == IGD_NO)
        state = "missing   ";
    int missing = who && known == IGD_NO;
    print(igd_line, number, name, state, who & LINUX ? " Linux" : "",
          who & WINDOWS ? " Windows" : "", who & VBIOS ? " VBIOS" : "", missing ? "; " : "",
          missing ? cure : "");
}

void
igd_print_report(const struct igd_report *report, igd_print *print)
{
    static const char igd_head[] = "igd: condition           state      for\n";
    static const char igd_beyond[] = "igd: +", igd_one_more[] = "%s %s", igd_end[] = "\n";
    unsigned number = 0, more = 0;
    // Without a VBIOS nobody needs what only a VBIOS needs.
    unsigned who = LINUX | WINDOWS | (report->wants_vbios ? VBIOS : 0);

    print(igd_head);
#define IGD_CONDITION(field, name, needs, cure)                                              \
    {                                                                                        \
        static const char igd_name[] = name, igd_cure[] = cure;                              \
        igd_print_condition(++number, igd_name, report->field, who & (needs), igd_cure, print); \
    }
#define IGD_BEYOND(field, words)                                                             \
    if (report->field) {                                                                     \
        static const char igd_words[] = words;                                               \
        if (!more)                                                                           \
            print(igd_beyond);                                                               \
        print(igd_one_more, more++ ? "," : "", igd_words);                                   \
    }
#include "igd_messages.h" // IGD_CONDITION, IGD_BEYOND
#undef IGD_CONDITION
#undef IGD_BEYOND
    if (more)
        print(igd_end);
}

#undef LINUX
#undef WINDOWS
#undef VBIOS
