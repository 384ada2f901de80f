// SPDX-License-Identifier: LGPL-3.0-only
// The module's log.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_state.h" // igd_log

void
igd_log(struct igd_findings *found)
{
    int i;
    for (i = 0; i < found->count; i++)
        if (IGD_LOG)
            igd_message(&found->item[i], __dprintf);
    found->count = 0;
}

void
igd_log_report(void)
{
    if (IGD_LOG)
        igd_print_report(&igd.report, __dprintf);
}
