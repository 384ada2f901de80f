# SPDX-License-Identifier: LGPL-3.0-only
# The host tool, scripts/igd.
# Copyright (C) 2026 The seabios-igd authors

# The manual page and the completion are made of its parser.
TOOL_MADE := $(OUT)/tool/igd.1 $(OUT)/tool/igd.bash
$(OUT)/tool/igd.1: MAKES := page
$(OUT)/tool/igd.bash: MAKES := completion
$(TOOL_MADE): scripts/igd_host/cli.py scripts/igd_host/doctor.py scripts/igd_host/manual.py
	@mkdir -p $(@D)
	@cd scripts && $(PYTHON) -B -m igd_host.manual $(MAKES) > $(abspath $@)

# What judges the tool: the firmware's library, and Debian's own tools, which need not be installed.
$(OUT)/tests/libigd.so: tests/tool/library.c $(LIBRARY) $(wildcard src/igd/*.h)
	@mkdir -p $(@D)
	@$(STEP) 'building the library for the tool tests' $(LOG)/libigd-so.log \
	    gcc -std=gnu11 -O1 $(WARNINGS) -fPIC -shared -Isrc/igd -o $@ $(filter %.c,$^)

JUDGES := $(CACHE)/tool-judges
# intel_vbt_decode with what it is linked with; xmllint and libvirt's schemas.
JUDGE_PACKAGES := intel-gpu-tools libcairo2 libdrm2 libdrm-amdgpu1 libdrm-nouveau2 libdw1 libelf1 \
    libfontconfig1 libfreetype6 libexpat1 libbrotli1 libkmod2 libpciaccess0 libproc2-0 libunwind8 \
    libx11-6 libxext6 libxrender1 libxau6 libxdmcp6 libxcb1 libxcb-render0 libxcb-shm0 libbsd0 \
    libmd0 libvirt0 libxml2-utils libxml2 libicu72
$(JUDGES)/.done: | $(CACHE)
	$(call fetch,intel-gpu-tools and libvirt,amd64 $(JUDGE_PACKAGES))

# mandoc judges the manual page.
MANDOC := $(CACHE)/mandoc
$(MANDOC)/.done: | $(CACHE)
	$(call fetch,mandoc,amd64 mandoc)

TOOL_NEEDS := $(OUT)/tests/libigd.so $(JUDGES)/.done $(MANDOC)/.done $(TOOL_MADE) \
    $(OUT)/build/igd-256k/bios.bin $(MACHINE_NEEDS)

.PHONY: check-tool
check-tool: $(TOOL_NEEDS) ## try the host tool, scripts/igd
	@echo '  trying scripts/igd (tests/tool), half a minute or so ...'
	@$(PYTEST) tests/tool $(PYTEST_ARGS)
