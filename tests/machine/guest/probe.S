# SPDX-License-Identifier: LGPL-3.0-only
# A boot sector that reports how it was started and the memory map that the firmware tells it.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port:   guest: tsc <hex>            time stamp at entry
#                         what report.inc prints, as "guest: "
#                         guest: done
# To the screen (INT 10h): one line. Then it ends QEMU.

        .code16
        .globl _start
_start:
        rdtsc
        ljmp $0, $1f
1:      xor %cx, %cx
        mov %cx, %ds
        mov %cx, %es
        mov %cx, %ss
        mov $0x7c00, %sp
        cld

        push %edx
        push %eax
        mov $tsc, %si
        call puts
        pop %eax
        pop %edx
        call puthex64

        mov $guest, %bp
        call report
        mov $screen, %si
        call show
        mov $done, %si
        call puts
        jmp exit

        .include "debug.inc"
        .include "report.inc"

guest:  .asciz "\nguest: "
tsc:    .asciz "\nguest: tsc "
done:   .asciz "\nguest: done\n"
screen: .asciz "\r\nThe guest runs: memory map reported.\r\n"

        .org _start + 510
        .word 0xaa55
