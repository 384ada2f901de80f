# SPDX-License-Identifier: LGPL-3.0-only
# The firmware images, their sizes, and the checks of the build.
# Copyright (C) 2026 The seabios-igd authors

# build/<variant>-<image>: variant igd, noigd (the patched tree with IGD=n) or stock; plain-noigd
# and plain-stock are for comparison.

# Debian's configuration of each image (debian/rules of its seabios package). A release may need
# more for the small one.
CONFIG_256k := QEMU=y ROM_SIZE=256
CONFIG_128k := QEMU=y ROM_SIZE=128 PVSCSI=n ATA_DMA=n BOOTSPLASH=n XEN=n USB_OHCI=n USB_XHCI=n \
    USB_UAS=n SDCARD=n TCGBIOS=n MPT_SCSI=n ESP_SCSI=n MEGASAS=n NVME=n USE_SMM=n VGAHOOKS=n \
    HOST_BIOS_GEOMETRY=n ACPI_PARSE=n LSI_SCSI=n DEBUG_IO=n \
    $(shell awk '$$1 == "$(SEABIOS_RELEASE)" { $$1 = $$2 = ""; print }' patches/releases)
# A plain VGA BIOS with a given device id, as the simulated IGD's option ROM.
CONFIG_vgabios = QEMU=y BUILD_VGABIOS=y VGA_STANDARD_VGA=y VGA_PCI=y OVERRIDE_PCI_ID=y \
    VGA_VID=0x8086 VGA_DID=0x$*

# $(call build,configuration): compile the image $@ in the tree that is the first prerequisite.
build = @$(STEP) 'building $(@D)' $(LOG)/build-$(notdir $(@D)).log \
    scripts/build-image $(<D) $(@D) '$(1)' $(@F)
BUILD_WITH := scripts/build-image mk/images.mk patches/releases

$(OUT)/build/igd-%/bios.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*) IGD=y)
$(OUT)/build/noigd-%/bios.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*) IGD=n)
$(OUT)/build/stock-%/bios.bin: $(OUT)/tree/stock/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*))
$(OUT)/build/plain-noigd-%/bios.bin: $(OUT)/tree/plain-igd/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*) IGD=n)
$(OUT)/build/plain-stock-%/bios.bin: $(OUT)/tree/plain-stock/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*))
$(OUT)/build/fail-igd-%/bios.bin: $(OUT)/tree/fail-igd/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*) IGD=y)
$(OUT)/build/fail-stock-%/bios.bin: $(OUT)/tree/fail-stock/.done $(BUILD_WITH)
	$(call build,$(CONFIG_$*))
$(OUT)/build/vgabios-%/vgabios.bin: $(OUT)/tree/stock/.done $(BUILD_WITH)
	$(call build,$(CONFIG_vgabios))

# Other machines that SeaBIOS can be built for, which do not have the module.
$(OUT)/build/igd-coreboot/bios.bin.elf: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,COREBOOT=y)
$(OUT)/build/igd-csm/Csm16.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,CSM=y)

# The images that the tests boot and compare.
STOCK   := $(patsubst %,$(OUT)/build/stock-%/bios.bin,256k 128k)
BOTH    := $(patsubst %,$(OUT)/build/igd-%/bios.bin,256k 128k) $(STOCK)
PLAIN   := $(patsubst %,$(OUT)/build/plain-%/bios.bin,noigd-256k noigd-128k stock-256k stock-128k)
FAILING := $(patsubst %,$(OUT)/build/fail-%-256k/bios.bin,igd stock)
VGABIOS := $(OUT)/build/vgabios-3e92/vgabios.bin

# What make all makes. cmp compares them, as dates do not tell IGD=n after IGD=y.
IMAGES  := $(OUT)/seabios.bin $(OUT)/seabios-128k.bin
VARIANT := $(if $(filter y,$(IGD)),igd,noigd)
$(OUT)/seabios.bin: $(OUT)/build/$(VARIANT)-256k/bios.bin FORCE
$(OUT)/seabios-128k.bin: $(OUT)/build/$(VARIANT)-128k/bios.bin FORCE
$(IMAGES):
	@cmp -s $< $@ || { cp $< $@ && echo '$@'; }

.PHONY: size
size: $(BOTH) ##! print the bytes that the images use
	@scripts/size $(OUT)

.PHONY: check-build
check-build: $(BOTH) $(PLAIN) $(CROSS)/.done ## check the build, the house style, the images' sizes
	@echo '  building SeaBIOS in several ways (tests/build), a minute or two ...'
	@$(PYTEST) tests/build $(PYTEST_ARGS)
