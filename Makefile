# SPDX-License-Identifier: LGPL-3.0-only
# Builds the firmware images, runs a machine, runs the tests. `make help` lists the targets.
# Copyright (C) 2026 The seabios-igd authors

VERSION := 0.1 # debian/changelog has it too

# The SeaBIOS releases that have a series of patches.
RELEASES := $(shell awk '!/^\#/ { print $$1 }' patches/releases)

# What a user may set on the command line.
SEABIOS_RELEASE ?= $(firstword $(RELEASES)) # whose series is applied; patches/releases lists them
SEABIOS     ?=      # a SeaBIOS source tree to build from instead of the release
IGD         ?= y    # n: build the same images without the IGD module
VBT_CORPUS  ?=      # a folder of *.vbt for the tests
OUT         ?= out  # where everything that is made goes
CACHE       ?= $(OUT)/cache # where what was fetched goes; may serve several OUT
JOBS        ?= $(shell nproc) # how many machines the tests start at once
CC          ?= cc   # what compiles the library alone: "gcc -m32", aarch64-linux-gnu-gcc
AR          ?= ar   # its archiver, if it is not the one that the compiler names
FUZZ_SECONDS ?= 60  # how long make check-fuzz tries new inputs on each target
PREFIX      ?= /usr/local # where make install puts it; the GNU names of folders work, too
DESTDIR     ?=      # a folder that stands for / while make install runs
PYTEST_ARGS ?=      # further arguments for the tests: "-k NAME" runs some
IGD_TEST    ?=      # the unit test that make check-unit runs alone

# Those that a failing test has to name so that what it prints runs it again.
GIVEN := $(strip $(foreach v,SEABIOS_RELEASE SEABIOS VBT_CORPUS OUT CACHE,\
    $(if $(filter command environment,$(origin $v)),$v=$(strip $($v)))))

VERSION := $(strip $(VERSION))
override SEABIOS_RELEASE := $(strip $(SEABIOS_RELEASE))
override SEABIOS := $(strip $(SEABIOS))
override IGD := $(strip $(IGD))
override OUT := $(strip $(OUT))
override CACHE := $(strip $(CACHE))
override JOBS := $(strip $(JOBS))
override FUZZ_SECONDS := $(strip $(FUZZ_SECONDS))
override VBT_CORPUS := $(strip $(VBT_CORPUS))
override PREFIX := $(strip $(PREFIX))
override DESTDIR := $(strip $(DESTDIR))
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
$(foreach path,CURDIR SEABIOS OUT VBT_CORPUS,$(if $(word 2,$($(path))),\
    $(error $(path) is "$($(path))": paths with spaces do not work, use another folder)))

$(foreach path,SEABIOS VBT_CORPUS,$(if $($(path)),$(if $(wildcard $($(path))/.),,\
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

IMAGES := $(OUT)/seabios.bin $(OUT)/seabios-128k.bin

.PHONY: all
all: $(IMAGES) ## build out/seabios.bin and out/seabios-128k.bin

.PHONY: help
help: ## show this list
	@echo 'make [target] [VARIABLE=VALUE ...]'
	@sed -nE 's/^([A-Z_]+) +\?= *[^#]*# (.*)/  \1\t\2/p' Makefile | expand -t 26
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 26

.PHONY: deps
deps: ## install the Debian packages that are missing
	@scripts/deps $(LOG)/deps.log

# --- SeaBIOS trees ---------------------------------------------------------------------------
# tree/stock is the release as it is, tree/igd has src/ laid into src/fw/ and the series applied.

SERIES  := $(wildcard patches/$(SEABIOS_RELEASE)/*)
SHA256  := $(shell awk '$$1 == "$(SEABIOS_RELEASE)" { print $$2 }' patches/releases)
MORE_128k := $(shell awk '$$1 == "$(SEABIOS_RELEASE)" { $$1 = $$2 = ""; print }' patches/releases)
LIBRARY := $(wildcard src/igd/*.c)
LAID    := $(wildcard src/igd/*.[ch] src/seabios/*.[ch])
# What make dist makes has it inside.
ORIG    := seabios_$(SEABIOS_RELEASE).orig.tar.gz
TARBALL := $(or $(wildcard $(ORIG)),$(CACHE)/$(ORIG))

$(CACHE)/$(ORIG): | $(CACHE)
	@$(STEP) 'fetching SeaBIOS $(SEABIOS_RELEASE) (Debian source package)' $(LOG)/fetch.log \
	    scripts/fetch-seabios $(SEABIOS_RELEASE) $@

$(CACHE) $(LOG):
	@mkdir -p $@

# What a tree is made of, as a list: a file that is gone, an older one in its place or another
# SEABIOS= make it anew as well as a newer file does. The list is only written when it changes.
KEEP_SAME = cmp -s $@.new $@ && rm $@.new || mv $@.new $@
$(OUT)/stock.list: FORCE | $(LOG)
	@$(if $(SEABIOS),find -L $(abspath $(SEABIOS)) -name .git -prune -o -type f -printf '%p %s %T@\n' \
	    | sort,echo $(notdir $(TARBALL))) > $@.new; $(KEEP_SAME)
$(OUT)/igd.list: FORCE | $(LOG)
	@echo '$(LAID) $(SERIES)' > $@.new; $(KEEP_SAME)

$(OUT)/tree/stock/.done: $(OUT)/stock.list $(if $(SEABIOS),,$(TARBALL)) scripts/lay | $(LOG)
	@$(STEP) 'unpacking SeaBIOS' $(LOG)/unpack.log \
	    scripts/lay stock $(or $(SEABIOS),$(TARBALL) $(SHA256)) $(@D)

$(OUT)/tree/igd/.done: $(OUT)/tree/stock/.done $(OUT)/igd.list $(LAID) $(SERIES) Kconfig scripts/lay
	@$(STEP) 'laying in src/ and applying patches/$(SEABIOS_RELEASE)' $(LOG)/patch.log \
	    scripts/lay igd $(OUT)/tree/stock $(@D) patches/$(SEABIOS_RELEASE)

# tree/fail-igd and tree/fail-stock are the same with an allocator that tests let fail.
FAIL_ALLOC := tests/machine/fail-alloc.diff
$(OUT)/tree/fail-%/.done: $(OUT)/tree/%/.done $(FAIL_ALLOC)
	@rm -rf $(@D)
	@cp -a $(<D) $(@D)
	@$(STEP) 'applying $(FAIL_ALLOC) to tree/$*' $(LOG)/patch-fail-$*.log \
	    patch -d $(@D) -p1 --fuzz=0 --no-backup-if-mismatch -i $(abspath $(FAIL_ALLOC))
	@touch $@

# --- Images ----------------------------------------------------------------------------------
# build/<variant>-<image>: variant igd, noigd (the patched tree with IGD=n) or stock.

# Debian's configuration of each image (debian/rules of its seabios package).
CONFIG_256k := QEMU=y ROM_SIZE=256
CONFIG_128k := QEMU=y ROM_SIZE=128 PVSCSI=n ATA_DMA=n BOOTSPLASH=n XEN=n USB_OHCI=n USB_XHCI=n \
    USB_UAS=n SDCARD=n TCGBIOS=n MPT_SCSI=n ESP_SCSI=n MEGASAS=n NVME=n USE_SMM=n VGAHOOKS=n \
    HOST_BIOS_GEOMETRY=n ACPI_PARSE=n LSI_SCSI=n DEBUG_IO=n $(MORE_128k)
# A plain VGA BIOS with a given device id, as the simulated IGD's option ROM.
CONFIG_vgabios = QEMU=y BUILD_VGABIOS=y VGA_STANDARD_VGA=y VGA_PCI=y OVERRIDE_PCI_ID=y \
    VGA_VID=0x8086 VGA_DID=0x$*

BUILD_WITH := scripts/build-image Makefile patches/releases
# $(call build,tree,folder,configuration,file): compile one image. EXTRAVERSION names the
# distributor; without it SeaBIOS puts time and host name into the image.
define build
@$(STEP) 'building $(2)' $(LOG)/build-$(notdir $(2)).log \
    scripts/build-image $(OUT)/tree/$(1) $(2) '$(3)' $(4)
endef

$(OUT)/build/igd-%/bios.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,igd,$(@D),$(CONFIG_$*) IGD=y,bios.bin)

$(OUT)/build/noigd-%/bios.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,igd,$(@D),$(CONFIG_$*) IGD=n,bios.bin)

$(OUT)/build/stock-%/bios.bin: $(OUT)/tree/stock/.done $(BUILD_WITH)
	$(call build,stock,$(@D),$(CONFIG_$*),bios.bin)

$(OUT)/build/fail-igd-%/bios.bin: $(OUT)/tree/fail-igd/.done $(BUILD_WITH)
	$(call build,fail-igd,$(@D),$(CONFIG_$*) IGD=y,bios.bin)

$(OUT)/build/fail-stock-%/bios.bin: $(OUT)/tree/fail-stock/.done $(BUILD_WITH)
	$(call build,fail-stock,$(@D),$(CONFIG_$*),bios.bin)

$(OUT)/build/vgabios-%/vgabios.bin: $(OUT)/tree/stock/.done $(BUILD_WITH)
	$(call build,stock,$(@D),$(CONFIG_vgabios),vgabios.bin)

# The other machines that SeaBIOS can be built for; the module is for QEMU.
$(OUT)/build/igd-coreboot/bios.bin.elf: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,igd,$(@D),COREBOOT=y,$(@F))

$(OUT)/build/igd-csm/Csm16.bin: $(OUT)/tree/igd/.done $(BUILD_WITH)
	$(call build,igd,$(@D),CSM=y,$(@F))

VARIANT := $(if $(filter y,$(IGD)),igd,noigd)

# Compared, not only dated: IGD=n after IGD=y must bring the other image.
.PHONY: FORCE
$(OUT)/seabios.bin: $(OUT)/build/$(VARIANT)-256k/bios.bin FORCE
	@cmp -s $< $@ || { cp $< $@ && echo '$@'; }
$(OUT)/seabios-128k.bin: $(OUT)/build/$(VARIANT)-128k/bios.bin FORCE
	@cmp -s $< $@ || { cp $< $@ && echo '$@'; }

# --- Patches ---------------------------------------------------------------------------------
# Of each release out/release/<release> is what OUT is of the one that is built. master is among
# them if SEABIOS says where its tree is.

HERE := $(filter-out $(if $(SEABIOS),,master),$(RELEASES))
# $(call of,release,targets): make of these targets, with that release.
of = $(MAKE) -s --no-print-directory SEABIOS_RELEASE=$(1) OUT=$(OUT)/release/$(1) CACHE=$(CACHE) \
    SEABIOS=$(if $(filter master,$(1)),$(SEABIOS)) $(patsubst %,$(OUT)/release/$(1)/%,$(2))

.PHONY: patches $(RELEASES:%=patches-%)
patches: $(HERE:%=patches-%) ## write series for git am to out/patches/<release>
$(RELEASES:%=patches-%): patches-%: | $(CACHE) $(LOG)
	@$(call of,$*,tree/stock/.done)
	@$(STEP) 'writing $(OUT)/patches/$*' $(LOG)/$@.log \
	    scripts/series whole $(OUT)/release/$*/tree/stock patches/$* $(OUT)/patches/$*

.PHONY: series $(RELEASES:%=series-%)
series: $(HERE:%=series-%) ## after a change to the first release's patches, write the others anew
$(RELEASES:%=series-%): series-%: | $(CACHE) $(LOG)
	@$(call of,$*,tree/stock/.done)
	@$(STEP) 'writing patches/$*' $(LOG)/$@.log \
	    scripts/series hooks $(OUT)/release/$*/tree/stock patches/$(firstword $(RELEASES)) patches/$*

# --- The library alone -----------------------------------------------------------------------
# For other firmware: the archive, the headers that igd.h includes, and their rendering.

LIB_HEADERS := $(patsubst %,$(OUT)/include/%.h,igd igd_env igd_regs)

# Another compiler makes the archive anew. Of CC and AR, make itself hands those to scripts that a
# user has set; its own AR is not the compiler's.
$(OUT)/lib.list: FORCE | $(LOG)
	@echo "$(CC) $(AR) $(LIBRARY)" > $@.new; $(KEEP_SAME)

$(OUT)/libigd.a: $(OUT)/lib.list $(LIBRARY) $(wildcard src/igd/*.h) scripts/build-lib
	@CC='$(CC)' $(STEP) 'building $@' $(LOG)/lib.log scripts/build-lib $@ $(LIBRARY)

$(OUT)/include/%.h: src/igd/%.h
	@mkdir -p $(@D)
	@cp $< $@

.PHONY: lib
lib: $(OUT)/libigd.a $(LIB_HEADERS) ## build out/libigd.a and out/include/igd.h for other firmware

.PHONY: doc
doc: ## render the library's interface: out/doc/igd_8h.html
	@mkdir -p $(OUT)/doc
	@IGD_DOC=$(OUT)/doc $(STEP) 'rendering $(OUT)/doc/igd_8h.html' $(LOG)/doc.log doxygen docs/Doxyfile

# --- Installing --------------------------------------------------------------------------------
# https://www.gnu.org/prep/standards/html_node/Directory-Variables.html

prefix      = $(PREFIX)
exec_prefix = $(prefix)
bindir      = $(exec_prefix)/bin
datarootdir = $(prefix)/share
datadir     = $(datarootdir)
mandir      = $(datarootdir)/man
docdir      = $(datarootdir)/doc/seabios-igd
# Ours; scripts/igd looks for its modules in bindir/../share.
pkgdatadir  = $(datadir)/seabios-igd
moduledir   = $(pkgdatadir)/igd_host
# Where bash-completion looks, its README says.
completionsdir = $(datadir)/bash-completion/completions
# XDG_DATA_DIRS/qemu/firmware, as QEMU's docs/interop/firmware.json has it.
firmwaredir = $(datadir)/qemu/firmware
INSTALL         = install
INSTALL_PROGRAM = $(INSTALL)
INSTALL_DATA    = $(INSTALL) -m 644

PACKAGING := $(OUT)/packaging
# Files made of a template, $@.in; they know where things get installed.
FILLED := $(PACKAGING)/80-seabios-igd.json $(PACKAGING)/seabios-igd.7
$(FILLED) $(PACKAGING)/seabios-igd.spec $(PACKAGING)/PKGBUILD: $(PACKAGING)/%: packaging/%.in FORCE
	@mkdir -p $(@D)
	@sed -e 's|@VERSION@|$(VERSION)|g' -e 's|@SEABIOS_RELEASE@|$(SEABIOS_RELEASE)|g' \
	    -e 's|@pkgdatadir@|$(pkgdatadir)|g' -e 's|@docdir@|$(docdir)|g' \
	    -e 's|@SHA256@|$(DIST_SHA256)|g' $< > $@.new; $(KEEP_SAME)

# The host tool's manual page and completion are made of its parser.
TOOL_MADE := $(OUT)/tool/igd.1 $(OUT)/tool/igd.bash
$(OUT)/tool/igd.1: MAKES := page
$(OUT)/tool/igd.bash: MAKES := completion
$(TOOL_MADE): scripts/igd_host/cli.py scripts/igd_host/doctor.py scripts/igd_host/manual.py
	@mkdir -p $(@D)
	@cd scripts && $(PYTHON) -B -m igd_host.manual $(MAKES) > $(abspath $@)

# The page names the image by where it gets installed.
$(PACKAGING)/igd.1: $(OUT)/tool/igd.1 FORCE
	@mkdir -p $(@D)
	@sed 's|/usr/share/seabios.-igd|$(subst -,\\-,$(pkgdatadir))|g' $< > $@.new; $(KEEP_SAME)

MODULES := $(wildcard scripts/igd_host/*.py) src/igd/igd_texts.txt
# $(call put,command,FILE...,folder[,name]) is what install does; of the same lines uninstall
# makes the names to remove.
TO_INSTALL = \
    $(call put,$(INSTALL_PROGRAM),scripts/igd,$(bindir)) \
    $(call put,$(INSTALL_DATA),$(MODULES),$(moduledir)) \
    $(call put,$(INSTALL_DATA),$(IMAGES),$(pkgdatadir)) \
    $(call put,$(INSTALL_DATA),$(PACKAGING)/80-seabios-igd.json,$(firmwaredir)) \
    $(call put,$(INSTALL_DATA),$(PACKAGING)/igd.1,$(mandir)/man1) \
    $(call put,$(INSTALL_DATA),$(PACKAGING)/seabios-igd.7,$(mandir)/man7) \
    $(call put,$(INSTALL_DATA),$(OUT)/tool/igd.bash,$(completionsdir),igd) \
    $(call put,$(INSTALL_DATA),README.md,$(docdir)) \
    $(call put,$(INSTALL_DATA),$(wildcard docs/*.md docs/*.png),$(docdir)/docs)

.PHONY: install
install: put = $(INSTALL) -d '$(DESTDIR)$(3)' && $(1) $(2) '$(DESTDIR)$(3)$(4:%=/%)' &&
install: $(IMAGES) $(FILLED) $(PACKAGING)/igd.1 $(TOOL_MADE) ## install everything under PREFIX
	@$(TO_INSTALL) :

# Folders that are ours alone go with the files.
.PHONY: uninstall
uninstall: put = $(patsubst %,'$(DESTDIR)$(3)/%',$(or $(4),$(notdir $(2))))
uninstall: ## remove what make install with the same variables has put there
	@rm -f $(TO_INSTALL)
	@for folder in '$(DESTDIR)$(moduledir)' '$(DESTDIR)$(pkgdatadir)' \
	    '$(DESTDIR)$(docdir)/docs' '$(DESTDIR)$(docdir)'; do \
	    [ ! -d "$$folder" ] || rmdir --ignore-fail-on-non-empty "$$folder"; done

# --- Packages ------------------------------------------------------------------------------------

# What is unpacked of a release is built with nothing set.
FIRST    := $(firstword $(RELEASES))
RELEASED = $(if $(SEABIOS)$(filter-out $(FIRST),$(SEABIOS_RELEASE)),$(error \
    $@ has SeaBIOS $(FIRST): leave out SEABIOS and SEABIOS_RELEASE))

DIST := $(OUT)/seabios-igd-$(VERSION).tar.gz
.PHONY: dist
dist: $(DIST) ## write a release, out/seabios-igd-VERSION.tar.gz; it builds without network
$(DIST): $(TARBALL) FORCE
	@$(RELEASED)$(STEP) 'writing $@' $(LOG)/dist.log scripts/dist $@ seabios-igd-$(VERSION) $(TARBALL)

.PHONY: deb
deb: $(TARBALL) ## build the Debian package and its source package in out/deb
	@$(RELEASED)scripts/deps $(LOG)/deps.log deb
	@$(STEP) 'building the Debian package' $(LOG)/deb.log \
	    scripts/build-deb $(OUT)/deb $(VERSION) $(TARBALL)
	@$(STEP) 'checking it with lintian' $(LOG)/lintian.log \
	    lintian --allow-root --fail-on error,warning $(OUT)/deb/seabios-igd_$(VERSION)-*.changes
	@ls $(OUT)/deb/*.deb

.PHONY: rpm-spec
rpm-spec: $(PACKAGING)/seabios-igd.spec ## write out/packaging/seabios-igd.spec
	@echo '$<'

# The release's sha256 is in it, so that is made first.
.PHONY: pkgbuild
pkgbuild: $(PACKAGING)/PKGBUILD ## write out/packaging/PKGBUILD, for Arch Linux
	@echo '$<'
$(PACKAGING)/PKGBUILD: $(DIST)
$(PACKAGING)/PKGBUILD: DIST_SHA256 = $(firstword $(shell sha256sum $(DIST)))

# --- Tests -----------------------------------------------------------------------------------

SIM    := $(OUT)/tests/igd-sim.so
GUESTS := $(patsubst %,$(OUT)/tests/guest/%.img,probe reset suspend) $(OUT)/tests/vbios.bin
VGABIOS := $(OUT)/build/vgabios-3e92/vgabios.bin
STOCK  := $(OUT)/build/stock-256k/bios.bin $(OUT)/build/stock-128k/bios.bin
BOTH   := $(OUT)/build/igd-256k/bios.bin $(OUT)/build/igd-128k/bios.bin $(STOCK)
FAILING := $(OUT)/build/fail-igd-256k/bios.bin $(OUT)/build/fail-stock-256k/bios.bin
WARNINGS := -Wall -Wextra -Werror

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
$(OUT)/tests/guest/%.img: tests/machine/guest/%.S $(wildcard tests/machine/guest/*.inc) Makefile
	$(call flat,0x7c00)
	@truncate -s 1M $@

$(OUT)/tests/guest/%.img: tests/guests/%.S $(wildcard tests/machine/guest/*.inc) Makefile
	$(call flat,0x7c00)
	@truncate -s 1M $@

# The stand-in VBIOS; tests/vbios/vbios_rom.py makes option ROMs of it.
$(OUT)/tests/vbios.bin: tests/vbios/vbios.S tests/machine/guest/debug.inc
	$(call flat,0)

# Unit tests: each igd_x_test.c with the whole library, for the 32 bits that the firmware has
# and for 64, under UndefinedBehaviorSanitizer, and for 64 under AddressSanitizer: where the kernel
# runs no 32-bit programs qemu-i386 does, but not those of AddressSanitizer.
UNIT := $(basename $(notdir $(wildcard tests/unit/*_test.c)))
CMOCKA32 := $(CACHE)/cmocka-i386
CMOCKA32_FLAGS := -isystem $(CMOCKA32)/usr/include -L$(CMOCKA32)/usr/lib/i386-linux-gnu \
    -Wl,-rpath,$(abspath $(CMOCKA32))/usr/lib/i386-linux-gnu
UNIT_CFLAGS := -std=gnu11 -g -O1 $(WARNINGS) -fsanitize=undefined -fsanitize=address \
    -fno-sanitize-recover=all -Isrc/igd -Itests/unit
UNIT_CFLAGS_32 := $(filter-out %=address,$(UNIT_CFLAGS))

$(CMOCKA32)/.done: | $(CACHE)
	@$(STEP) 'fetching cmocka for i386' $(LOG)/fetch-cmocka.log \
	    scripts/fetch-packages $(@D) i386 libcmocka0 libcmocka-dev

# The library is compiled once for all of them. Nothing here is a step: make runs them at once.
UNIT_NEEDS := $(wildcard src/igd/*.h tests/unit/*.h) Makefile
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

.PHONY: texts
texts: ## pack the log's texts after a change to src/igd/igd_texts.txt
	@scripts/texts

.PHONY: coverage
coverage: ## print how much of the library the unit tests run
	@scripts/coverage $(OUT)/coverage $(filter-out -O% -fsanitize% -fno-sanitize%,$(UNIT_CFLAGS))

.PHONY: mutants
mutants: ## put faults into the library, one at a time: a unit test must catch each
	@scripts/mutants $(OUT)/mutants $(JOBS) $(UNIT_CFLAGS)

# Fuzz targets: each igd_x_fuzz.c with the whole library. Only they need clang.
FUZZ := $(patsubst tests/fuzz/%.c,$(OUT)/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_CFLAGS := -std=gnu11 -g -O1 $(WARNINGS) -fsanitize=fuzzer,address,undefined \
    -fno-sanitize-recover=all -Isrc/igd

$(OUT)/fuzz/%: tests/fuzz/%.c $(wildcard tests/fuzz/*.h) $(LIBRARY) $(LAID) Makefile
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

# IGD_RERUN: what a failing test names. What tests make in folders of their own is in OUT/<target>.
PYTEST = VBT_CORPUS=$(if $(VBT_CORPUS),$(abspath $(VBT_CORPUS))) IGD_OUT=$(abspath $(OUT)) \
    IGD_CACHE=$(abspath $(CACHE)) IGD_RERUN='make $@ $(GIVEN)' \
    $(PYTHON) -B -m pytest -p no:cacheprovider -q -n $(JOBS) --basetemp=$(abspath $(OUT))/$@

.PHONY: run
run: deps ## boot a machine with the simulated IGD as its only display, and show it
	@$(MAKE) -s --no-print-directory $(OUT)/seabios.bin $(SIM) $(GUESTS) $(VGABIOS)
	@scripts/run $(OUT)

.PHONY: check
check: deps ## run all tests
	@$(MAKE) -s --no-print-directory -j$(JOBS) check-unit
	@$(MAKE) -s --no-print-directory check-tool check-docs check-install check-build check-machine

.PHONY: bench
bench: $(BOTH) $(SIM) $(GUESTS) $(VGABIOS) ## count instructions, and exits to QEMU
	@scripts/bench $(OUT)

.PHONY: size
size: $(BOTH) ## print the bytes that the images use
	@scripts/size $(OUT)

.PHONY: check-machine
check-machine: $(BOTH) $(FAILING) $(SIM) $(GUESTS) $(VGABIOS) ## boot the machines of machines.cfg
	@echo '  booting the machines of tests/machine, a minute or two ...'
	@$(PYTEST) tests/machine --deselect $(STOCK_TEST) --deselect $(RESETS_TEST) $(PYTEST_ARGS)

RESETS_TEST := \
    tests/machine/test_again.py::test_the_second_machine_of_a_way_does_so_as_often_as_the_first
.PHONY: check-resets
check-resets: $(BOTH) $(SIM) $(GUESTS) $(VGABIOS) ## reset more machines a hundred times
	@$(PYTEST) $(RESETS_TEST) $(PYTEST_ARGS)

STOCK_TEST := tests/machine/test_machines.py::test_stock_seabios_fails_as_recorded
.PHONY: check-stock
check-stock: $(STOCK) $(SIM) $(GUESTS) $(VGABIOS) ## boot them with stock SeaBIOS, for comparison
	@$(PYTEST) $(STOCK_TEST) $(PYTEST_ARGS)

# --- Other QEMUs ------------------------------------------------------------------------------
# The machine's own QEMU, Debian 13's and that of its backports. Their roots are in CACHE.

$(CACHE)/qemu-10.0/.done: | $(CACHE)
	@$(STEP) 'making a Debian 13 root with QEMU 10.0' $(LOG)/qemu-10.0.log \
	    scripts/qemu-root $(@D) trixie
$(CACHE)/qemu-11.1/.done: $(CACHE)/qemu-10.0/.done
	@$(STEP) 'making one with QEMU 11.1 from backports' $(LOG)/qemu-11.1.log \
	    scripts/qemu-root $(@D) trixie-backports $(<D)

QEMUS  := own qemu-10.0 qemu-11.1
MATRIX := $(QEMUS:%=$(OUT)/matrix/%.json)

.PHONY: run-matrix
run-matrix: $(BOTH) $(SIM) $(GUESTS) $(VGABIOS)
	@scripts/deps $(LOG)/deps.log matrix
	@$(MAKE) -s --no-print-directory $(CACHE)/qemu-11.1/.done
	@rm -rf $(OUT)/matrix && mkdir -p $(OUT)/matrix
	@for result in $(MATRIX); do \
	    qemu=$$(basename $$result .json); echo "  booting the machines under QEMU ($$qemu) ..."; \
	    [ $$qemu = own ] || export QEMU=$(abspath $(CACHE))/$$qemu/qemu; \
	    IGD_MATRIX=$(abspath $(OUT))/matrix/$$qemu.json $(PYTEST) $(PYTEST_ARGS) \
	        tests/machine/test_machines.py::test_machine || exit; done

.PHONY: check-matrix
check-matrix: run-matrix ## boot the machines under QEMU 7.2, 10.0 and 11.1; README must say so
	@scripts/matrix $(MATRIX)

.PHONY: matrix
matrix: run-matrix ## the same, and write README's table of it
	@scripts/matrix --write $(MATRIX)

# --- Linux guests ----------------------------------------------------------------------------
# linux-<name>: Debian's kernel of a suite, unpacked. Guests are PCs, whatever the machine is.

LINUX_SUITE_12           := bookworm
LINUX_SUITE_13-backports := trixie-backports
LINUX := $(patsubst %,$(CACHE)/linux-%/.done,12 13-backports)
BUSYBOX := $(CACHE)/busybox/.done

$(CACHE)/linux-%/.done: | $(CACHE)
	@$(STEP) 'fetching the kernel of Debian $*, 70 to 120 MB' $(LOG)/fetch-linux-$*.log \
	    scripts/fetch-packages $(@D) amd64/$(LINUX_SUITE_$*) @linux-image-amd64
$(BUSYBOX): | $(CACHE)
	@$(STEP) 'fetching busybox' $(LOG)/fetch-busybox.log \
	    scripts/fetch-packages $(@D) amd64 busybox-static

LINUX_NEEDS := $(OUT)/build/igd-256k/bios.bin $(SIM) $(GUESTS) $(VGABIOS) $(LINUX) $(BUSYBOX)
LINUX_TESTS := tests/guests/test_linux.py tests/guests/test_i915.py

.PHONY: check-linux
check-linux: $(LINUX_NEEDS) ## boot Debian's kernels, have them sleep and wake, and load i915
	@echo '  booting Linux (tests/guests), 10 to 20 seconds a machine ...'
	@$(PYTEST) $(LINUX_TESTS) $(PYTEST_ARGS)

.PHONY: check-linux-matrix
check-linux-matrix: $(LINUX_NEEDS) ## boot Debian 12's kernel under QEMU 10.0 and 11.1
	@scripts/deps $(LOG)/deps.log matrix
	@$(MAKE) -s --no-print-directory $(CACHE)/qemu-11.1/.done
	@for qemu in $(filter-out own,$(QEMUS)); do \
	    echo "  booting Linux under QEMU ($$qemu) ..."; \
	    QEMU=$(abspath $(CACHE))/$$qemu/qemu $(PYTEST) $(LINUX_TESTS) \
	        -k '(reserves or i915) and (12-pc or 12-q35)' $(PYTEST_ARGS) || exit; done

.PHONY: check-nested
check-nested: $(LINUX_NEEDS) $(OUT)/build/stock-256k/bios.bin
check-nested: ## assign the IGD of a Linux guest, by its vfio-pci, to a guest inside
	@echo '  booting guests in guests (tests/guests), some 20 seconds each ...'
	@$(PYTEST) tests/guests/test_nested.py $(PYTEST_ARGS)

# --- Checks of the build -----------------------------------------------------------------------

# The library alone is compiled for a third architecture. That compiler's packages conflict with
# gcc-multilib; they have the version of the machine's own.
CROSS := $(CACHE)/gcc-aarch64
$(CROSS)/.done: | $(CACHE)
	@version=$$(gcc -dumpversion) && \
	$(STEP) 'fetching gcc for aarch64' $(LOG)/fetch-gcc-aarch64.log \
	    scripts/fetch-packages $(@D) $$(dpkg --print-architecture) binutils-aarch64-linux-gnu \
	    {gcc,cpp-$$version,gcc-$$version}-aarch64-linux-gnu libgcc-$$version-dev-arm64-cross

.PHONY: check-build
check-build: $(BOTH) $(CROSS)/.done ## check the build, the house style and the images' sizes
	@echo '  building SeaBIOS in several ways (tests/build), a minute or two ...'
	@$(PYTEST) tests/build $(PYTEST_ARGS)

# --- Old software ----------------------------------------------------------------------------
# memtest86+ and GRUB as Debian has them, for machines of their own.

OLD := $(CACHE)/old-software
OLD_LIBS := $(OLD)/lib/x86_64-linux-gnu:$(OLD)/usr/lib/x86_64-linux-gnu
GRUB_PC := $(OLD)/usr/lib/grub/i386-pc
GRUB_MODULES := biosdisk memdisk tar normal test true font gfxterm vbe

$(OLD)/.done: | $(CACHE)
	@$(STEP) 'fetching memtest86+ and GRUB' $(LOG)/fetch-old-software.log \
	    scripts/fetch-packages $(@D) amd64 memtest86+ grub-common grub-pc-bin libdevmapper1.02.1

# A disk with GRUB as grub-install lays it out, boot sector first, the core from sector 1 on; its
# files are inside the core.
$(OUT)/tests/guest/grub.img: tests/guests/grub.cfg $(OLD)/.done Makefile
	@rm -rf $@.d && mkdir -p $@.d/boot/grub
	@cp $< $(OLD)/usr/share/grub/ascii.pf2 $@.d/boot/grub
	@tar -C $@.d -cf $@.tar boot
	@LD_LIBRARY_PATH=$(OLD_LIBS) $(OLD)/usr/bin/grub-mkimage -O i386-pc -d $(GRUB_PC) \
	    -m $@.tar -p '(memdisk)/boot/grub' -o $@.core $(GRUB_MODULES)
	@cat $(GRUB_PC)/boot.img $@.core > $@
	@truncate -s 1M $@

OLD_NEEDS := $(filter %-256k/bios.bin,$(BOTH)) $(SIM) $(GUESTS) $(VGABIOS) \
    $(patsubst %,$(OUT)/tests/guest/%.img,walk grub)

.PHONY: check-old-software
check-old-software: $(OLD_NEEDS) ## run memtest86+, GRUB and a DOS-like walk over memory
	@echo '  booting old software (tests/guests), a minute or so ...'
	@$(PYTEST) tests/guests/test_old_software.py $(PYTEST_ARGS)

# --- The host tool ------------------------------------------------------------------------------
# What judges it: the firmware's library, and Debian's own tools, which need not be installed.

JUDGES := $(CACHE)/tool-judges
# intel_vbt_decode with what it is linked with; xmllint and libvirt's schemas.
JUDGE_PACKAGES := intel-gpu-tools libcairo2 libdrm2 libdrm-amdgpu1 libdrm-nouveau2 libdw1 libelf1 \
    libfontconfig1 libfreetype6 libexpat1 libbrotli1 libkmod2 libpciaccess0 libproc2-0 libunwind8 \
    libx11-6 libxext6 libxrender1 libxau6 libxdmcp6 libxcb1 libxcb-render0 libxcb-shm0 libbsd0 \
    libmd0 libvirt0 libxml2-utils libxml2 libicu72

$(JUDGES)/.done: | $(CACHE)
	@$(STEP) 'fetching intel-gpu-tools and libvirt' $(LOG)/fetch-tool-judges.log \
	    scripts/fetch-packages $(@D) amd64 $(JUDGE_PACKAGES)

# It judges the manual page.
MANDOC := $(CACHE)/mandoc
$(MANDOC)/.done: | $(CACHE)
	@$(STEP) 'fetching mandoc' $(LOG)/fetch-mandoc.log scripts/fetch-packages $(@D) amd64 mandoc

$(OUT)/tests/libigd.so: $(LIBRARY) $(wildcard src/igd/*.h)
	@mkdir -p $(@D)
	@$(STEP) 'building the library for the tool tests' $(LOG)/libigd-so.log \
	    gcc -std=gnu11 -O1 $(WARNINGS) -fPIC -shared -o $@ $(LIBRARY)

TOOL_NEEDS := $(OUT)/tests/libigd.so $(JUDGES)/.done $(MANDOC)/.done $(TOOL_MADE) \
    $(OUT)/build/igd-256k/bios.bin $(SIM) $(GUESTS) $(VGABIOS)

.PHONY: check-tool
check-tool: $(TOOL_NEEDS) ## try the host tool, scripts/igd
	@echo '  trying scripts/igd (tests/tool), half a minute or so ...'
	@$(PYTEST) tests/tool $(PYTEST_ARGS)

# --- The manual ---------------------------------------------------------------------------------

.PHONY: check-docs
check-docs: $(TOOL_NEEDS) ## check the manual: links, commands, messages, tables
	@$(PYTEST) tests/docs $(PYTEST_ARGS)

# --- Other releases --------------------------------------------------------------------------

# What make builds of each release for check-patches; the tests build the rest.
CHECKED := tree/igd/.done $(patsubst %,build/%/bios.bin,{igd,noigd,stock}-{256k,128k}) \
    build/igd-coreboot/bios.bin.elf build/igd-csm/Csm16.bin \
    $(patsubst $(OUT)/%,%,$(SIM) $(GUESTS) $(VGABIOS))

.PHONY: check-patches $(RELEASES:%=images-%)
check-patches: deps ## try each release's patches; those for master if SEABIOS=DIR is its tree
	@$(MAKE) -s --no-print-directory patches
	@$(MAKE) -s --no-print-directory -j$(JOBS) $(HERE:%=images-%)
	@$(if $(SEABIOS),,echo '  patches/master: not tried; SEABIOS=DIR names a tree of master')
	@echo '  building after each patch, booting some machines (tests/patches), a minute or two ...'
	@IGD_RELEASES='$(HERE)' $(PYTEST) tests/patches $(PYTEST_ARGS)
$(RELEASES:%=images-%): images-%:
	@$(call of,$*,$(CHECKED))

# --- Checks of what is installed and packaged ----------------------------------------------------

PACKAGE_NEEDS := $(IMAGES) $(TOOL_MADE) $(MANDOC)/.done $(TARBALL)

# One after the other: each runs make in the same OUT.
.PHONY: check-install
check-install: $(PACKAGE_NEEDS) ## try make install and uninstall
	@echo '  installing and removing (tests/package), some seconds ...'
	@$(PYTEST) -n 0 tests/package/test_install.py $(PYTEST_ARGS)

# Clean Debian roots, each twice: with what a build may rely on, and with what judges packages, too.
# What a judge only recommends is not installed with it: its package is named here.
ROOTS := 12:bookworm 13:trixie
JUDGES_OF_PACKAGES := lintian autopkgtest qemu-system-x86 libvirt-daemon-driver-qemu \
    libvirt-clients faketime python3 rpm rpmlint makepkg pacman-package-manager libarchive-tools \
    shellcheck

.PHONY: check-deb
check-deb: $(PACKAGE_NEEDS) $(JUDGES)/.done ## build, judge, boot, remove packages in clean roots
	@scripts/deps $(LOG)/deps.log roots
	@set -e; for root in $(ROOTS); do \
	    $(STEP) "making Debian $${root%:*} roots, if there are none" $(LOG)/debian-$${root%:*}.log \
	        scripts/debian-root $(CACHE)/debian-$${root%:*} $${root#*:} debian/control \
	        $(JUDGES_OF_PACKAGES); done
	@echo '  building packages in clean roots (tests/package), some minutes ...'
	@$(PYTEST) --dist loadgroup tests/package/test_debian.py tests/package/test_dist.py $(PYTEST_ARGS)

.PHONY: stock-failures
stock-failures: $(STOCK) $(SIM) $(GUESTS) $(VGABIOS) ## record anew which rows stock SeaBIOS fails
	@rm -f $(OUT)/stock-failures.txt
	@IGD_STOCK_RECORD=$(abspath $(OUT))/stock-failures.txt $(PYTEST) $(STOCK_TEST)
	@{ echo '# What stock SeaBIOS $(SEABIOS_RELEASE) fails of each row of machines.cfg; -: nothing.'; \
	    echo '# Made by make stock-failures; test_machines.py holds it.'; \
	    sort $(OUT)/stock-failures.txt; } > tests/machine/stock-failures.txt

.PHONY: clean
clean: ## remove what was built, keep what was fetched
	@find $(OUT) -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} +

.PHONY: distclean
distclean: ## remove everything that was made
	@rm -rf $(OUT)
