# SPDX-License-Identifier: LGPL-3.0-only
# The library alone, for other firmware: the archive, and the headers that igd.h includes.
# Copyright (C) 2026 The seabios-igd authors

LIBRARY     := $(wildcard src/igd/*.c)
LIB_HEADERS := $(patsubst %,$(OUT)/include/%.h,igd igd_env igd_messages igd_regs)

.PHONY: lib
lib: $(OUT)/libigd.a $(LIB_HEADERS) ##! build out/libigd.a and out/include/igd.h for other firmware

# Another CC or AR makes the archive anew. make hands AR to scripts only if a user has set it: its
# own AR is not the compiler's.
$(OUT)/lib.list: FORCE | $(LOG)
	@echo "$(CC) $(AR) $(LIBRARY)" > $@.new; $(KEEP_SAME)

$(OUT)/libigd.a: $(OUT)/lib.list $(LIBRARY) $(wildcard src/igd/*.h) scripts/build-lib
	@CC='$(CC)' $(STEP) 'building $@' $(LOG)/lib.log scripts/build-lib $@ $(LIBRARY)

$(OUT)/include/%.h: src/igd/%.h
	@mkdir -p $(@D)
	@cp $< $@

# The tests also compile it for a third architecture. The packages of that compiler conflict with
# gcc-multilib, so they are only unpacked. Their version is that of the machine's gcc.
CROSS := $(CACHE)/gcc-aarch64
GCC_VERSION = $(shell gcc -dumpversion)
$(CROSS)/.done: | $(CACHE)
	$(call fetch,gcc for aarch64,$$(dpkg --print-architecture) \
	    $(patsubst %,%-aarch64-linux-gnu,binutils gcc cpp-$(GCC_VERSION) gcc-$(GCC_VERSION)) \
	    libgcc-$(GCC_VERSION)-dev-arm64-cross)
