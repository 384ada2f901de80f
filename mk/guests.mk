# SPDX-License-Identifier: LGPL-3.0-only
# Real guests and VBIOSes: Linux, guests in guests, Intel's VBIOSes, old software.
# Copyright (C) 2026 The seabios-igd authors

# --- Linux and guests in guests --------------------------------------------------------------
# linux-<name>: Debian's kernel of a suite, unpacked. Guests are PCs, whatever the machine is.

LINUX_SUITE_12           := bookworm
LINUX_SUITE_13-backports := trixie-backports
LINUX   := $(patsubst %,$(CACHE)/linux-%/.done,12 13-backports)
BUSYBOX := $(CACHE)/busybox/.done

$(CACHE)/linux-%/.done: | $(CACHE)
	$(call fetch,the kernel of Debian $* (70 to 120 MB),amd64/$(LINUX_SUITE_$*) @linux-image-amd64)
$(BUSYBOX): | $(CACHE)
	$(call fetch,busybox,amd64 busybox-static)

LINUX_NEEDS := $(OUT)/build/igd-256k/bios.bin $(MACHINE_NEEDS) $(LINUX) $(BUSYBOX)
LINUX_TESTS := tests/guests/test_linux.py tests/guests/test_i915.py

.PHONY: check-linux
check-linux: $(LINUX_NEEDS) ## boot Debian's kernels, have them sleep and wake, and load i915
	@echo '  booting Linux (tests/guests), 10 to 20 seconds a machine ...'
	@$(PYTEST) $(LINUX_TESTS) $(PYTEST_ARGS)

.PHONY: check-nested
check-nested: $(LINUX_NEEDS) $(OUT)/build/stock-256k/bios.bin
check-nested: ## assign the IGD of a Linux guest, by its vfio-pci, to a guest inside
	@echo '  booting guests in guests (tests/guests), some 20 seconds each ...'
	@$(PYTEST) tests/guests/test_nested.py $(PYTEST_ARGS)

# --- Intel's VBIOSes -------------------------------------------------------------------------

.PHONY: check-vbios
check-vbios: $(filter %-256k/bios.bin,$(BOTH)) $(MACHINE_NEEDS) $(OUT)/tests/guest/vbe.img
check-vbios: ## run the VBIOSes of VBIOS_CORPUS, and have each set a VBE mode
	@$(if $(VBIOS_CORPUS),,echo '  not tried: VBIOS_CORPUS=DIR names a folder of *.rom'; exit 77)
	@$(PYTEST) tests/guests/test_vbios.py $(PYTEST_ARGS)

# --- Old software ----------------------------------------------------------------------------
# memtest86+ and GRUB as Debian has them, for machines of their own.

OLD := $(CACHE)/old-software
OLD_LIBS := $(OLD)/lib/x86_64-linux-gnu:$(OLD)/usr/lib/x86_64-linux-gnu
GRUB_PC := $(OLD)/usr/lib/grub/i386-pc
GRUB_MODULES := biosdisk memdisk tar normal test true font gfxterm vbe

$(OLD)/.done: | $(CACHE)
	$(call fetch,memtest86+ and GRUB,amd64 memtest86+ grub-common grub-pc-bin libdevmapper1.02.1)

# A disk with GRUB as grub-install lays it out, boot sector first, the core from sector 1 on; its
# files are inside the core.
$(OUT)/tests/guest/grub.img: tests/guests/grub.cfg $(OLD)/.done mk/guests.mk
	@rm -rf $@.d && mkdir -p $@.d/boot/grub
	@cp $< $(OLD)/usr/share/grub/ascii.pf2 $@.d/boot/grub
	@tar -C $@.d -cf $@.tar boot
	@LD_LIBRARY_PATH=$(OLD_LIBS) $(OLD)/usr/bin/grub-mkimage -O i386-pc -d $(GRUB_PC) \
	    -m $@.tar -p '(memdisk)/boot/grub' -o $@.core $(GRUB_MODULES)
	@cat $(GRUB_PC)/boot.img $@.core > $@
	@truncate -s 1M $@

OLD_NEEDS := $(filter %-256k/bios.bin,$(BOTH)) $(MACHINE_NEEDS) \
    $(patsubst %,$(OUT)/tests/guest/%.img,walk grub)

.PHONY: check-old-software
check-old-software: $(OLD_NEEDS) ## run memtest86+, GRUB and a DOS-like walk over memory
	@echo '  booting old software (tests/guests), a minute or so ...'
	@$(PYTEST) tests/guests/test_old_software.py $(PYTEST_ARGS)
