// SPDX-License-Identifier: LGPL-3.0-only
// The list of findings, the line for each (cause with value and limit, and the cure), and the
// table of conditions.
// Copyright (C) 2026 The seabios-igd authors

#include "igd.h" // IGD_LINE_BYTES
#include "igd_bytes.h" // igd_nth_text
#include "igd_texts.h" // igd_words

// Not inlined: once in the image is enough.
int __attribute__((__noinline__))
igd_add64(struct igd_findings *found, uint64_t value, uint32_t limit, uint8_t code)
{
    if (found->count < IGD_FINDINGS_MAX) {
        struct igd_finding *finding = &found->item[found->count++];
        finding->code = code;
        finding->value = value;
        finding->limit = limit;
    }
    return -code;
}

int __attribute__((__noinline__))
igd_add(struct igd_findings *found, uint32_t value, uint32_t limit, uint8_t code)
{
    return igd_add64(found, value, limit, code);
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

// The table's texts, in the order of igd_texts.txt.
enum {
    IGD_TABLE_HEAD,
    IGD_TABLE_OK = IGD_TABLE_HEAD + 1 + IGD_CONDITIONS,
    IGD_TABLE_MISSING,
    IGD_TABLE_NOT_NEEDED,
    IGD_TABLE_NOT_TRIED,
    IGD_TABLE_WHO,
    IGD_TABLE_CURE = IGD_TABLE_WHO + 3,
    IGD_TABLE_BEYOND = IGD_TABLE_CURE + IGD_CONDITIONS,
};

static char *
igd_table_text(char *line, unsigned text)
{
    return igd_spell(line, igd_nth_text(igd_table_parts, text));
}

int
igd_table(unsigned row, unsigned facts, char line[IGD_LINE_BYTES])
{
    // Who needs each condition, as bits: Linux, Windows, VBIOS (igd-assign).
    static const uint8_t igd_needs[IGD_CONDITIONS + 1] = { 0, 7, 4, 6, 6, 4, 4 };
    unsigned i, beyond = facts >> IGD_FACTS_BEYOND;
    char *end;
    if (row > IGD_CONDITIONS) {
        if (row > IGD_CONDITIONS + 1 || !beyond)
            return -1;
        end = igd_table_text(line, IGD_TABLE_BEYOND);
        for (i = 1; beyond; i++, beyond >>= 1)
            if (beyond & 1)
                end = igd_table_text(end, IGD_TABLE_BEYOND + i);
        end--; // the last comma
    } else {
        end = igd_table_text(line, row);
        if (row) {
            unsigned who = igd_needs[row], state = IGD_TABLE_MISSING;
            if (!(facts & IGD_FACT_WANTED))
                who &= 3;
            if (facts >> (row - 1) & 1)
                state = IGD_TABLE_OK;
            else if (!who)
                state = IGD_TABLE_NOT_NEEDED;
            else if (row >= 5 && !(facts >> (row - 1 + IGD_FACTS_TRIED) & 1))
                state = IGD_TABLE_NOT_TRIED;
            end = igd_table_text(end, state);
            for (i = 0; i < 3; i++)
                if (who >> i & 1)
                    end = igd_table_text(end, IGD_TABLE_WHO + i);
            if (state == IGD_TABLE_MISSING)
                end = igd_table_text(end, IGD_TABLE_CURE + row - 1);
            while (end[-1] == ' ')
                end--;
        }
    }
    end[0] = '\n';
    end[1] = 0;
    return 0;
}

void
igd_family_name(const struct igd_family *family, char name[IGD_NAME_BYTES])
{
    *igd_spell(name, igd_nth_text(igd_family_names, igd_family_row(family))) = 0;
}

unsigned
igd_fact_of(uint8_t code)
{
    if (code >= IGD_ERR_STOLEN_FILE && code <= IGD_ERR_BDSM)
        return IGD_FACT_NO_STOLEN;
    // Both are in the same order.
    return code < IGD_WARN_ROM_BDSM || code > IGD_NOTE_DBUF ? 0
        : IGD_FACT_ROM_BDSM << (code - IGD_WARN_ROM_BDSM);
}
