// SPDX-License-Identifier: LGPL-3.0-only
// Fuzzes igd_plan_display(), igd_judge_vga() and igd_consider(): the input is a snapshot, what a
// trial of legacy VGA found, and a machine's devices.
// Copyright (C) 2026 The seabios-igd authors

#include "igd_fuzz.h" // igd_fuzz_equal

static void
igd_fuzz_plan(const struct igd_display_snapshot *in)
{
    struct igd_findings found = { .count = 0 };
    struct igd_display plan;
    memset(&plan, 0xa5, sizeof(plan));
    igd_plan_display(in, &plan, &found);
    igd_fuzz_findings(&found);
    int wanted = in->wish == 1 || (in->wish < 0 && in->has_rom);
    int could = wanted && in->device.bdf == 0x0010 && in->device.class_code == 0x0300;
    int runs = could && in->has_rom && !in->no_vbios; // if it does not hang
    int is_gen9 = in->device.device == 0x3e92;
    int hangs = runs && is_gen9 && in->lpc.device == 0x2918 && !in->any_lpc;
    igd_fuzz_equal(could && !in->no_vbios && !hangs, plan.primary, "primary");
    igd_fuzz_equal(plan.primary, plan.silence_others, "silence_others");
    igd_fuzz_equal(in->others && !plan.primary, plan.open_other, "open_other");
    igd_fuzz_equal(wanted, plan.wants_vbios, "wants_vbios");

    igd_fuzz_equal(could && in->has_rom && in->no_vbios == IGD_VETO_UNKNOWN,
                   igd_fuzz_count(&found, IGD_ERR_ROM_NO_STOLEN), "errors of no stolen memory");
    igd_fuzz_equal(hangs, igd_fuzz_count(&found, IGD_ERR_ROM_LPC), "errors of the LPC bridge");
    igd_fuzz_equal(runs && !hangs && is_gen9 && in->pm.vendor == 0xffff,
                   igd_fuzz_count(&found, IGD_WARN_ROM_PM_TIMER), "warnings of the PM timer");
    // A note for a dark screen alone.
    int is_dark = !in->others && in->no_vbios != IGD_VETO_REFUSED && in->wish
        && !(could && in->has_rom);
    igd_fuzz_equal(is_dark && !in->has_rom, igd_fuzz_count(&found, IGD_NOTE_NO_ROM),
                   "notes of no ROM");
    igd_fuzz_equal(is_dark && in->has_rom, igd_fuzz_count(&found, IGD_NOTE_ROM_UNUSED),
                   "notes of a ROM that is not run");
}

static void
igd_fuzz_judge(uint8_t dead, uint8_t others)
{
    struct igd_findings found = { .count = 0 };
    uint8_t known = igd_judge_vga(dead, others, &found);
    igd_fuzz_findings(&found);
    igd_fuzz_equal(dead != 0, igd_fuzz_count(&found, IGD_ERR_VGA), "errors");
    igd_fuzz_equal(dead != 0, known == IGD_NO, "legacy VGA is missing");
    igd_fuzz_equal(!dead && !others, known == IGD_YES, "legacy VGA is there");
}

// Devices of six bytes each: BDF, id, class; of a vendor that is Intel's if the class is even.
static void
igd_fuzz_choose(const uint8_t *data, size_t size, int has_opregion)
{
    struct igd_choice choice;
    unsigned displays = 0, primaries = 0;
    memset(&choice, 0, sizeof(choice));
    for (; size >= 6; data += 6, size -= 6) {
        struct igd_device device = { igd_fuzz_get(data, 2), 0x8086, igd_fuzz_get(data + 2, 2),
                                     igd_fuzz_get(data + 4, 2) };
        int primary = device.bdf == 0x0010;
        if (device.class_code & 1)
            device.vendor = 0x1002;
        int is_display = igd_is_display(&device)
            && (primary || has_opregion || igd_family(device.device)->mask);
        int is_igd = igd_consider(&choice, &device, has_opregion);
        igd_fuzz_equal(is_display && (primary || !displays), is_igd, "is the IGD");
        if (is_igd)
            igd_fuzz_equal(0, memcmp(&device, &choice.igd, sizeof(device)), "the IGD");
        displays += is_display;
        primaries += is_display && primary;
        igd_fuzz_equal(displays > 0, choice.igd.vendor != 0, "there is an IGD");
        igd_fuzz_equal(displays > 1, choice.second.vendor != 0, "there is a second one");
        igd_fuzz_equal(primaries > 0, choice.igd.bdf == 0x0010 && choice.igd.vendor,
                       "the one at 00:02.0 is the IGD");
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 9)
        return -1;
    int bits = data[8];
    struct igd_display_snapshot in = {
        .device = { igd_fuzz_get(data, 2), 0x8086, bits & 0x10 ? 0x3e92 : 0x9a49,
                    igd_fuzz_get(data + 2, 2) },
        .wish = data[4] % 3 - 1, .has_rom = data[5] & 1, .others = data[6],
        .no_vbios = (data[5] >> 1) % 3, .any_lpc = bits >> 1 & 1,
        .lpc = { 0x00f8, 0x8086, bits & 4 ? 0xa305 : 0x2918, 0x0601 },
        .pm = { 0x00fa, bits & 8 ? 0x8086 : 0xffff, 0x2922, 0x0106 },
    };
    igd_fuzz_plan(&in);
    igd_fuzz_judge(data[7], data[6]);
    igd_fuzz_choose(data + 9, size - 9, bits & 1);
    return 0;
}
