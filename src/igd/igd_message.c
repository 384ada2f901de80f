// SPDX-License-Identifier: LGPL-3.0-only
// The list of findings, and the line for each: cause with value and limit, and the cure.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // IGD_LINE_BYTES
#include "igd_bytes.h" // igd_nth_text
#include "igd_texts.h" // igd_words

// Not inlined: once in the image is enough.
int __attribute__((__noinline__))
igd_find64(struct igd_findings *found, uint8_t code, uint64_t value, uint32_t limit)
{
    if (found->count < IGD_FINDINGS_MAX) {
        struct igd_finding *finding = &found->item[found->count++];
        finding->code = code;
        finding->value = value;
        finding->limit = limit;
    }
    return -code;
}

int
igd_find(struct igd_findings *found, uint8_t code, uint32_t value, uint32_t limit)
{
    return igd_find64(found, code, value, limit);
}

// Appends a text to a line, its words spelt out; returns the line's end, which is not terminated.
static char *
igd_spell(char *line, const char *text)
{
    const char *end = text + *text + 1;
    while (++text < end) {
        uint8_t c = *text;
        if (c < IGD_WORDS_FIRST) {
            *line++ = c;
            continue;
        }
        c -= IGD_WORDS_FIRST;
        const char *words = igd_words + igd_words_at[c / IGD_WORDS_STEP];
        line = igd_spell(line, igd_nth_text(words, c % IGD_WORDS_STEP));
    }
    return line;
}

int
igd_message(uint8_t code, char line[IGD_LINE_BYTES])
{
    if (!code || code >= IGD_CODES)
        return -1;
    line = igd_spell(line, igd_nth_text(igd_messages, code - 1));
    line[0] = '\n';
    line[1] = 0;
    return 0;
}

void
igd_family_name(const struct igd_family *family, char name[IGD_NAME_BYTES])
{
    *igd_spell(name, igd_nth_text(igd_family_names, igd_family_row(family))) = 0;
}
