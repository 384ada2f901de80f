# SPDX-License-Identifier: LGPL-3.0-only
# A guest that takes all memory for its own, as programs of DOS's days did: it asks how much memory
# is above 1 MiB, and writes over all of this. It knows nothing of E820h.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port:   what boot.inc prints
#                         what report.inc prints, as "guest: "
#                         guest: walked <first> <end>     one line a range that was written over, in
#                                                         the order of writing: the two of INT 15h
#                                                         E801h, that of 88h
#                         guest: done
# To the screen (INT 10h): a line for each range. Then it ends QEMU.
# Or, if the firmware fails a call: guest: failed, to both.
#
# What it leaves in each dword: FILL_E801, written by the processor itself from "unreal mode", then
# FILL_88, copied up by INT 15h 87h as XMS drivers did.

        .set FILL_E801, 0xe801e801
        .set FILL_88, 0x88888888
        .set MIB, 0x100000
        .set COPY_SEG, 0x1000           # what is copied up, and how much at a time
        .set COPY_KIB, 32
        .set FLAT, 0x10                 # selector in flat_gdt

        .include "boot.inc"
main:   mov $guest, %bp
        call report

        mov $0xe801, %ax
        int $0x15
        jc failed
        # CX, KiB from 1 MiB to 16 MiB; DX, 64 KiB from 16 MiB on.
        movzwl %dx, %ebx
        shl $16, %ebx
        push %ebx
        movzwl %cx, %ecx
        shl $10, %ecx
        mov $MIB, %edi
        call fill
        pop %ecx
        mov $16 * MIB, %edi
        call fill

        clc                             # as 88h sets carry if it fails only
        mov $0x88, %ah
        int $0x15
        jc failed
        movzwl %ax, %ecx                # KiB
        call copy

        mov $t_done, %si
        call both
        jmp exit

failed: mov $t_failed, %si
        call both
        jmp exit

# Writes FILL_E801 over %ecx bytes from %edi on, and says so. A segment keeps the limit that
# it got in protected mode until it is loaded anew there; an interrupt might do that.
fill:   push %ecx
        push %edi
        cli
        lgdt gdt_pointer
        mov %cr0, %eax
        or $1, %al
        mov %eax, %cr0
        jmp 1f
1:      mov $FLAT, %bx
        mov %bx, %es
        and $~1, %al
        mov %eax, %cr0
        jmp 1f
1:      xor %bx, %bx
        mov %bx, %es
        mov $FILL_E801, %eax
        shr $2, %ecx
        addr32 rep stosl
        sti
        pop %eax
        pop %ecx
        mov $t_e801, %si

# Says that %ecx bytes from %eax on were written over. %si: by whom, for the screen.
walked: add %eax, %ecx
        push %ecx
        push %eax
        call show
        mov $t_walked, %si
        call puts
        pop %eax
        call puthex_both
        mov $' ', %al
        out %al, (%dx)
        mov $t_to, %si
        call show
        pop %eax
        jmp puthex_both

# Copies FILL_88 over %ecx KiB from 1 MiB on, and says so.
copy:   push %ecx
        mov %cx, %bp
        mov $COPY_SEG, %ax
        mov %ax, %es
        xor %di, %di
        mov $FILL_88, %eax
        mov $COPY_KIB * 256, %cx
        rep stosl
        mov %cx, %es
        movl $MIB, %edi
1:      mov %bp, %ax
        cmp $COPY_KIB, %ax
        jbe 2f
        mov $COPY_KIB, %ax
2:      sub %ax, %bp
        mov %ax, %cx
        shl $9, %cx                     # words
        # Where to: a base of 32 bits, as the 386's descriptors have it.
        mov %edi, %ebx
        mov %bx, block_to + 2
        shr $16, %ebx
        mov %bl, block_to + 4
        mov %bh, block_to + 7
        movzwl %ax, %eax
        shl $10, %eax
        add %eax, %edi
        mov $block_gdt, %si
        mov $0x87, %ah
        int $0x15
        jc failed
        test %bp, %bp
        jnz 1b
        pop %ecx
        shl $10, %ecx
        mov $MIB, %eax
        mov $t_88, %si
        jmp walked

# Prints the zero-terminated string at %si to debug port and screen. Clobbers %ax, %bx, %dx, %si.
both:   push %si
        call puts
        pop %si
        jmp show

# Prints %eax as eight hexadecimal digits to both. Clobbers %eax, %bx, %cx; leaves the port in %dx.
puthex_both:
        push %eax
        call puthex
        pop %eax
        mov $8, %cx
1:      rol $4, %eax
        push %eax
        and $15, %al
        cmp $10, %al
        sbb $0x69, %al
        das
        mov $0x0e, %ah
        mov $0x0007, %bx
        int $0x10
        pop %eax
        loop 1b
        mov $DEBUG_PORT, %dx
        ret

        .include "report.inc"

        .balign 8
        # For INT 15h 87h, which fills in the rest: from where and to where, 64 KiB each.
block_gdt:
        .quad 0, 0
        .word 0xffff, 0
        .byte COPY_SEG >> 12, 0x93, 0, 0
block_to:
        .word 0xffff, 0
        .byte 0, 0x93, 0, 0
        .quad 0, 0
flat_gdt:
        .quad 0, 0, 0x00cf93000000ffff
gdt_pointer:
        .word . - flat_gdt - 1
        .long flat_gdt

guest:  .asciz "\nguest: "
t_walked: .asciz "\nguest: walked "
t_e801: .asciz "\r\nE801h: written over from "
t_88:   .asciz "\r\n88h, 87h: copied over from "
t_to:   .asciz " to "
t_done: .asciz "\r\nguest: done\r\n"
t_failed: .asciz "\r\nguest: failed\r\n"
        .balign 512
        .set SECTORS, (. - _start) / 512 - 1
