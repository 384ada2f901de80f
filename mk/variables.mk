# SPDX-License-Identifier: LGPL-3.0-only
# Checks the variables that people set; has what all rules share.
# Copyright (C) 2026 The seabios-igd authors

# The SeaBIOS releases that have a series of patches.
RELEASES := $(shell awk '!/^\#/ { print $$1 }' patches/releases)

# A failing test prints the command that runs it again: these variables must be in it if they are
# set.
GIVEN := $(strip $(foreach v,SEABIOS_RELEASE SEABIOS VBT_CORPUS VBIOS_CORPUS OUT CACHE,\
    $(if $(filter command environment,$(origin $v)),$v=$(strip $($v)))))

# The spaces before the comments of the Makefile are no part of the values.
$(foreach v,VERSION SEABIOS_RELEASE SEABIOS IGD VBT_CORPUS VBIOS_CORPUS OUT CACHE JOBS \
    FUZZ_SECONDS PREFIX DESTDIR,$(eval override $v := $$(strip $$($v))))

ifeq ($(filter y n,$(IGD)),)
$(error IGD is "$(IGD)", must be y or n)
endif
ifeq ($(filter $(RELEASES),$(SEABIOS_RELEASE)),)
$(error SEABIOS_RELEASE is "$(SEABIOS_RELEASE)", must be one of $(RELEASES))
endif
ifeq ($(SEABIOS_RELEASE)$(SEABIOS),master)
$(error SEABIOS_RELEASE is master, which has no tarball: say where its tree is, SEABIOS=DIR)
endif

# SeaBIOS's own build cannot take spaces in its paths.
$(foreach path,CURDIR SEABIOS OUT VBT_CORPUS VBIOS_CORPUS,$(if $(word 2,$($(path))),\
    $(error $(path) is "$($(path))": paths with spaces do not work, use another folder)))

$(foreach path,SEABIOS VBT_CORPUS VBIOS_CORPUS,$(if $($(path)),$(if $(wildcard $($(path))/.),,\
    $(error $(path) is "$($(path))": there is no such folder))))

SHELL  := /bin/bash
# Debian's own interpreter: it is the one that has Debian's pytest.
PYTHON := /usr/bin/python3
STEP   := scripts/step
LOG    := $(OUT)/log
.DELETE_ON_ERROR:
.SECONDARY:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

$(CACHE) $(LOG):
	@mkdir -p $@

# A target that depends on FORCE is made each time. A recipe that ends with KEEP_SAME writes $@.new
# and leaves $@, and its date, alone if both are the same.
.PHONY: FORCE
KEEP_SAME = cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# $(call fetch,what,architecture and packages): unpack Debian packages where $@ is.
fetch = @$(STEP) 'fetching $(1)' $(LOG)/fetch-$(notdir $(@D)).log scripts/fetch-packages $(@D) $(2)

# Warnings of gcc and clang wherever they compile our code for a test.
WARNINGS := -Wall -Wextra -Werror

# IGD_RERUN: what a failing test names. What tests make in folders of their own is in OUT/<target>.
PYTEST = VBT_CORPUS=$(if $(VBT_CORPUS),$(abspath $(VBT_CORPUS))) \
    VBIOS_CORPUS=$(if $(VBIOS_CORPUS),$(abspath $(VBIOS_CORPUS))) IGD_OUT=$(abspath $(OUT)) \
    IGD_CACHE=$(abspath $(CACHE)) IGD_RERUN='make $@ $(GIVEN)' \
    $(PYTHON) -B -m pytest -p no:cacheprovider -q -n $(JOBS) --basetemp=$(abspath $(OUT))/$@
