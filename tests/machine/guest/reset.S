# SPDX-License-Identifier: LGPL-3.0-only
# A guest that reports the registers and the memory at each boot, and then resets the machine.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port what boot.inc and report.inc print, as "guest: "; then
#                         guest: boot <hex>           how many resets there were before
# and "guest: done" after the last boot, when it ends as probe.S does.

        # Memory of the RTC that neither SeaBIOS nor QEMU uses. It outlives a reset, and is zero in
        # a new machine.
        .set CMOS_BOOT, 0x7f
        .set CMOS_INDEX, 0x70
        .set CMOS_DATA, 0x71

        # What it is to do.
        .set RESETS, orders             # how often
        .set PORT, orders + 1           # by this value to this port; 0: by a jump to the firmware
        .set VALUE, orders + 3

        .include "boot.inc"
main:   mov $guest, %bp
        call report
        mov $boot, %si
        call puts
        mov $CMOS_BOOT, %al
        out %al, $CMOS_INDEX
        in $CMOS_DATA, %al
        push %ax
        call puthex8
        pop %ax
        cmp RESETS, %al
        je 3f
        inc %ax
        out %al, $CMOS_DATA             # the index is still CMOS_BOOT

        mov $newline, %si
        call puts
        mov PORT, %dx
        test %dx, %dx
        jz 2f
        mov VALUE, %al
        out %al, %dx
1:      hlt
        jmp 1b
2:      ljmp $0xf000, $0xfff0           # as DOS does on Ctrl-Alt-Del

3:      mov $done, %si
        call puts
        jmp exit

        .include "report.inc"

guest:  .asciz "\nguest: "
boot:   .asciz "\nguest: boot "
done:   .asciz "\nguest: done\n"
newline: .asciz "\n"
        .balign 512
        .set SECTORS, (. - _start) / 512 - 1
