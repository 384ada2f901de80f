# SPDX-License-Identifier: LGPL-3.0-only
# Machines with the simulated IGD: what they are made of, and the tests that boot them.
# Copyright (C) 2026 The seabios-igd authors

SIM    := $(OUT)/tests/igd-sim.so
GUESTS := $(patsubst %,$(OUT)/tests/guest/%.img,probe reset suspend) $(OUT)/tests/vbios.bin
# What a machine needs besides its firmware.
MACHINE_NEEDS := $(SIM) $(GUESTS) $(VGABIOS)

$(SIM): $(wildcard tests/sim/*.[ch]) | $(LOG)
	@mkdir -p $(@D)
	@$(STEP) 'building the simulated IGD' $(LOG)/sim.log \
	    gcc -std=gnu11 -O2 $(WARNINGS) -fPIC -shared -fvisibility=hidden -o $@ tests/sim/sim_*.c \
	    -lpng

# $(call flat,address): assemble a guest's source to a flat binary that runs at an address.
define flat
@mkdir -p $(@D)
@as --32 -I tests/machine/guest -o $@.o $<
@ld -m elf_i386 -Ttext $(1) --oformat binary -o $@ $@.o
endef

# A disk with a boot sector. AHCI wants whole MiB.
DISK_WITH := $(wildcard tests/machine/guest/*.inc) mk/machines.mk
define disk
$(call flat,0x7c00)
@truncate -s 1M $@
endef
$(OUT)/tests/guest/%.img: tests/machine/guest/%.S $(DISK_WITH)
	$(disk)
$(OUT)/tests/guest/%.img: tests/guests/%.S $(DISK_WITH)
	$(disk)

# The stand-in VBIOS; tests/vbios/vbios_rom.py makes option ROMs of it.
$(OUT)/tests/vbios.bin: tests/vbios/vbios.S tests/machine/guest/debug.inc
	$(call flat,0)

RESETS_TEST := \
    tests/machine/test_again.py::test_the_second_machine_of_a_way_does_so_as_often_as_the_first

.PHONY: check-machine
check-machine: $(BOTH) $(FAILING) $(MACHINE_NEEDS) ## boot the machines of tests/machine
	@echo '  booting the machines of tests/machine, a minute or two ...'
	@$(PYTEST) tests/machine --ignore tests/machine/test_stock.py --deselect $(RESETS_TEST) \
	    $(PYTEST_ARGS)

.PHONY: check-resets
check-resets: $(BOTH) $(MACHINE_NEEDS) ## reset more machines a hundred times
	@$(PYTEST) $(RESETS_TEST) $(PYTEST_ARGS)

STOCK_RESULT := $(abspath $(OUT))/stock-failures.txt
.PHONY: run-stock
run-stock: $(STOCK) $(MACHINE_NEEDS)
	@rm -f $(STOCK_RESULT)
	@IGD_STOCK=$(STOCK_RESULT) $(PYTEST) tests/machine/test_stock.py $(PYTEST_ARGS)

.PHONY: check-stock
check-stock: run-stock ## boot the machines with stock SeaBIOS, and count; README must say so
	@scripts/stock $(STOCK_RESULT)

.PHONY: stock
stock: run-stock ## the same, and write README's count
	@scripts/stock --write $(STOCK_RESULT)

.PHONY: bench
bench: $(BOTH) $(MACHINE_NEEDS) ## count instructions, and exits to QEMU
	@scripts/bench $(OUT)
