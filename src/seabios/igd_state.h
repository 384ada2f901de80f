// SPDX-License-Identifier: LGPL-3.0-only
// What the glue's files share: the one state, and functions that they call in each other.
// Copyright (C) 2026 The seabios-igd authors
//
// SeaBIOS's util.h declares what SeaBIOS calls. A file uses only the files before it in this order:
// igd_int15, igd_log, igd_platform, igd_memory, igd_bars, igd_vga, igd_vbios, igd_watch, igd_setup,
// igd_resume
#ifndef IGD_STATE_H
#define IGD_STATE_H

#include "igd.h" // struct igd_device
#include "igd_messages.h" // IGD_SAYS_DEVICE
#include "output.h" // dprintf
#include "types.h" // u32

// Logs one of igd_messages.h's IGD_SAYS_*. A format that does not fit its arguments fails the
// build. SeaBIOS keeps anonymous strings in the F-segment for ever; a named one is freed after
// POST.
#define igd_printf(format, args...) do {                                         \
        static const char igd_format[] = format;                                 \
        _Pragma("GCC diagnostic push")                                           \
        _Pragma("GCC diagnostic error \"-Wformat\"")                             \
        if (IGD_LOG)                                                             \
            dprintf(1, igd_format, ##args);                                      \
        _Pragma("GCC diagnostic pop")                                            \
    } while (0)

struct pci_device;
struct rom_header;
struct romfile_s;

// Command register to last BAR, in dwords.
#define IGD_HEADER_DWORDS 9

// What igd_watch.c has to put back.
#define IGD_VGA_VECTORS 5
struct igd_watch {
    u8 seconds; // how long the VBIOS may take; 0: for ever
    u16 pm1_enable;
    u32 ioapic[2];
    struct segoff_s nmi_vector, vectors[IGD_VGA_VECTORS];
};

// What one step of POST leaves for later ones and for S3 resume.
struct igd_state {
    struct igd_device device;   // the IGD; vendor 0: none
    struct igd_stolen stolen;   // what was done about stolen memory
    u32 ram_end;                // where RAM ended before stolen memory was reserved
    struct igd_write asls;      // reg 0: not written
    u32 header[IGD_HEADER_DWORDS]; // PCI_COMMAND and on, as POST leaves them
    u32 panel;                  // the panel word for igd_hook(); 0: INT 15h is not answered

    // During POST only.
    struct igd_device second;   // another Intel display device; vendor 0: none
    struct pci_device *pci;     // SeaBIOS's record of the IGD; NULL: none
    struct igd_display display; // what was done about the display
    struct igd_report report;   // what the log's table tells
    u8 bars_high;               // 1: its BARs did not fit below 4 GiB
    struct romfile_s *rom_file; // where its option ROM can be, in the order in which it is tried:
    u32 rom_bar;                // the file for this very device, the ROM BAR's address,
    struct romfile_s *rom_other; // a file in vgaroms/ or genroms/. NULL, 0: nothing is there

    struct rom_header *rom;     // its option ROM, once that has been deployed
    u32 *gtt;                   // the GTT, if it must be mended after the option ROM; or NULL
    u32 gtt_bytes, vbios_bdsm;  // its size; what the option ROM takes for BDSM; 0: not set
    struct igd_watch watch;
};
extern struct igd_state igd;

// igd_log.c
// Logs what was found, and empties the list.
void igd_log(struct igd_findings *found);
// Logs the table of conditions.
void igd_log_report(void);

// igd_platform.c
// Reads a device's ids and class; they are all ones if there is no device.
void igd_describe(u16 bdf, struct igd_device *device);
// Writes what a VBIOS looks for at other devices than the IGD: GGC at the host bridge, and the ACPI
// PM timer's base at 00:1f.0 and 00:1f.2.
void igd_tell_vbios(void);

// igd_memory.c
// Logs igd.device as the IGD, and sets up its stolen memory.
void igd_take_device(void);

// igd_vga.c
// Routes legacy accesses to a VGA device, through the bridges before it (on 1), or away (on 0).
void igd_route_vga(struct pci_device *pci, int on);
// Returns the first VGA device that is not the IGD, even behind a bridge; NULL: there is none.
struct pci_device *igd_other_display(void);
// Routes legacy accesses away from all of these.
void igd_silence_others(void);
// Tries whether legacy accesses reach a VGA device. Returns IGD_VGA_* bits.
u8 igd_try_vga(struct pci_device *pci);

// igd_vbios.c
// Mends the GTT entries that the VBIOS has written and QEMU has not rewritten.
void igd_mend_gtt(void);
// Remembers where the IGD's option ROM can be. Returns 1 if there is such a place, else 0.
int igd_find_rom(void);

#endif // igd_state.h
