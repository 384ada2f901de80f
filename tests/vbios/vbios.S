# SPDX-License-Identifier: LGPL-3.0-only
# A stand-in VBIOS: does what Intel's are known to do at POST, and reports what it saw.
# Copyright (C) 2026 The seabios-igd authors
#
# Assembled to a flat binary at 0; vbios_rom.py fills in the fields, appends a SeaVGABIOS (which
# sets the modes and services INT 10h) and mends the checksum. It also has the list of fields.
#
# To QEMU's debug port, a line each, in this order. Numbers are lower-case hexadecimal of fixed
# width. The first line is preceded by a newline. Between them stand the firmware's own lines.
#
#   vbios: tsc <16>                     time stamp at the third instruction, after jmp and pushal
#   vbios: start bdf <4> at <4>         AX at entry (bus, devfn); the segment it runs in
#   vbios: device <4>:<4>               vendor and device id at that address
#   vbios: shadow writable|locked       whether a byte of the image takes another value
#   vbios: lpc <4>:<4> ok|refused       ids at 00:1f.0. refused: not the host's; the last line
#   vbios: pm <8>                       config 40h of the device that pm names, if one is named.
#                                       Then a delay by the ACPI PM timer: without one it never ends
#   vbios: bdsm <8> cached|register     what it takes for the base of stolen memory, and from where
#   vbios: asls <8>                     config FCh
#   vbios: opregion ok|none             whether memory there has the OpRegion's signature
#   vbios: vbt "<name>" at <8>          physical address. Or: vbios: vbt none
#   vbios: 5fXX ax <4> bx <4> cx <4>    what INT 15h AX=5FXXh returned; 14 lines
#   vbios: bar0 <16>, vbios: bar2 <16>  base addresses from config space, without flag bits
#   vbios: mmio bdsm <8>                BAR0 + 1080C0h. Or: vbios: bar0 unreachable
#   vbios: bar4 <4>                     the I/O base
#   vbios: pmio bdsm <8>                1080C0h through BAR4. Or: vbios: bar4 unreachable
#   vbios: ggc <4> <4>                  config 50h of 00:00.0, where Intel's look for the size of
#                                       stolen memory, and of the device
#   vbios: gtt <4>                      how many GTT entries it writes through BAR4, if it does
#   vbios: video ok|failed              ok: mode 3 is set and video memory holds the banner. failed:
#                                       also if no VGA register answers, or there is no SeaVGABIOS;
#                                       then nothing was tried
#   vbios: pmm <8> <8>                  what PMM gave: 1 MiB for a while, 4 KiB for ever; zeros: it
#                                       did not. Or: vbios: pmm none, as after POST
#   vbios: done
#
# Where it can come:
#   vbios: block move failed <4>        INT 15h 87h failed, with this AX
#   vbios: hangs                        the last line: it does, interrupts off
#
# Needs a 386 and INT 15h 87h. Where its shadow is not writable, it does not cache BDSM.
# Nothing in the image is modified at POST but the cached BDSM, what VBE keeps if it is offered, and
# SeaVGABIOS, which keeps its own sum: after POST the image's checksum is wrong if BDSM was cached.
# If the image is to be shortened, as Intel's are, it mends the checksum too.

        .set IGD_CACHED_DEVFN, 0x10     # 00:02.0
        .set REG_BDSM_HIGH, 0x5e        # upper word of BDSM (Gen6 to Gen10)
        .set REG_ASLS, 0xfc
        .set REG_GGC, 0x50
        .set LPC_BDF, 0x00f8            # 00:1f.0
        .set REG_PM_BASE, 0x40          # of 00:1f.0 or 00:1f.2
        .set PM_TIMER, 8                # port, from that base on
        .set PM_TICKS, 3580             # a millisecond
        .set PIT_SLOW, 2 * 1193182      # two seconds
        # Bits of the field hang: when it does.
        .set HANG_AT_ONCE, 1
        .set HANG_LPC, 2                # where it would refuse what is at 00:1f.0
        .set HANG_AGAIN, 4              # when the image runs a second time
        .set SLOW, 8                    # not at all, but it takes two seconds, interrupts off
        .set MMIO_BDSM, 0x1080c0        # QEMU hw/vfio/igd.c, IGD_BDSM_MMIO_OFFSET
        .set PCI_INDEX, 0xcf8
        .set PCI_DATA, 0xcfc
        .set VIDEO_SEG, 0xb800
        .set VGA_GRAPHICS, 0x3ce        # index, then data
        .set VGA_BIT_MASK, 8
        .set INT10, 0x10 * 4

        # POST Memory Manager Specification 1.01
        .set PMM_FIRST_SEG, 0xe000      # to FFFFh, on 16 bytes
        .set PMM_ENTRY, 7               # offset, segment
        .set PMM_ALLOCATE, 0
        .set PMM_ANONYMOUS, -1
        .set PMM_EXTENDED, 2            # above 1 MiB
        .set PMM_PERMANENT, 8

        # OpRegion (Linux i915 intel_opregion.c) and VBT (intel_vbt_defs.h)
        .set OPREGION_VERSION, 0x14     # u32: major in the top byte, then minor
        .set OPREGION_MAILBOXES, 0x58
        .set OPREGION_RVDA, 0x3ba       # u64, then RVDS u32
        .set OPREGION_VBT, 0x400
        .set OPREGION_MAILBOX5, 0x1c00
        .set OPREGION_END, 0x2000
        .set MAILBOX_ASLE, 1 << 2
        .set MAILBOX_ASLE_EXT, 1 << 4
        .set VBT_NAME, 5
        .set VBT_NAME_BYTES, 15
        .set VBT_SIZE, 24               # u16
        .set VBT_HEADER_BYTES, 32

        # Variables, relative to %bp. On the stack, for the image's checksum (see above).
        .set V_BUFFER, 0                # what block_move read, 32 bytes
        .set V_GDT, 32                  # 6 descriptors
        .set V_CF8, 80
        .set V_BDF, 84
        .set V_ASLS, 88
        .set V_VBT, 92
        .set V_BAR, 96                  # low, high
        .set V_AX, 104
        .set V_BX, 106
        .set V_CX, 108
        .set V_FAR, 112                 # offset, segment
        .set V_INT10, 116               # the vector before SeaVGABIOS
        .set V_BANNER, 120
        .set V_BYTES, 124
        # Of the caller of INT 10h, relative to %bp (pushal).
        .set P_BX, 16
        .set P_AX, 28

        # The VBE mode. Its number is the one that VBE 1.2 gave to 640x480 in true colour.
        .set VBE_MODE, 0x112
        .set VBE_LINEAR, 0x4000
        .set VBE_WIDTH, 640
        .set VBE_HEIGHT, 480
        .set VBE_PITCH, VBE_WIDTH * 4
        .set VBE_BYTES, VBE_PITCH * VBE_HEIGHT
        .set VBE_ZEROS, 1024
        # Registers of pipe A and its first plane: Intel PRM (Skylake), Volume 2c.
        .set VGA_CONTROL, 0x41000       # bit 31: VGA off
        .set PIPE_SRCSZ, 0x6001c        # width - 1 in the high word, height - 1
        .set PIPE_CONF, 0x70008         # bit 31: on
        .set PLANE_CTL, 0x70180         # bit 31: on; 27:24: 4 for 8 bits each of x, r, g, b
        .set PLANE_STRIDE, 0x70188      # in 64 bytes
        .set PLANE_SIZE, 0x70190        # height - 1 in the high word, width - 1
        .set PLANE_SURF, 0x7019c        # address in the GTT; with it the others take effect

        # What is saved above them: gs fs es ds flags, then tsc, then pushal.
        .set S_TSC, V_BYTES + 10
        .set S_AX, S_TSC + 8 + 28

        .code16
        .globl _start
_start: .word 0xaa55
        .byte 0                         # length in 512 bytes: vbios_rom.py
        .byte 0xe9                      # the near form always: the checksum follows at 6
        .word entry - . - 2
        .byte 0                         # checksum: vbios_rom.py

        .org _start + 0x18
        .word pcir
        .word 0                         # no PnP expansion header

        # Old loaders want it here in a VGA BIOS.
        .org _start + 0x1e
        .ascii "IBM"

        # PCI data structure, revision 3 (PCI Firmware Specification 3.0, 5.1.2)
        .org _start + 0x40
pcir:   .ascii "PCIR"
        .word 0, 0                      # vendor, device: vbios_rom.py
        .word 0                         # device list, relative to pcir: vbios_rom.py
        .word 0x1c
        .byte 3
        .byte 0, 0, 0                   # class code: vbios_rom.py
        .word 0                         # length in 512 bytes: vbios_rom.py
        .word 1
        .byte 0                         # x86
        .byte 0x80                      # the last image
        .word 0                         # run-time length: vbios_rom.py
        .word 0, 0                      # no configuration utility, no DMTF entry point

        # Fields for vbios_rom.py and tests.
        .org _start + 0x60
magic:  .ascii "igdvbios"
lpc:    .word 0                         # device id wanted at 00:1f.0; 0: any
video:  .word 0                         # where SeaVGABIOS is, in paragraphs; 0: there is none
bdsm:   .long 0                         # the cached BDSM
ran:    .word 0                         # offset of SeaVGABIOS's HaveRunInit; 0: unknown
        # Used between POST and the firmware's first mode set, else zero.
banner: .word 0
int10:  .word 0, 0
vbe:    .word 0                         # 1: offer VBE: vbios_rom.py
vbe_next:
        .word 0, 0                      # INT 10h before VBE
        .org _start + 0x80
devices:
        .fill 16, 2, 0                  # vbios_rom.py: at most 15 ids and a zero

        .org _start + 0xa0
gtt:    .word 0                         # 1: fill the GTT: vbios_rom.py
hang:   .word 0                         # HANG_*: vbios_rom.py
pm:     .word 0                         # the BDF where the PM timer's base is; 0: it has no delay
shorten: .word 0                        # the length to have after POST, in 512 bytes; 0: the same
again:  .word 0                         # 1: it has run, if hang asks for it

        .org _start + 0xb0
entry:  pushal
        rdtsc
        push %edx
        push %eax
        pushf
        push %ds
        push %es
        push %fs
        push %gs
        sub $V_BYTES, %sp
        mov %sp, %bp
        cld
        mov S_AX(%bp), %ax
        mov %ax, V_BDF(%bp)
        mov $PCI_INDEX, %dx
        in %dx, %eax
        mov %eax, V_CF8(%bp)

        call report_start
        call hang_if_asked
        call check_lpc
        jc 1f
        call delay
        call find_stolen
        call find_opregion
        call call_hooks
        call find_bars
        call fill_gtt
        call start_video
        call try_pmm
        call shorten_image
        mov $t_done, %si
        call puts
1:
        mov V_CF8(%bp), %eax
        mov $PCI_INDEX, %dx
        out %eax, %dx
        add $V_BYTES, %sp
        pop %gs
        pop %fs
        pop %es
        pop %ds
        popf
        pop %eax                        # the time stamp; flags are to stay
        pop %eax
        popal
        lret

# ---- steps. All but %bp is free for them.

report_start:
        mov $t_tsc, %si
        call puts
        mov S_TSC(%bp), %eax
        mov S_TSC + 4(%bp), %edx
        call puthex64
        mov $t_start, %si
        call puts
        mov V_BDF(%bp), %ax
        call puthex16
        mov $t_at, %si
        call puts
        mov %cs, %ax
        call puthex16
        mov $t_device, %si
        call puts
        mov V_BDF(%bp), %bx
        xor %al, %al
        call pci_read
        call put_ids
        call newline
        mov $t_locked, %si
        mov %cs:magic, %al
        notb %cs:magic
        cmp %al, %cs:magic
        je puts
        mov %al, %cs:magic
        mov $t_writable, %si
        jmp puts

# Intel's VBIOSes want the LPC bridge of their own chipset, else the screen stays dark: QEMU
# docs/igd-assign.txt. Carry: this one was refused.
check_lpc:
        mov $t_lpc, %si
        call puts
        mov $LPC_BDF, %bx
        xor %al, %al
        call pci_read
        push %eax
        call put_ids
        pop %ebx
        shr $16, %ebx
        mov $t_ok, %si
        mov %cs:lpc, %ax
        test %ax, %ax
        jz puts                         # puts leaves carry clear: its last test
        cmp %ax, %bx
        je puts
        mov $t_refused, %si
        call puts
        testw $HANG_LPC, %cs:hang
        jnz hangs
        stc
        ret

hang_if_asked:
        mov %cs:hang, %ax
        test $HANG_AT_ONCE, %al
        jnz hangs
        test $SLOW, %al
        jnz be_slow
        test $HANG_AGAIN, %al
        jz 1f
        cmpw $0, %cs:again
        movw $1, %cs:again
        jne hangs
1:      ret

# By the PIT's counter 0, as it is latched: no BIOS sets another mode than 2 or 3.
be_slow:
        pushf
        cli
        xor %esi, %esi
        call pit_count
        mov %ax, %bx
1:      call pit_count
        sub %ax, %bx                    # it counts down
        movzwl %bx, %edx
        add %edx, %esi
        mov %ax, %bx
        cmp $PIT_SLOW, %esi
        jb 1b
        popf
        ret
pit_count:
        xor %al, %al
        out %al, $0x43
        in $0x40, %al
        mov %al, %ah
        in $0x40, %al
        xchg %al, %ah
        ret

hangs:  mov $t_hangs, %si
        call puts
        cli
1:      jmp 1b

# Waits by the ACPI PM timer, as Intel's VBIOSes do: by port 8 or FF88h, if its base is not known.
delay:
        cmpw $0, %cs:pm
        je 2f
        mov $t_pm, %si
        call puts
        mov %cs:pm, %bx
        mov $REG_PM_BASE, %al
        call pci_read
        push %eax
        call puthex
        call newline
        pop %edx
        and $0xff80, %dx
        add $PM_TIMER, %dx
        pushf
        cli
        in %dx, %eax
        mov %eax, %ebx
1:      in %dx, %eax
        sub %ebx, %eax
        and $0xffffff, %eax
        cmp $PM_TICKS, %eax
        jb 1b
        popf
2:      ret

find_stolen:
        mov $t_cached, %di
        cmpl $0, %cs:bdsm
        jne 1f
        mov $t_register, %di
1:      call stolen_base
        push %eax
        mov $t_bdsm, %si
        call puts
        pop %eax
        call puthex
        mov %di, %si
        jmp puts

# Returns the base of stolen memory in %eax. The bytes up to the "mov $0x105e, %ax" are those by
# which firmware and QEMU know the helper (qemu-devel 2026-06-17, "vfio/igd" ROM quirk series), so
# they are not left to the assembler. The rest fills the 15 bytes that the jump skips.
stolen_base:
        .byte 0x66, 0x2e, 0x83, 0x3e    # cmpl $0, %cs:bdsm
        .word bdsm
        .byte 0
        .byte 0x74, 7                   # je 1f
        .byte 0x66, 0x2e, 0xa1          # mov %cs:bdsm, %eax
        .word bdsm
        .byte 0xeb, 15                  # jmp 2f
1:      .byte 0xb8, REG_BDSM_HIGH, IGD_CACHED_DEVFN
        call pci_read_word
        shl $16, %eax
        .byte 0x66, 0x2e, 0xa3          # mov %eax, %cs:bdsm
        .word bdsm
2:      .if 2b - 1b != 15
        .error "the jump does not meet its target"
        .endif
        ret

find_opregion:
        mov $t_asls, %si
        call puts
        mov $REG_ASLS, %al
        mov V_BDF(%bp), %bx
        call pci_read
        mov %eax, V_ASLS(%bp)
        call puthex
        call newline

        movl $0, V_VBT(%bp)
        movw $b_none, V_BANNER(%bp)
        mov V_ASLS(%bp), %eax
        test %eax, %eax
        jz 1f
        mov $8, %cx
        call block_move
        jc 1f
        cmpl $0x65746e49, V_BUFFER(%bp)         # "IntelGraphicsMem"
        jne 1f
        cmpl $0x6172476c, V_BUFFER + 4(%bp)
        jne 1f
        cmpl $0x63696870, V_BUFFER + 8(%bp)
        jne 1f
        cmpl $0x6d654d73, V_BUFFER + 12(%bp)
        jne 1f
        movw $b_ok, V_BANNER(%bp)
        mov $t_opregion_ok, %si
        call puts
        call find_vbt
        jmp 2f
1:      mov $t_opregion_none, %si
        call puts
2:      cmpl $0, V_VBT(%bp)
        je 4f

        mov $t_vbt, %si
        call puts
        lea V_BUFFER + VBT_NAME(%bp), %di
        mov $VBT_NAME_BYTES, %cx
        # Trailing spaces are padding; other bytes that do not print become dots.
3:      mov %cx, %si
        add %di, %si
        cmpb $' ', %ss:-1(%si)
        loope 3b
        je 6f
        inc %cx
5:      mov %ss:(%di), %al
        inc %di
        cmp $' ', %al
        jb 7f
        cmp $'~', %al
        jbe 8f
7:      mov $'.', %al
8:      call putc
        loop 5b
6:      mov $t_vbt_at, %si
        call puts
        mov V_VBT(%bp), %eax
        call puthex
        jmp newline
4:      mov $t_vbt_none, %si
        jmp puts

# Sets V_VBT if there is a VBT that i915 would take, and leaves its head in the buffer: the one
# that RVDA tells of (since 2.0; relative since 2.1) before mailbox 4. i915 intel_opregion.c.
find_vbt:
        mov $OPREGION_VERSION, %eax
        call opregion_dword
        jc 9f
        mov %eax, %edi
        mov $OPREGION_MAILBOXES, %eax
        call opregion_dword
        jc 9f
        mov %eax, %ebx
        cmp $0x02000000, %edi
        jb 1f
        test $MAILBOX_ASLE, %bl
        jz 1f
        mov $OPREGION_RVDA + 8, %eax
        call opregion_dword
        jc 9f
        mov %eax, %esi
        mov $OPREGION_RVDA, %eax
        call opregion_dword
        test %eax, %eax
        jz 1f
        cmpl $0, V_BUFFER + 4(%bp)      # beyond 4 GiB: out of reach
        jne 1f
        cmp $0x02010000, %edi
        jb 2f
        add V_ASLS(%bp), %eax
        jc 1f
2:      call check_vbt
        jnc 9f
1:      mov V_ASLS(%bp), %eax
        add $OPREGION_VBT, %eax
        mov $OPREGION_MAILBOX5 - OPREGION_VBT, %esi
        test $MAILBOX_ASLE_EXT, %bl
        jnz check_vbt
        mov $OPREGION_END - OPREGION_VBT, %esi
        jmp check_vbt
9:      ret

# %eax: an address, %esi: the bytes there. Sets V_VBT, or carry if that is no VBT.
check_vbt:
        mov $VBT_HEADER_BYTES / 2, %cx
        call block_move
        jc 1f
        cmpl $0x54425624, V_BUFFER(%bp)         # "$VBT"
        jne 2f
        movzwl V_BUFFER + VBT_SIZE(%bp), %ecx
        cmp $VBT_HEADER_BYTES, %cx
        jb 1f
        cmp %ecx, %esi
        jb 1f
        mov %eax, V_VBT(%bp)
        ret
2:      stc
1:      ret

# Reads the OpRegion's dword at %eax, and the next to the buffer. Carry: failed.
opregion_dword:
        add V_ASLS(%bp), %eax
        push %cx
        mov $4, %cx
        call block_move
        pop %cx
        mov V_BUFFER(%bp), %eax
        ret

call_hooks:
        mov $hooks, %di
1:      push %di
        push %bp
        mov %cs:(%di), %ax
        mov %cs:2(%di), %bx
        mov %cs:4(%di), %cx
        xor %dx, %dx
        int $0x15
        pop %bp
        pop %di
        mov %ax, V_AX(%bp)
        mov %bx, V_BX(%bp)
        mov %cx, V_CX(%bp)
        mov $t_hook, %si
        call puts
        mov %cs:(%di), %ax
        call puthex16
        mov $t_ax, %si
        call puts
        mov V_AX(%bp), %ax
        call puthex16
        mov $t_bx, %si
        call puts
        mov V_BX(%bp), %ax
        call puthex16
        mov $t_cx, %si
        call puts
        mov V_CX(%bp), %ax
        call puthex16
        call newline
        add $6, %di
        cmp $hooks_end, %di
        jb 1b
        ret

find_bars:
        mov $0x18, %al
        call read_bar
        push %eax
        push %edx
        mov $0x10, %al
        call read_bar
        mov %eax, V_BAR(%bp)
        mov %edx, V_BAR + 4(%bp)
        mov $t_bar0, %si
        call puts
        mov V_BAR(%bp), %eax
        mov V_BAR + 4(%bp), %edx
        call puthex64
        mov $t_bar2, %si
        call puts
        pop %edx
        pop %eax
        call puthex64
        call newline

        mov $t_bar0_unreachable, %si
        cmpl $0, V_BAR + 4(%bp)
        jne 1f
        mov V_BAR(%bp), %eax
        test %eax, %eax
        jz 1f
        add $MMIO_BDSM, %eax
        mov $2, %cx
        call block_move
        jc 1f
        mov $t_mmio, %si
        call puts
        mov V_BUFFER(%bp), %eax
        call puthex
        call newline
        jmp 2f
1:      call puts

        # An index and a data register: how VBIOSes reach the registers without leaving real mode
        # (QEMU 7.2 hw/vfio/igd.c, BAR4 quirk).
2:      mov V_BDF(%bp), %bx
        mov $0x20, %al
        call pci_read
        and $0xfffc, %eax
        push %ax
        mov $t_bar4, %si
        call puts
        pop %ax
        push %ax
        call puthex16
        call newline
        pop %dx
        mov $t_bar4_unreachable, %si
        test %dx, %dx
        jz puts
        mov $MMIO_BDSM, %eax
        out %eax, %dx
        add $4, %dx
        in %dx, %eax
        push %eax
        mov $t_pmio, %si
        call puts
        pop %eax
        call puthex
        jmp newline

# Fills the GTT from its start on, entry n with stolen memory's page n, through BAR4 and as many as
# Intel's VBIOSes do: 255 up to Gen8. Their 65,535 of Gen9 take long; 2,100 are more than QEMU
# before 10.0 rewrites. From Gen11 on there is no such VBIOS, and QEMU before 10.0 would abort.
fill_gtt:
        mov $t_ggc, %si
        call puts
        xor %bx, %bx
        mov $REG_GGC, %al
        call pci_read
        call puthex16
        mov $' ', %al
        call putc
        mov V_BDF(%bp), %bx
        mov $REG_GGC, %al
        call pci_read
        call puthex16
        call newline
        cmpw $0, %cs:gtt
        je 9f
        mov V_BDF(%bp), %bx
        mov $0x20, %al
        call pci_read
        and $0xfffc, %ax
        jz 9f
        mov %ax, %di
        xor %al, %al
        call pci_read
        shr $16, %eax
        mov $255, %cx
        cmp $0x16, %ah
        je 1f
        cmp $0x22, %ah
        je 1f
        cmp $0x0a84, %ax
        je 2f
        cmp $0x10, %ah
        jb 1f
        push %es
        push %di
        push %cx
        push %cs
        pop %es
        mov $gen9, %di
        mov $gen9_end - gen9, %cx
        xchg %al, %ah
        cld
        repne scasb
        xchg %al, %ah
        pop %cx
        pop %di
        pop %es
        jne 9f
2:      mov $2100, %cx
1:      push %ax
        push %cx
        mov $t_gtt, %si
        call puts
        pop %ax
        push %ax
        call puthex16
        call newline
        call stolen_base
        pop %cx
        pop %si                         # the device id
        or $1, %al                      # valid
        mov %di, %dx
        mov $1, %ebx                    # BAR4's index: GTT
3:      call gtt_write
        cmp $0x0a84, %si
        je 4f
        cmp $0x1000, %si
        jb 5f
4:      push %eax                       # from Gen8 on an entry has 64 bits
        xor %eax, %eax
        call gtt_write
        pop %eax
5:      add $4096, %eax
        loop 3b
9:      ret

# The high bytes of device ids of Gen9 and Gen10.
gen9:   .byte 0x19, 0x59, 0x5a, 0x31, 0x87, 0x3e, 0x9b
gen9_end:

# Writes %eax to index %ebx by the ports from %dx on, and advances %ebx.
gtt_write:
        xchg %eax, %ebx
        out %eax, %dx
        xchg %eax, %ebx
        add $4, %dx
        out %eax, %dx
        sub $4, %dx
        add $4, %ebx
        ret

shorten_image:
        mov %cs:shorten, %cx
        jcxz 2f
        mov %cl, %cs:_start + 2
        shl $9, %cx
        xor %si, %si
        xor %al, %al
1:      add %cs:(%si), %al
        inc %si
        loop 1b
        # Those that will be zero again.
        mov $banner, %si
        mov $6, %cx
3:      sub %cs:(%si), %al
        inc %si
        loop 3b
        sub %al, %cs:_start + 6
2:      ret

# Reads the base address register %al into %edx:%eax.
read_bar:
        mov V_BDF(%bp), %bx
        mov %al, %cl
        call pci_read
        xor %edx, %edx
        test $1, %al
        jnz 1f
        and $6, %al
        cmp $4, %al                     # 64 bits
        jne 1f
        push %eax
        mov %cl, %al
        add $4, %al
        call pci_read
        mov %eax, %edx
        pop %eax
1:      and $~15, %al
        ret

start_video:
        mov %cs:video, %ax
        test %ax, %ax
        jz 9f
        call vga_answers
        jne 9f
        mov %cs, %dx
        add %dx, %ax
        movw $3, V_FAR(%bp)             # SeaVGABIOS's entry, as in any option ROM
        mov %ax, V_FAR + 2(%bp)

        xor %bx, %bx
        mov %bx, %ds
        mov INT10, %ecx
        mov %ecx, V_INT10(%bp)
        # An image taken from another machine's shadow says that it has run. It has not, unless it
        # serves INT 10h.
        cmp %ax, INT10 + 2
        je 1f
        mov %cs:ran, %bx
        test %bx, %bx
        jz 1f
        movl $0, %cs:(%bx)
1:      push %bp
        mov V_BDF(%bp), %ax
        lcall *V_FAR(%bp)
        pop %bp

        push %bp
        mov $3, %ax
        int $0x10
        pop %bp
        mov V_BANNER(%bp), %si
        call show
        push %bp
        mov $0x0f, %ah
        int $0x10
        pop %bp
        cmp $3, %al
        jne 9f
        mov V_BANNER(%bp), %si
        mov %cs:(%si), %al
        mov $VIDEO_SEG, %bx
        mov %bx, %ds
        cmp %al, 0
        jne 9f

        # The firmware's own mode set clears the screen. Be there once, to show the banner again.
        # Not on a resume, where the vector is SeaVGABIOS's before and after.
        xor %bx, %bx
        mov %bx, %ds
        mov INT10, %eax
        cmp V_INT10(%bp), %eax
        je 8f
        mov V_FAR + 2(%bp), %cx
        cmp %cx, INT10 + 2
        jne 8f
        mov %eax, %cs:int10
        cmp %eax, %cs:int10             # a shadow that is not writable
        jne 8f
        mov V_BANNER(%bp), %cx
        mov %cx, %cs:banner
        movw $int10_entry, INT10
        mov %cs, INT10 + 2
8:      call offer_vbe
        mov $t_video_ok, %si
        jmp puts
9:      mov $t_video_failed, %si
        jmp puts

# Whether a VGA register holds what is written: zero flag. Video memory does not tell: where no VGA
# decodes it, QEMU shows the RAM beneath, which may be SMM's, and writing fonts there is the end of
# it. Keeps %ax.
vga_answers:
        push %ax
        mov $VGA_GRAPHICS, %dx
        mov $VGA_BIT_MASK, %al
        out %al, %dx
        inc %dx
        in %dx, %al
        mov %al, %ah
        mov $0x5a, %al
        out %al, %dx
        in %dx, %al
        cmp $0x5a, %al
        xchg %al, %ah
        jne 1f
        out %al, %dx
1:      pop %ax
        ret

# INT 10h until the first mode set after POST.
int10_entry:
        cmp $3, %ax
        je 1f
        ljmp *%cs:int10
1:      pushf
        lcall *%cs:int10
        pushal
        push %ds
        mov %cs:banner, %si
        push %si
        xor %bx, %bx
        mov %bx, %ds
        cmpw $int10_entry, INT10
        jne 2f
        mov %cs, %ax
        cmp %ax, INT10 + 2
        jne 2f
        mov %cs:int10, %eax
        mov %eax, INT10
        # Back to what was there, for the checksum.
        movl $0, %cs:int10
        movw $0, %cs:banner
2:      pop %si
        call show
        pop %ds
        popal
        iret

# ---- VBE 2.0 with one mode, if the image is to offer it. Needs BARs below 4 GiB, a writable shadow
# and a device of Gen9: its display plane, and GTT entries of 64 bits.

offer_vbe:
        cmpw $1, %cs:vbe
        jne 9f
        mov $0x18, %al
        call read_bar
        test %edx, %edx
        jnz 9f
        mov %eax, %cs:vbe_aperture
        mov V_BDF(%bp), %bx
        mov $0x20, %al
        call pci_read
        and $0xfffc, %ax
        mov %ax, %cs:vbe_bar4
        call stolen_base
        mov %eax, %cs:vbe_stolen
        mov %cs, %cs:vbe_controller_oem + 2
        mov %cs, %cs:vbe_controller_modes + 2

        # In place of SeaVGABIOS's; below the banner's, which goes at the first mode set.
        xor %bx, %bx
        mov %bx, %ds
        mov %cs, %ax
        shl $16, %eax
        mov $vbe_entry, %ax
        mov %cs:int10, %ecx
        test %ecx, %ecx
        jz 1f
        mov %ecx, %cs:vbe_next
        mov %eax, %cs:int10
        ret
1:      cmp %eax, INT10                 # a resume
        je 9f
        mov INT10, %ecx
        mov %ecx, %cs:vbe_next
        mov %eax, INT10
9:      ret

# INT 10h. %bp: the registers of the caller, as pushal leaves them.
vbe_entry:
        cmp $0x4f, %ah
        je 1f
        test %ah, %ah
        jnz 2f
        call vbe_off
2:      ljmp *%cs:vbe_next
1:      pushal
        mov %sp, %bp
        push %ds
        push %es
        cld
        mov $vbe_controller, %si
        mov $VBE_CONTROLLER_BYTES, %dx
        cmp $0, %al
        je vbe_answer
        cmp $1, %al
        je vbe_tell_mode
        cmp $2, %al
        je vbe_set_mode
        cmp $3, %al
        je vbe_get_mode
        mov $0x0100, %ax                # no such function
vbe_return:
        mov %ax, %ss:P_AX(%bp)
        pop %es
        pop %ds
        popal
        iret

vbe_tell_mode:
        mov $vbe_mode, %si
        mov $VBE_MODE_BYTES, %dx
        and $0x1ff, %cx
        cmp $VBE_MODE, %cx
        jne vbe_fail
# Copies %dx bytes from %si to where the caller wants them, and zeros up to 256.
vbe_answer:
        mov %cs, %ax
        mov %ax, %ds
        mov %dx, %cx
        rep movsb
        mov $256, %cx
        sub %dx, %cx
        xor %al, %al
        rep stosb
vbe_done:
        mov $0x004f, %ax
        jmp vbe_return
vbe_fail:
        mov $0x014f, %ax
        jmp vbe_return

vbe_get_mode:
        # The plane tells: after POST the image is not writable.
        mov %cs:vbe_bar4, %dx
        mov $PLANE_CTL, %eax
        out %eax, %dx
        add $4, %dx
        in %dx, %eax
        mov $VBE_MODE | VBE_LINEAR, %bx
        test %eax, %eax
        js 1f
        push %bp
        mov $0x0f, %ah
        pushf
        lcall *%cs:vbe_next
        pop %bp
        movzbw %al, %bx
1:      mov %bx, %ss:P_BX(%bp)
        jmp vbe_done

vbe_set_mode:
        mov %ss:P_BX(%bp), %bx
        mov %bx, %ax
        and $0x7fff, %ax
        cmp $VBE_MODE | VBE_LINEAR, %ax
        je 1f
        test $0x7f80, %bx               # else one of VGA's
        jnz vbe_fail
        call vbe_off
        mov %bh, %al                    # bit 7: the memory stays
        and $0x80, %al
        or %bl, %al
        xor %ah, %ah
        push %bp
        pushf
        lcall *%cs:vbe_next
        pop %bp
        jmp vbe_done

        # The GTT's first pages are those of stolen memory.
1:      mov $1, %ebx                    # BAR4's index: GTT
        mov %cs:vbe_stolen, %eax
        or $1, %al                      # valid
        mov $VBE_BYTES / 4096, %cx
2:      call mmio_write
        add $4, %ebx
        push %eax
        xor %eax, %eax
        call mmio_write
        pop %eax
        add $4, %ebx
        add $4096, %eax
        loop 2b
        testw $0x8000, %ss:P_BX(%bp)
        jnz 3f
        call vbe_clear
3:      mov $vbe_registers, %si
        call mmio_writes
        jmp vbe_done

# Back to VGA. Keeps all registers.
vbe_off:
        pushal
        cld
        mov $vbe_off_registers, %si
        call mmio_writes
        popal
        ret

# Clears the screen, through the aperture. Clobbers all but %bp.
vbe_clear:
        sub $48, %sp
        mov %sp, %si
        push %ss
        pop %es
        mov %si, %di
        xor %ax, %ax
        mov $24, %cx
        rep stosw
        lea 0x10(%si), %di
        xor %eax, %eax
        mov %cs, %ax
        shl $4, %eax
        add $vbe_zeros, %eax
        call descriptor
        mov %cs:vbe_aperture, %ebx
        mov $VBE_BYTES / VBE_ZEROS, %cx
1:      push %cx
        lea 0x18(%si), %di
        mov %ebx, %eax
        call descriptor
        mov $VBE_ZEROS / 2, %cx
        mov $0x87, %ah
        int $0x15
        add $VBE_ZEROS, %ebx
        pop %cx
        loop 1b
        add $48, %sp
        ret

# Writes the list of registers and values at %cs:%si. Clobbers %eax, %ebx, %si.
mmio_writes:
1:      lodsl %cs:(%si), %eax
        mov %eax, %ebx
        lodsl %cs:(%si), %eax
        call mmio_write
        cmp $vbe_registers_end, %si
        je 2f
        cmp $vbe_off_registers_end, %si
        jne 1b
2:      ret

# Writes %eax to %ebx, an index for BAR4. Keeps all registers.
mmio_write:
        push %dx
        mov %cs:vbe_bar4, %dx
        xchg %eax, %ebx
        out %eax, %dx
        xchg %eax, %ebx
        add $4, %dx
        out %eax, %dx
        pop %dx
        ret

# ---- tools

# Shows the text at %cs:%si.
show:
        cld
1:      lodsb %cs:(%si), %al
        test %al, %al
        jz 2f
        push %si
        push %bp
        mov $0x0e, %ah
        mov $7, %bx
        int $0x10
        pop %bp
        pop %si
        jmp 1b
2:      ret

# Copies %cx words (at most 16) from physical address %eax to the buffer. Carry: failed, and said
# so. Keeps all other registers.
block_move:
        pushal
        push %es
        push %ss
        pop %es
        mov %eax, %edx
        push %cx
        lea V_GDT(%bp), %di
        xor %ax, %ax
        mov $24, %cx
        cld
        rep stosw
        pop %cx
        mov %edx, %eax
        lea V_GDT + 0x10(%bp), %di
        call descriptor
        xor %eax, %eax
        mov %ss, %ax
        shl $4, %eax
        movzwl %bp, %edx
        lea V_BUFFER(%eax, %edx), %eax
        call descriptor
        lea V_GDT(%bp), %si
        push %bp
        mov $0x87, %ah
        int $0x15
        pop %bp
        jnc 1f
        push %ax
        mov $t_move_failed, %si
        call puts
        pop %ax
        call puthex16
        call newline
        stc
1:      pop %es
        popal
        ret

# Makes a descriptor of 64 KiB of data at address %eax at %es:%di, and advances %di to the next.
descriptor:
        movw $0xffff, %es:(%di)
        mov %ax, %es:2(%di)
        shr $16, %eax
        mov %al, %es:4(%di)
        movb $0x93, %es:5(%di)
        mov %ah, %es:7(%di)
        add $8, %di
        ret

# Returns in %eax the config dword at device %bx, register %al. By configuration mechanism 1: it
# works before and without a PCI BIOS.
pci_read:
        push %ebx
        push %dx
        movzwl %bx, %ebx
        shl $8, %ebx
        mov %al, %bl
        and $~3, %bl
        or $0x80000000, %ebx
        mov %ebx, %eax
        mov $PCI_INDEX, %dx
        out %eax, %dx
        mov $PCI_DATA, %dx
        in %dx, %eax
        pop %dx
        pop %ebx
        ret

# Returns in %ax the config word at bus 0, device %ah, register %al.
pci_read_word:
        push %bx
        movzbw %ah, %bx
        test $2, %al
        pushf
        call pci_read
        popf
        jz 1f
        shr $16, %eax
1:      pop %bx
        ret

try_pmm:
        mov $PMM_FIRST_SEG, %ax
1:      mov %ax, %es
        cmpl $0x4d4d5024, %es:0         # "$PMM"
        je 2f
        inc %ax
        jnz 1b
        mov $t_pmm_none, %si
        jmp puts
2:      mov %es:PMM_ENTRY, %eax
        mov %eax, V_FAR(%bp)
        mov $PMM_EXTENDED, %ax
        mov $0x100000 / 16, %ecx
        call pmm_allocate
        push %eax
        mov $PMM_EXTENDED | PMM_PERMANENT, %ax
        mov $0x1000 / 16, %ecx
        call pmm_allocate
        pop %ebx
        push %eax
        mov $t_pmm, %si                 # now: the firmware has a line for each call
        call puts
        mov %ebx, %eax
        call puthex
        mov $' ', %al
        call putc
        pop %eax
        call puthex
        jmp newline

# Allocates %ecx paragraphs with flags %ax; returns the address in %eax. Clobbers %edx.
pmm_allocate:
        push %ax
        pushl $PMM_ANONYMOUS
        push %ecx
        pushw $PMM_ALLOCATE
        lcall *V_FAR(%bp)
        add $12, %sp
        shl $16, %edx
        mov %ax, %dx
        mov %edx, %eax
        ret

# Prints vendor:device from %eax. Clobbers %eax, %cx, %dx.
put_ids:
        push %eax
        call puthex16
        mov $':', %al
        call putc
        pop %eax
        shr $16, %eax

# Prints %ax as four digits. Clobbers %al, %cx, %dx.
puthex16:
        mov $4, %cx
1:      rol $4, %ax
        push %ax
        and $15, %al
        cmp $10, %al
        jb 2f
        add $'a' - '0' - 10, %al
2:      add $'0', %al
        call putc
        pop %ax
        loop 1b
        ret

newline:
        mov $'\n', %al

# Prints %al. Clobbers %dx.
putc:
        mov $DEBUG_PORT, %dx
        out %al, %dx
        ret

        .include "debug.inc"

# ---- data

t_tsc:          .asciz "\nvbios: tsc "
t_start:        .asciz "\nvbios: start bdf "
t_at:           .asciz " at "
t_device:       .asciz "\nvbios: device "
t_writable:     .asciz "vbios: shadow writable\n"
t_locked:       .asciz "vbios: shadow locked\n"
t_lpc:          .asciz "vbios: lpc "
t_ok:           .asciz " ok\n"
t_refused:      .asciz " refused\n"
t_pm:           .asciz "vbios: pm "
t_ggc:          .asciz "vbios: ggc "
t_gtt:          .asciz "vbios: gtt "
t_hangs:        .asciz "vbios: hangs\n"
t_bdsm:         .asciz "vbios: bdsm "
t_cached:       .asciz " cached\n"
t_register:     .asciz " register\n"
t_asls:         .asciz "vbios: asls "
t_opregion_ok:  .asciz "vbios: opregion ok\n"
t_opregion_none: .asciz "vbios: opregion none\n"
t_vbt:          .asciz "vbios: vbt \""
t_vbt_at:       .asciz "\" at "
t_vbt_none:     .asciz "vbios: vbt none\n"
t_hook:         .asciz "vbios: "
t_ax:           .asciz " ax "
t_bx:           .asciz " bx "
t_cx:           .asciz " cx "
t_bar0:         .asciz "vbios: bar0 "
t_bar2:         .asciz "\nvbios: bar2 "
t_mmio:         .asciz "vbios: mmio bdsm "
t_bar0_unreachable: .asciz "vbios: bar0 unreachable\n"
t_bar4:         .asciz "vbios: bar4 "
t_pmio:         .asciz "vbios: pmio bdsm "
t_bar4_unreachable: .asciz "vbios: bar4 unreachable\n"
t_video_ok:     .asciz "vbios: video ok\n"
t_video_failed: .asciz "vbios: video failed\n"
t_pmm:          .asciz "vbios: pmm "
t_pmm_none:     .asciz "vbios: pmm none\n"
t_done:         .asciz "vbios: done\n"
t_move_failed:  .asciz "vbios: block move failed "
b_ok:           .asciz "seabios-igd stand-in VBIOS, OpRegion ok\r\n"
b_none:         .asciz "seabios-igd stand-in VBIOS, no OpRegion\r\n"

        # VBE Core Functions Standard 2.0: VbeInfoBlock and ModeInfoBlock
vbe_controller:
        .ascii "VESA"
        .word 0x0200
vbe_controller_oem:
        .word vbe_oem, 0                # its segment: at POST
        .long 0                         # capabilities: none
vbe_controller_modes:
        .word vbe_modes, 0
        .word (VBE_BYTES + 0xffff) / 0x10000
        .set VBE_CONTROLLER_BYTES, . - vbe_controller
vbe_mode:
        .word 0xfb                      # a colour graphics mode, linear only
        .fill 14                        # no windows
        .word VBE_PITCH, VBE_WIDTH, VBE_HEIGHT
        .byte 8, 16                     # a character
        .byte 1, 32                     # planes, bits
        .byte 1, 6, 0, 0, 1             # a bank, direct colour
        .byte 8, 16, 8, 8, 8, 0, 8, 24  # size and position of red, green, blue and the rest
        .byte 0
vbe_aperture:
        .long 0                         # at POST
        .set VBE_MODE_BYTES, . - vbe_mode
vbe_modes:
        .word VBE_MODE, 0xffff
vbe_oem: .asciz "seabios-igd stand-in VBIOS"

        # At POST.
vbe_bar4: .word 0
vbe_stolen: .long 0

vbe_registers:
        .long PIPE_SRCSZ, (VBE_WIDTH - 1) << 16 | (VBE_HEIGHT - 1)
        .long PIPE_CONF, 0x80000000
        .long PLANE_SIZE, (VBE_HEIGHT - 1) << 16 | (VBE_WIDTH - 1)
        .long PLANE_STRIDE, VBE_PITCH / 64
        .long PLANE_CTL, 0x84000000
        .long PLANE_SURF, 0
        .long VGA_CONTROL, 0x80000000
vbe_registers_end:
vbe_off_registers:
        .long PLANE_CTL, 0
        .long PLANE_SURF, 0
        .long PIPE_CONF, 0
        .long VGA_CONTROL, 0
vbe_off_registers_end:
vbe_zeros: .fill VBE_ZEROS

        # AX, BX, CX. Sources of the functions: Intel EMGD guide (31h, 33h to 36h, 38h, 40h),
        # coreboot kontron/ktqm77 (14h, 49h, 52h) and drivers/intel/gma/int15.c (51h, 70h),
        # SeaBIOS 02145150 (50h), coreboot google/link (ach).
hooks:  .word 0x5f14, 0x078f, 0
        .word 0x5f31, 0, 0
        .word 0x5f33, 0x5003, 0         # 80 columns, mode 3, page 0
        .word 0x5f34, 0x0190, 2         # as Intel's VBIOSes ask (observed)
        .word 0x5f35, 0, 0
        .word 0x5f36, 0, 0
        .word 0x5f38, 0, 0x0003         # mode 3
        .word 0x5f40, 0, 0              # panel 0
        .word 0x5f49, 0, 0
        .word 0x5f50, 0, 0
        .word 0x5f51, 0, 0
        .word 0x5f52, 0, 0
        .word 0x5f70, 0, 0              # CH 0: get the mux
        .word 0x5fac, 0x0190, 0x1234
hooks_end:
