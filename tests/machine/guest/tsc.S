# SPDX-License-Identifier: LGPL-3.0-only
# A VGA option ROM that reports the time stamp at its entry, and otherwise does nothing.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port: rom: tsc <hex>
# PCI ids: 8086:3e92. The length byte covers 64 KiB; scripts/bench mends the checksum.

        .code16
        .globl _start
_start: .word 0xaa55
        .byte 128
        jmp entry
        .org _start + 0x18
        .word pcir

        .org _start + 0x1c
        # PCI data structure (PCI Firmware Specification 3.0, 5.1.2)
pcir:   .ascii "PCIR"
        .word 0x8086, 0x3e92
        .word 0
        .word 0x18
        .byte 0
        .byte 0, 0, 3
        .word 128
        .word 0
        .byte 0, 0x80
        .word 0

entry:  rdtsc
        push %cs
        pop %ds
        push %edx
        push %eax
        mov $text, %si
        call puts
        pop %eax
        pop %edx
        call puthex64
        mov $'\n', %al
        out %al, (%dx)
        lret

        .include "debug.inc"

text:   .asciz "\nrom: tsc "
