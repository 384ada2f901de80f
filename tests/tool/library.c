// SPDX-License-Identifier: LGPL-3.0-only
// What library.py cannot ask the library by itself: what it prints, as a text.
// Copyright (C) 2026 The seabios-igd authors

#include <stdarg.h> // va_list
#include <stdio.h> // vsnprintf
#include "igd.h" // igd_message

static char igd_test_text[4096];
static unsigned igd_test_bytes;

static void
igd_test_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    igd_test_bytes += vsnprintf(igd_test_text + igd_test_bytes,
                                sizeof(igd_test_text) - igd_test_bytes, format, arguments);
    va_end(arguments);
}

const char *
igd_test_message(const struct igd_finding *finding)
{
    igd_test_text[igd_test_bytes = 0] = 0;
    igd_message(finding, igd_test_print);
    return igd_test_text;
}

const char *
igd_test_report(const struct igd_report *report)
{
    igd_test_text[igd_test_bytes = 0] = 0;
    igd_print_report(report, igd_test_print);
    return igd_test_text;
}
