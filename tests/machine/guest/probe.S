# SPDX-License-Identifier: LGPL-3.0-only
# A guest that reports how it was started and the memory that the firmware tells it of.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port:   what boot.inc prints
#                         what report.inc prints, as "guest: "
#                         guest: done
# To the screen (INT 10h): one line. Then it ends QEMU.

        .include "boot.inc"
main:
        mov $guest, %bp
        call report
        mov $screen, %si
        call show
        mov $done, %si
        call puts
        jmp exit

        .include "report.inc"

guest:  .asciz "\nguest: "
done:   .asciz "\nguest: done\n"
screen: .asciz "\r\nThe guest runs: memory map reported.\r\n"
        .balign 512
        .set SECTORS, (. - _start) / 512 - 1
