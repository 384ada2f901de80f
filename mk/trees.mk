# SPDX-License-Identifier: LGPL-3.0-only
# SeaBIOS's source: fetched, unpacked, with the patches applied.
# Copyright (C) 2026 The seabios-igd authors

# tree/stock is the release as it is, tree/igd has src/ laid into src/fw/ and the series applied.

SERIES  := patches/series $(wildcard patches/*.patch patches/$(SEABIOS_RELEASE)/*.patch)
SHA256  := $(shell awk '$$1 == "$(SEABIOS_RELEASE)" { print $$2 }' patches/releases)
LAID    := $(wildcard src/igd/*.[ch] src/seabios/*.[ch])
# A release that make dist wrote has the tarball inside.
ORIG    := seabios_$(SEABIOS_RELEASE).orig.tar.gz
TARBALL := $(or $(wildcard $(ORIG)),$(CACHE)/$(ORIG))

$(CACHE)/$(ORIG): | $(CACHE)
	@$(STEP) 'fetching SeaBIOS $(SEABIOS_RELEASE) (Debian source package)' $(LOG)/fetch.log \
	    scripts/fetch-seabios $(SEABIOS_RELEASE) $@

# A list of the files that a tree is made of. The tree is made anew not only if a file is newer, but
# also if it is gone or replaced by an older one, or if SEABIOS= changes: then the list changes.
$(OUT)/stock.list: FORCE | $(LOG)
	@$(if $(SEABIOS),find -L $(abspath $(SEABIOS)) -name .git -prune -o -type f -printf '%p %s %T@\n' \
	    | sort,echo $(notdir $(TARBALL))) > $@.new; $(KEEP_SAME)
$(OUT)/igd.list: FORCE | $(LOG)
	@echo '$(LAID) $(SERIES)' > $@.new; $(KEEP_SAME)

$(OUT)/tree/stock/.done: $(OUT)/stock.list $(if $(SEABIOS),,$(TARBALL)) scripts/lay | $(LOG)
	@$(STEP) 'unpacking SeaBIOS' $(LOG)/unpack.log \
	    scripts/lay stock $(or $(SEABIOS),$(TARBALL) $(SHA256)) $(@D)

$(OUT)/tree/igd/.done: $(OUT)/tree/stock/.done $(OUT)/igd.list $(LAID) $(SERIES) Kconfig \
    scripts/lay scripts/hunks
	@$(STEP) 'laying in src/ and applying patches/ for $(SEABIOS_RELEASE)' $(LOG)/patch.log \
	    scripts/lay igd $(OUT)/tree/stock $(@D) $(SEABIOS_RELEASE)

# tree/plain-igd and tree/plain-stock are the same without line numbers in messages: the patches
# move lines, and with IGD=n nothing else in an image may differ from stock's.
$(OUT)/tree/plain-%/.done: $(OUT)/tree/%/.done
	@rm -rf $(@D)
	@cp -a $(<D) $(@D)
	@sed -i 's/__LINE__/0/' $(@D)/src/output.h
	@touch $@

# tree/fail-igd and tree/fail-stock are the same with an allocator that tests let fail.
FAIL_ALLOC := tests/machine/fail-alloc.diff
$(OUT)/tree/fail-%/.done: $(OUT)/tree/%/.done $(FAIL_ALLOC)
	@rm -rf $(@D)
	@cp -a $(<D) $(@D)
	@$(STEP) 'applying $(FAIL_ALLOC) to tree/$*' $(LOG)/patch-fail-$*.log \
	    patch -d $(@D) -p1 --fuzz=0 --no-backup-if-mismatch -i $(abspath $(FAIL_ALLOC))
	@touch $@
