# SPDX-License-Identifier: LGPL-3.0-only
# A guest that lists the VBIOS's VBE modes, sets one that has a linear buffer, and draws into it.
# Copyright (C) 2026 The seabios-igd authors
#
# Orders (Machine.orders): two words, the bits of a pixel (8, 16 or 32; 0: the most that any mode
# has) and the most pixels that a line may have (0: 1024). Of the modes that fit,
# the largest is set.
#
# To QEMU's debug port:   what boot.inc prints
#                         vbe: version <VBE version> <64 KiB of memory>
#                         vbe: mode <number> <width> <height> <bits> <attributes> <address>
#                                             one line a mode; address 0: it has no linear buffer
#                         vbe: set <number> <bytes a line> <address> <AX of 4F02h>
#                         vbe: mode is <BX of 4F03h>
#                         vbe: drawn          or why not: vbe: no VBE; vbe: no mode; vbe: not set
#                         guest: done
# All numbers are hexadecimal. To the screen: eight colour bars from white to black, a frame that is
# one pixel wide, and text. Then it ends QEMU.
#
# Source: VESA BIOS EXTENSION (VBE) Core Functions Standard 3.0.

        .set VBE_INFO, 0x9000           # at 0:, 512 bytes, like the next
        .set VBE_MODE, 0x9200
        .set VBE_OK, 0x004f
        .set INFO_VERSION, 4
        .set INFO_MODES, 14             # a far pointer
        .set INFO_MEMORY, 18
        .set MODE_ATTRIBUTES, 0
        .set MODE_PITCH, 16
        .set MODE_WIDTH, 18
        .set MODE_HEIGHT, 20
        .set MODE_BITS, 25
        .set MODE_ADDRESS, 40
        .set MODE_PITCH_LINEAR, 50      # from VBE 3.0 on
        .set LINEAR, 0x4000
        .set USABLE, 0x99               # supported, colour, graphics, linear buffer
        .set FLAT, 0x10                 # selector in flat_gdt
        .set SCALE, 4                   # pixels of a dot of the text
        .set FONT_HEIGHT, 16

        .include "boot.inc"
main:   mov orders, %ax
        mov %ax, bits
        cmpw $0, orders + 2
        jne 1f
        movw $1024, orders + 2

1:      mov $VBE_INFO, %di
        movl $0x32454256, (%di)         # VBE2
        mov $0x4f00, %ax
        int $0x10
        mov $t_no_vbe, %si
        cmp $VBE_OK, %ax
        jne ended
        mov $t_version, %si
        call puts
        mov VBE_INFO + INFO_VERSION, %ax
        call word
        mov VBE_INFO + INFO_MEMORY, %ax
        call word

        lfs VBE_INFO + INFO_MODES, %si
each:   mov %fs:(%si), %cx
        add $2, %si
        cmp $0xffff, %cx
        je listed
        push %si
        call mode
        pop %si
        jmp each

listed: mov $t_no_mode, %si
        mov best, %cx
        jcxz ended
        call ask
        mov best, %bx
        or $LINEAR, %bx
        mov $0x4f02, %ax
        int $0x10
        push %ax
        mov $t_set, %si
        call puts
        mov best, %ax
        call word
        movzwl VBE_MODE + MODE_PITCH, %eax
        cmpw $0x300, VBE_INFO + INFO_VERSION
        jb 1f
        mov VBE_MODE + MODE_PITCH_LINEAR, %ax
1:      mov %eax, pitch
        call word
        mov VBE_MODE + MODE_ADDRESS, %eax
        mov %eax, buffer
        call long
        pop %ax
        push %ax
        call word
        pop %ax
        mov $t_not_set, %si
        cmp $VBE_OK, %ax
        jne ended
        mov $0x4f03, %ax
        int $0x10
        mov $t_is, %si
        call puts
        mov %bx, %ax
        call word
        call palette
        call draw
        mov $t_drawn, %si
ended:  call puts
        mov $t_done, %si
        call puts
        jmp exit

# Prints %ax, or %eax, behind a space. Clobbers %eax, %cx, %dx.
word:   shl $16, %eax
        mov $4, %cx
        jmp 1f
long:   mov $8, %cx
1:      push %ax
        mov $DEBUG_PORT, %dx
        mov $' ', %al
        out %al, (%dx)
        pop %ax
        jmp puthex_some

# Reads the VBIOS's description of the mode %cx; zero flag: there is one.
ask:    xor %ax, %ax
        mov $VBE_MODE, %di
        push %cx
        mov $128, %cx
        rep stosw
        pop %cx
        mov $VBE_MODE, %di
        mov $0x4f01, %ax
        int $0x10
        cmp $VBE_OK, %ax
        ret

# Prints a line for the mode %cx, and keeps it as best if it fits and is larger.
mode:   push %cx
        call ask
        pop %cx
        jne 2f
        push %cx
        push %cx
        mov $t_mode, %si
        call puts
        pop %ax
        call word
        mov VBE_MODE + MODE_WIDTH, %ax
        call word
        mov VBE_MODE + MODE_HEIGHT, %ax
        call word
        movzbw VBE_MODE + MODE_BITS, %ax
        call word
        mov VBE_MODE + MODE_ATTRIBUTES, %ax
        call word
        mov VBE_MODE + MODE_ADDRESS, %eax
        call long
        pop %cx

        mov VBE_MODE + MODE_ATTRIBUTES, %ax
        and $USABLE, %ax
        cmp $USABLE, %ax
        jne 2f
        movzbw VBE_MODE + MODE_BITS, %ax
        cmpw $0, orders
        je 1f
        cmp orders, %ax
        jne 2f
1:      cmp $8, %ax
        je 1f
        cmp $16, %ax
        je 1f
        cmp $32, %ax
        jne 2f
1:      cmp bits, %ax
        jb 2f
        je 1f
        mov %ax, bits                   # more bits: forget all modes before this one
        movl $0, most
1:
        movzwl VBE_MODE + MODE_WIDTH, %eax
        cmp orders + 2, %ax
        ja 2f
        movzwl VBE_MODE + MODE_HEIGHT, %edx
        imul %edx, %eax
        cmp most, %eax
        jbe 2f
        mov %eax, most
        mov %cx, best
2:      ret

# The colours of the bars in a palette's first entries, and white in the last.
palette:
        mov $0x4f09, %ax
        xor %bx, %bx
        mov $8, %cx
        xor %dx, %dx
        mov $dac, %di
        cmpw $8, bits
        jne 1f
        int $0x10
1:      ret

# Sets the pixel (%esi, %edi) to the colour %al, 0 to 7: bit 2 red, bit 1 green, bit 0 blue. %es
# is flat. Clobbers %ebx, %edx.
pixel:  mov pitch, %ebx
        imul %edi, %ebx
        add buffer, %ebx
        movzbl %al, %edx
        cmpw $16, bits
        ja 2f
        je 1f
        addr32 mov %dl, %es:(%ebx,%esi)
        ret
1:      add %edx, %edx
        mov rgb565(%edx), %dx
        addr32 mov %dx, %es:(%ebx,%esi,2)
        ret
2:      shl $2, %edx
        mov rgb888(%edx), %edx
        addr32 mov %edx, %es:(%ebx,%esi,4)
        ret

# A segment keeps the limit that it got in protected mode until it is loaded anew there; an
# interrupt might do that.
draw:   mov $0x1130, %ax
        mov $6, %bh                     # the font of 8x16 dots
        int $0x10
        mov %es, %ax
        mov %ax, font + 2
        mov %bp, font
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
        ljmp $0, $1f

1:      movzwl VBE_MODE + MODE_WIDTH, %ecx
        movzwl VBE_MODE + MODE_HEIGHT, %ebp
        xor %edi, %edi
row:    xor %esi, %esi
1:      mov %esi, %eax                  # bar: 7 - 8x / width
        shl $3, %eax
        xor %edx, %edx
        div %ecx
        xor $7, %al
        test %esi, %esi                 # frame
        jz 2f
        test %edi, %edi
        jz 2f
        lea 1(%edi), %edx
        cmp %ebp, %edx
        je 2f
        lea 1(%esi), %edx
        cmp %ecx, %edx
        jne 3f
2:      mov $7, %al
3:      call pixel
        inc %esi
        cmp %ecx, %esi
        jb 1b
        inc %edi
        cmp %ebp, %edi
        jb row

        # Text, each dot a square: its colour is that of the bar, inverted.
        lfs font, %bp
        mov $text, %si
        mov $100, %eax                  # x of the character
character:
        movzbw (%si), %bx
        inc %si
        test %bl, %bl
        jz 9f
        shl $4, %bx
        push %si
        xor %edi, %edi
1:      lea (%bp,%di), %si
        mov %fs:(%bx,%si), %dl
        xor %cx, %cx
2:      shl $1, %dl
        jnc 3f
        pushal
        movzwl %cx, %ecx
        lea (%eax,%ecx,SCALE), %esi
        lea 100(,%edi,SCALE), %edi
        call dot
        popal
3:      inc %cx
        cmp $8, %cx
        jb 2b
        inc %di
        cmp $FONT_HEIGHT, %di
        jb 1b
        pop %si
        add $8 * SCALE, %eax
        jmp character
9:      xor %bx, %bx
        mov %bx, %es
        sti
        ret

# A square of SCALE pixels at (%esi, %edi).
dot:    mov $SCALE, %cx
1:      push %cx
        push %esi
        mov $SCALE, %cx
2:      mov %esi, %eax
        shl $3, %eax
        xor %edx, %edx
        movzwl VBE_MODE + MODE_WIDTH, %ebx
        div %ebx
        call pixel                      # 8x / width is the bar's colour, inverted
        inc %esi
        loop 2b
        pop %esi
        pop %cx
        inc %edi
        loop 1b
        ret

        .balign 8
flat_gdt:
        .quad 0, 0
        .quad 0x00cf93000000ffff        # FLAT: data, 4 GiB
gdt_pointer:
        .word . - flat_gdt - 1
        .long flat_gdt
best:   .word 0
bits:   .word 0
most:   .long 0
pitch:  .long 0
buffer: .long 0
font:   .long 0
rgb565: .word 0x0000, 0x001f, 0x07e0, 0x07ff, 0xf800, 0xf81f, 0xffe0, 0xffff
rgb888: .long 0x000000, 0x0000ff, 0x00ff00, 0x00ffff, 0xff0000, 0xff00ff, 0xffff00, 0xffffff
dac:    .long 0x000000, 0x00003f, 0x003f00, 0x003f3f, 0x3f0000, 0x3f003f, 0x3f3f00, 0x3f3f3f
text:   .asciz "seabios-igd"
t_version: .asciz "\nvbe: version"
t_mode: .asciz "\nvbe: mode"
t_set:  .asciz "\nvbe: set"
t_is:   .asciz "\nvbe: mode is"
t_drawn: .asciz "\nvbe: drawn"
t_no_vbe: .asciz "\nvbe: no VBE"
t_no_mode: .asciz "\nvbe: no mode"
t_not_set: .asciz "\nvbe: not set"
t_done: .asciz "\nguest: done\n"
        .balign 512
        .set SECTORS, (. - _start) / 512 - 1
