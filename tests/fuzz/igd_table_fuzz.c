// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_facts() and igd_table(): the input is the IGD's BDF and class, the LPC bridge's ids
// and class, further facts, and a row.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

// How a text starts.
static void
igd_fuzz_starts(const char *text, const char *start)
{
    if (strncmp(text, start, strlen(start))) {
        fprintf(stderr, "start of the text: expected \"%s\", got \"%s\"\n", start, text);
        abort();
    }
}

// A condition's row: its number, and from the 26th character on its state, who needs it, a cure.
static void
igd_fuzz_condition(unsigned row, unsigned facts, const char *line)
{
    static const struct igd_fuzz_condition {
        const char *systems; // that need it; the VBIOS needs each
        unsigned seen, tried;
    } conditions[] = {
        { " Linux Windows", IGD_FACT_OPREGION, 0 },
        { "", IGD_FACT_LPC, 0 },
        { " Windows", IGD_FACT_ADDRESS, 0 },
        { " Windows", IGD_FACT_CLASS, 0 },
        { "", IGD_FACT_VGA, IGD_FACT_VGA_TRIED },
        { "", IGD_FACT_ROM, IGD_FACT_ROM_TRIED },
    };
    const struct igd_fuzz_condition *condition = &conditions[row - 1];
    const char *state = "missing   ";
    char expected[64];
    size_t end;
    if (facts & condition->seen)
        state = "ok        ";
    else if (!*condition->systems && !(facts & IGD_FACT_WANTED))
        state = "not needed";
    else if (condition->tried && !(facts & condition->tried))
        state = "not tried ";
    snprintf(expected, sizeof(expected), "%s%s%s", state, condition->systems,
             facts & IGD_FACT_WANTED ? " VBIOS" : "");
    for (end = strlen(expected); expected[end - 1] == ' '; end--)
        expected[end - 1] = 0;
    strcat(expected, *state == 'm' ? "; " : "\n");
    igd_fuzz_equal('0' + row, line[5], "number of row %u", row);
    igd_fuzz_between(26, IGD_LINE_BYTES - 1, strlen(line), "length");
    igd_fuzz_starts(line + 25, expected);
}

// The row of what was found beyond them: a part for each.
static void
igd_fuzz_beyond(unsigned facts, const char *line)
{
    unsigned parts = 1;
    igd_fuzz_starts(line, "igd: + ");
    for (; *line; line++)
        parts += *line == ',';
    igd_fuzz_equal(__builtin_popcount(facts / IGD_FACT_BARS_LOW), parts, "parts for facts 0x%x",
                   facts);
}

static unsigned
igd_fuzz_facts(const uint8_t *data)
{
    struct igd_device device = { igd_fuzz_get(data, 2), 0x8086, 0x9a49, igd_fuzz_get(data + 2, 2) };
    uint32_t lpc_ids = igd_fuzz_get(data + 4, 4), lpc_class = igd_fuzz_get(data + 8, 2);
    unsigned facts = igd_facts(&device, lpc_ids, lpc_class), expected = 0;
    if (device.bdf == 0x0010)
        expected |= IGD_FACT_ADDRESS;
    if (device.class == 0x0300)
        expected |= IGD_FACT_CLASS;
    if (lpc_ids % 0x10000 == 0x8086 && lpc_ids != 0x29188086 && lpc_class == 0x0601)
        expected |= IGD_FACT_LPC;
    igd_fuzz_equal(expected, facts, "facts");
    return facts;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 16)
        return -1;
    // As many as there are.
    unsigned facts = igd_fuzz_facts(data) | (igd_fuzz_get(data + 10, 2) & 0x7fff), i;
    uint32_t row = igd_fuzz_get(data + 12, 4);
    char *line = malloc(IGD_LINE_BYTES); // so that ASan sees one byte too many
    if (!line)
        abort();
    memset(line, 0x5c, IGD_LINE_BYTES);
    if (igd_table(row, facts, line)) {
        igd_fuzz_between(facts < IGD_FACT_BARS_LOW ? 7 : 8, UINT32_MAX, row, "row refused");
        for (i = 0; i < IGD_LINE_BYTES; i++)
            igd_fuzz_equal(0x5c, line[i], "byte %u of a line that is not written", i);
    } else {
        const char *at = line;
        igd_fuzz_between(0, facts < IGD_FACT_BARS_LOW ? 6 : 7, row, "row");
        igd_fuzz_equal(1, !!memchr(line, 0, IGD_LINE_BYTES), "terminator of row %u", row);
        igd_fuzz_starts(line, "igd: ");
        while (*at >= ' ' && *at <= '~')
            at++;
        igd_fuzz_equal('\n', *at, "end of the printable part of row %u", row);
        igd_fuzz_equal(0, at[1], "byte behind the newline of row %u", row);
        igd_fuzz_equal(0, at[-1] == ' ' || at[-1] == ',', "end without a word of row %u", row);
        if (row == 7)
            igd_fuzz_beyond(facts, line);
        else if (row)
            igd_fuzz_condition(row, facts, line);
    }
    free(line);
    return 0;
}
