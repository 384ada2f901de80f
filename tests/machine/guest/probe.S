# SPDX-License-Identifier: LGPL-3.0-only
# A boot sector that reports how it was started and the memory map that the firmware tells it.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port:   guest: tsc <hex>            time stamp at entry
#                         guest: config <offset> <dword>       of 00:02.0: BDSM, ASLS
#                         guest: e820 <base> <bytes> <type>    one line an entry
#                         guest: done
# To the screen (INT 10h): one line. Then it ends QEMU through isa-debug-exit at 0xf4, which
# makes QEMU's exit code (EXIT_VALUE << 1) | 1.

        .set EXIT_PORT, 0xf4
        .set EXIT_VALUE, 0x10

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

        mov $registers, %di
3:      mov $config, %si
        call puts
        movzbl (%di), %eax
        call puthex8
        mov $' ', %al
        out %al, (%dx)
        movzbl (%di), %eax
        or $0x80001000, %eax
        mov $0xcf8, %dx
        out %eax, (%dx)
        mov $0xfc, %dl
        in (%dx), %eax
        call puthex
        inc %di
        cmp $registers_end, %di
        jne 3b

        xor %ebx, %ebx
next:   mov $0xe820, %eax
        mov $0x534d4150, %edx
        mov $20, %ecx
        mov $entry, %di
        int $0x15
        jc end
        cmp $0x534d4150, %eax
        jne end
        mov $e820, %si
        call puts
        mov entry, %eax
        mov entry + 4, %edx
        call puthex64
        mov $' ', %al
        out %al, (%dx)
        mov entry + 8, %eax
        mov entry + 12, %edx
        call puthex64
        mov $' ', %al
        out %al, (%dx)
        mov entry + 16, %eax
        call puthex
        test %ebx, %ebx
        jnz next

end:    mov $screen, %si
2:      lodsb %cs:(%si), %al
        test %al, %al
        jz 5f
        mov $0x0e, %ah
        mov $0x0007, %bx
        int $0x10
        jmp 2b
5:      mov $done, %si
        call puts
        mov $EXIT_VALUE, %al
        out %al, $EXIT_PORT
4:      hlt
        jmp 4b

        .include "debug.inc"

registers:
        .byte 0x5c, 0xc0, 0xc4, 0xfc
registers_end:
config: .asciz "\nguest: config "
tsc:    .asciz "\nguest: tsc "
e820:   .asciz "\nguest: e820 "
done:   .asciz "\nguest: done\n"
screen: .asciz "\r\nThe guest runs: memory map reported.\r\n"

        .org _start + 510
        .word 0xaa55
        .set entry, 0x8000
