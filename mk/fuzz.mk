# SPDX-License-Identifier: LGPL-3.0-only
# Fuzzing of the library's parsers. Only this needs clang.
# Copyright (C) 2026 The seabios-igd authors

# Each igd_x_fuzz.c with the whole library.
FUZZ := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_CFLAGS := -std=gnu11 -g -O1 $(WARNINGS) -fsanitize=fuzzer,address,undefined \
    -fno-sanitize-recover=all -Isrc/igd
FUZZ_NEEDS := $(wildcard tests/fuzz/*.h) $(LIBRARY) $(LAID) mk/fuzz.mk mk/variables.mk

$(OUT)/fuzz/%: tests/fuzz/%.c $(FUZZ_NEEDS)
	@mkdir -p $(@D)
	@$(STEP) 'building $@' $(LOG)/fuzz.log clang $(FUZZ_CFLAGS) -o $@ $< $(LIBRARY)

.PHONY: check-fuzz
check-fuzz: ## run the fuzz targets on known inputs, and for a minute each on new ones
	@scripts/deps $(LOG)/deps.log fuzz
	@$(MAKE) -s --no-print-directory $(FUZZ)
	@scripts/fuzz $(OUT) $(FUZZ_SECONDS) $(JOBS) $(VBT_CORPUS)

.PHONY: fuzz
fuzz: ## fuzz on and on, until something is found or it is stopped
	@$(MAKE) -s --no-print-directory check-fuzz FUZZ_SECONDS=0
