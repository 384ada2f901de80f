// SPDX-License-Identifier: LGPL-3.0-only
// What the glue's files share with each other; what SeaBIOS calls is in its util.h.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_GLUE_H
#define IGD_GLUE_H

#include "config.h" // CONFIG_DEBUG_IO
#include "hw/pcidevice.h" // struct pci_device
#include "igd.h" // struct igd_device
#include "output.h" // dprintf

// The 128 KiB configuration has no way to show a log: its texts are left out.
#define IGD_LOG (CONFIG_DEBUG_LEVEL >= 1 && (CONFIG_DEBUG_IO || CONFIG_DEBUG_SERIAL \
                                             || CONFIG_DEBUG_SERIAL_MMIO))

// SeaBIOS keeps anonymous strings in the F-segment for ever; a named one goes with POST's code.
#define igd_printf(format, args...) do {                                         \
        static const char igd_format[] __aligned(1) = format;                    \
        if (IGD_LOG)                                                             \
            dprintf(1, igd_format, ##args);                                      \
    } while (0)

// igd_setup.c
// Logs what was found, remembers what of that the table tells, and empties the list.
void igd_log(struct igd_findings *found);
// What has been seen of the conditions, enum igd_fact.
extern u32 igd_seen;
// Logs the table of conditions.
void igd_log_table(void);
// The IGD: an Intel display device at 00:02.0, else the first one found that is no discrete GPU,
// else NULL. Only valid during POST.
struct pci_device *igd_display(void);
// What it has been found to be; vendor 0: there is none.
extern struct igd_device igd_device;
// The value of the switch opt/org.seabios/igd-5fXX, or igd-primary for function 0; -1 if it is not
// set, or not to a value in the range.
int igd_option(const struct igd_range *range, struct igd_findings *found);

// igd_int15.c
void igd_int15_setup(u32 panel, struct igd_findings *found);

// igd_vga.c
// Returns whether igd_load_rom() will be called.
int igd_vga_setup(struct pci_device *igd, u32 panel, struct igd_findings *found);

#endif // igd_glue.h
