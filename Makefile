# SPDX-License-Identifier: LGPL-3.0-only
# Builds the firmware images, runs a machine, runs the tests. `make help` lists what is usual.
# Copyright (C) 2026 The seabios-igd authors
#
# This file has the variables that people set, and the targets that belong to no topic. The rules
# of each topic are in a file of mk/: the includes below say what is where.
#
# Texts for help stand after ## in the line of a target or variable. `make help-all` prints them
# all, `make help` those that are marked, ##! instead of ##.

VERSION := 0.1 # debian/changelog has it too

SEABIOS_RELEASE ?= $(firstword $(RELEASES)) ##! whose series is applied; see patches/releases
SEABIOS     ?=      ##! a SeaBIOS source tree to build from instead of the release
IGD         ?= y    ##! n: build the same images without the IGD module
VBT_CORPUS  ?=      ## a folder of *.vbt for the tests
VBIOS_CORPUS ?=     ## a folder of Intel's VBIOSes, *.rom, for make check-vbios
OUT         ?= out  ##! where everything that is made goes
CACHE       ?= $(OUT)/cache ##! where what was fetched goes; may serve several OUT
JOBS        ?= $(shell nproc) ##! how many machines the tests start at once
CC          ?= cc   ##! what compiles the library alone: "gcc -m32", aarch64-linux-gnu-gcc
AR          ?= ar   ## its archiver, if it is not the one that the compiler names
FUZZ_SECONDS ?= 60  ## how long make check-fuzz tries new inputs on each target
PREFIX      ?= /usr/local ##! where make install puts it; the GNU names of folders work, too
DESTDIR     ?=      ##! a folder that stands for / while make install runs
PYTEST_ARGS ?=      ##! further arguments for the tests: "-k NAME" runs some
IGD_TEST    ?=      ## the unit test that make check-unit runs alone

include mk/variables.mk # checks of these variables, and what all rules share
include mk/trees.mk     # SeaBIOS's source: fetched, unpacked, with the patches applied
include mk/library.mk   # src/igd alone, for other firmware
include mk/images.mk    # the firmware images, their sizes, and the checks of the build
include mk/machines.mk  # machines with the simulated IGD
include mk/guests.mk    # Linux, guests in guests, Intel's VBIOSes, and old software
include mk/matrix.mk    # other versions of QEMU
include mk/unit.mk      # the library's unit tests, and how good they are
include mk/fuzz.mk      # fuzzing of the library's parsers
include mk/tool.mk      # the host tool, scripts/igd
include mk/docs.mk      # the manual, and the library's interface as HTML
include mk/install.mk   # make install and uninstall
include mk/packages.mk  # releases and packages
include mk/patches.mk   # the series of patches of each SeaBIOS release

.DEFAULT_GOAL := all

.PHONY: all
all: $(IMAGES) ##! build out/seabios.bin and out/seabios-128k.bin

.PHONY: run
run: deps ##! boot a machine with the simulated IGD as its only display, and show it
	@$(MAKE) -s --no-print-directory $(OUT)/seabios.bin $(MACHINE_NEEDS)
	@scripts/run $(OUT)

.PHONY: check
check: deps ##! run the tests that every change must pass, about four minutes
	@$(MAKE) -s --no-print-directory -j$(JOBS) check-unit
	@$(MAKE) -s --no-print-directory check-tool check-docs check-install check-build check-machine

.PHONY: deps
deps: ##! install the Debian packages that are missing
	@scripts/deps $(LOG)/deps.log

.PHONY: clean
clean: ##! remove what was built, keep what was fetched
	@find $(OUT) -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} +

.PHONY: distclean
distclean: ## remove everything that was made
	@rm -rf $(OUT)

# $(call texts,mark,file): the texts of a file's targets.
texts = sed -nE 's/^([a-z0-9-]+):.*$(1) (.*)/  make \1\t\2/p' $(2)

.PHONY: help
help: ## show the usual targets and variables
	@echo 'make [target] [VARIABLE=VALUE ...]'
	@{ echo; $(call texts,##!,$(MAKEFILE_LIST)); \
	    echo; sed -nE 's/^([A-Z_]+) +\?=.*##! (.*)/  \1\t\2/p' Makefile; } | expand -t 26

.PHONY: help-all
help-all: ##! show all targets, by the file that has the rule, and all variables
	@echo 'make [target] [VARIABLE=VALUE ...]'
	@{ printf '\nMakefile: targets that belong to no topic\n'; for file in $(MAKEFILE_LIST); do \
	    sed -nE "s|^include ($$file) *# (.*)|\n\1: \2|p" Makefile; \
	    $(call texts,##!?,$$file); done; \
	    echo; sed -nE 's/^([A-Z_]+) +\?=.*##!? (.*)/  \1\t\2/p' Makefile; } | expand -t 26
