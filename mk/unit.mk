# SPDX-License-Identifier: LGPL-3.0-only
# The library's unit tests, and how good they are: coverage and mutants.
# Copyright (C) 2026 The seabios-igd authors

# Each igd_x_test.c with the whole library, for the 32 bits that the firmware has and for 64, under
# UndefinedBehaviorSanitizer, and for 64 under AddressSanitizer: if the kernel runs no 32-bit
# programs, qemu-i386 does; it cannot run those of AddressSanitizer.
UNIT := $(basename $(notdir $(wildcard tests/unit/*_test.c)))
CMOCKA32 := $(CACHE)/cmocka-i386
CMOCKA32_FLAGS := -isystem $(CMOCKA32)/usr/include -L$(CMOCKA32)/usr/lib/i386-linux-gnu \
    -Wl,-rpath,$(abspath $(CMOCKA32))/usr/lib/i386-linux-gnu
UNIT_CFLAGS := -std=gnu11 -g -O1 $(WARNINGS) -fsanitize=undefined -fsanitize=address \
    -fno-sanitize-recover=all -Isrc/igd -Itests/unit
UNIT_CFLAGS_32 := $(filter-out %=address,$(UNIT_CFLAGS))

$(CMOCKA32)/.done: | $(CACHE)
	$(call fetch,cmocka for i386,i386 libcmocka0 libcmocka-dev)

# The library is compiled once for all of them. Nothing here is a step: make runs them at once.
UNIT_NEEDS := $(wildcard src/igd/*.h tests/unit/*.h) mk/unit.mk mk/variables.mk
OBJECTS := $(LIBRARY:src/igd/%.c=%.o)
$(OUT)/tests/unit-m64/%.o: src/igd/%.c $(UNIT_NEEDS)
	@mkdir -p $(@D)
	@gcc -m64 $(UNIT_CFLAGS) -c -o $@ $<
$(OUT)/tests/unit-m32/%.o: src/igd/%.c $(UNIT_NEEDS)
	@mkdir -p $(@D)
	@gcc -m32 $(UNIT_CFLAGS_32) -c -o $@ $<
$(OUT)/tests/unit-m64/%: tests/unit/%.c $(OBJECTS:%=$(OUT)/tests/unit-m64/%) $(UNIT_NEEDS)
	@echo '  building $@ ...'
	@gcc -m64 $(UNIT_CFLAGS) -o $@ $(filter %.c %.o,$^) -lcmocka
$(OUT)/tests/unit-m32/%: tests/unit/%.c $(OBJECTS:%=$(OUT)/tests/unit-m32/%) $(UNIT_NEEDS) \
    $(CMOCKA32)/.done
	@echo '  building $@ ...'
	@gcc -m32 $(UNIT_CFLAGS_32) -o $@ $(filter %.c %.o,$^) $(CMOCKA32_FLAGS) -lcmocka

.PHONY: check-unit check-unit-m64 check-unit-m32
check-unit: check-unit-m64 check-unit-m32 ## run the library's unit tests
check-unit-m64 check-unit-m32: check-unit-%: $(addprefix $(OUT)/tests/unit-%/,$(UNIT))
	@IGD_TEST='$(IGD_TEST)' IGD_RERUN='make $@ $(GIVEN)' scripts/unit-tests $^

.PHONY: coverage
coverage: ## print how much of the library the unit tests run
	@scripts/coverage $(OUT)/coverage $(filter-out -O% -fsanitize% -fno-sanitize%,$(UNIT_CFLAGS))

.PHONY: mutants
mutants: ## put faults into the library, one at a time: a unit test must catch each
	@scripts/mutants $(OUT)/mutants $(JOBS) $(UNIT_CFLAGS)
