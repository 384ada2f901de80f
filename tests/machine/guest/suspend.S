# SPDX-License-Identifier: LGPL-3.0-only
# A guest that suspends to RAM, once or as often as it is told, and reports the registers and the
# memory before and after.
# Copyright (C) 2026 The seabios-igd authors
#
# To QEMU's debug port what boot.inc prints; what report.inc does, first as "guest: ", after waking
# as "woken: "; and
#                         guest: sleeps               the last line before it does, each time
#                         woken: pm1a <dword>         what ACPI's PM1a_CNT then reads
#                         guest: no FACS              ACPI's tables are not to be found; it ends
# To the screen (INT 10h): a line before, and one after, when the firmware has run the VBIOS again.
# Somebody must wake it. It ends as probe.S does.

        .set WAKING_SEG, 0x0a00         # where it is woken, offset 0 (ACPI 6.5, 5.2.10: the FACS's
                                        # waking vector is an address, CS its bits 19:4)
        .set RSDP_SEG, 0xe000           # up to FFFFFh, every 16 bytes
        .set RSDP_RSDT, 16              # ACPI 6.5, 5.2.5.3
        .set TABLE_BYTES, 4
        .set RSDT_ENTRIES, 36
        .set FADT_FACS, 36              # ACPI 6.5, 5.2.9
        .set FADT_PM1A_CNT, 64
        .set FACS_WAKING_VECTOR, 12
        .set SLP_S3, 1 << 10            # SLP_TYP: 1 in the \_S3 of QEMU's pc and q35
        .set SLP_EN, 1 << 13            # ACPI 6.5, 4.8.3.2.1

        .set PM1A, 0x700                # where the port is kept
        .set MORE, orders + 3           # how often after the first time

        .include "boot.inc"
main:   mov $guest, %bp
        call report
        mov $sleeping, %si
        call show

        # To reach the tables: data segments of 4 GiB, as left over from protected mode.
        cli
        lgdt gdtr
        mov %cr0, %eax
        or $1, %al
        mov %eax, %cr0
        mov $8, %cx
        mov %cx, %fs
        and $~1, %al
        mov %eax, %cr0
        xor %cx, %cx
        mov %cx, %fs

        mov $RSDP_SEG << 4, %ebx
1:      cmpl $0x20445352, %fs:(%ebx)    # "RSD PTR "
        jne 2f
        cmpl $0x20525450, %fs:4(%ebx)
        je 3f
2:      add $16, %ebx
        cmp $0x100000, %ebx
        jb 1b
        jmp 8f
3:      mov %fs:RSDP_RSDT(%ebx), %ebx
        mov %fs:TABLE_BYTES(%ebx), %ecx
        sub $RSDT_ENTRIES, %ecx
        add $RSDT_ENTRIES, %ebx
4:      sub $4, %ecx
        js 8f
        mov %fs:(%ebx), %eax
        add $4, %ebx
        cmpl $0x50434146, %fs:(%eax)    # "FACP"
        jne 4b
        mov %fs:FADT_FACS(%eax), %ebx
        mov %fs:FADT_PM1A_CNT(%eax), %dx
        cmpl $0x53434146, %fs:(%ebx)    # "FACS"
        jne 8f
        movl $WAKING_SEG << 4, %fs:FACS_WAKING_VECTOR(%ebx)
        movl $0x000000ea, WAKING_SEG << 4 # a far jump; its bytes follow
        movw $after, (WAKING_SEG << 4) + 1
        movw $0, (WAKING_SEG << 4) + 3

        mov %dx, PM1A
sleep:  mov $sleeps, %si
        call puts
        mov PM1A, %dx
        mov $SLP_S3 | SLP_EN, %ax
        out %ax, %dx
9:      hlt
        jmp 9b
8:      mov $lost, %si
        call puts
        jmp end

after:  call segments
        mov $woken, %bp
        call report
        mov $pm1a, %si
        call puts
        mov PM1A, %dx
        xor %eax, %eax
        in %dx, %ax
        call puthex
        mov $awake, %si
        call show
        decb MORE
        jns sleep
end:    mov $done, %si
        call puts
        jmp exit

        .include "report.inc"

        .balign 8
gdt:    .quad 0
        .quad 0x00cf92000000ffff        # data, 4 GiB
gdtr:   .word . - gdt - 1
        .long gdt

guest:  .asciz "\nguest: "
pm1a:   .asciz "\nwoken: pm1a "
woken:  .asciz "\nwoken: "
done:   .asciz "\nguest: done\n"
sleeps: .asciz "\nguest: sleeps\n"
lost:   .asciz "\nguest: no FACS\n"
sleeping: .asciz "\r\nThe guest suspends to RAM.\r\n"
awake:  .asciz "\r\nThe guest is awake.\r\n"
        .balign 512
        .set SECTORS, (. - _start) / 512 - 1
