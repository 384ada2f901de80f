# SPDX-License-Identifier: LGPL-3.0-only
# The series of patches of each SeaBIOS release.
# Copyright (C) 2026 The seabios-igd authors

# What is made for each release is in out/release/<release>, which is OUT then. HERE lists the
# releases that can be tried: master is one of them if SEABIOS says where its tree is.
HERE := $(filter-out $(if $(SEABIOS),,master),$(RELEASES))
# $(call of,release,files): make these files of out/release/<release>.
of = $(MAKE) -s --no-print-directory SEABIOS_RELEASE=$(1) OUT=$(OUT)/release/$(1) CACHE=$(CACHE) \
    SEABIOS=$(if $(filter master,$(1)),$(SEABIOS)) $(patsubst %,$(OUT)/release/$(1)/%,$(2))

.PHONY: patches $(RELEASES:%=patches-%)
patches: $(HERE:%=patches-%) ##! write series for git am to out/patches/<release>
$(RELEASES:%=patches-%): patches-%: | $(CACHE) $(LOG)
	@$(call of,$*,tree/igd/.done)
	@$(STEP) 'writing $(OUT)/patches/$*' $(LOG)/$@.log \
	    scripts/series whole $(OUT)/release/$*/tree/stock $* $(OUT)/patches/$*

.PHONY: series $(RELEASES:%=series-%)
series: $(HERE:%=series-%) ## write the hooks as patches/ keeps them to out/series/<release>
$(RELEASES:%=series-%): series-%: | $(CACHE) $(LOG)
	@$(call of,$*,tree/igd/.done)
	@$(STEP) 'writing $(OUT)/series/$*' $(LOG)/$@.log \
	    scripts/series hooks $(OUT)/release/$*/tree/stock $* $(OUT)/series/$*

# What make builds of each release for check-patches; the tests build the rest.
CHECKED := tree/igd/.done $(patsubst %,build/%/bios.bin,{igd,plain-noigd,plain-stock}-{256k,128k}) \
    build/igd-coreboot/bios.bin.elf build/igd-csm/Csm16.bin \
    $(MACHINE_NEEDS:$(OUT)/%=%)

.PHONY: check-patches $(RELEASES:%=images-%)
check-patches: deps ## try each release's patches; those for master if SEABIOS=DIR is its tree
	@$(MAKE) -s --no-print-directory patches
	@$(MAKE) -s --no-print-directory -j$(JOBS) $(HERE:%=images-%)
	@$(if $(SEABIOS),,echo '  master: not tried; SEABIOS=DIR names a tree of it')
	@echo '  building after each patch, booting some machines (tests/patches), a minute or two ...'
	@IGD_RELEASES='$(HERE)' $(PYTEST) tests/patches $(PYTEST_ARGS)
$(RELEASES:%=images-%): images-%:
	@$(call of,$*,$(CHECKED))
