# SPDX-License-Identifier: LGPL-3.0-only
# make install and uninstall.
# Copyright (C) 2026 The seabios-igd authors

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

# The page names the image by where it gets installed.
$(PACKAGING)/igd.1: $(OUT)/tool/igd.1 FORCE
	@mkdir -p $(@D)
	@sed 's|/usr/share/seabios.-igd|$(subst -,\\-,$(pkgdatadir))|g' $< > $@.new; $(KEEP_SAME)

MODULES := $(wildcard scripts/igd_host/*.py) src/igd/igd_messages.h src/igd/igd_families.h \
    docs/messages.md
# $(call put,command,FILE...,folder[,name]): install gives put a meaning that installs, uninstall
# one that names what to remove.
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
install: $(IMAGES) $(FILLED) $(PACKAGING)/igd.1 $(TOOL_MADE) ##! install everything under PREFIX
	@$(TO_INSTALL) :

# uninstall also removes the folders that are ours alone.
.PHONY: uninstall
uninstall: put = $(patsubst %,'$(DESTDIR)$(3)/%',$(or $(4),$(notdir $(2))))
uninstall: ##! remove what make install with the same variables has put there
	@rm -f $(TO_INSTALL)
	@for folder in '$(DESTDIR)$(moduledir)' '$(DESTDIR)$(pkgdatadir)' \
	    '$(DESTDIR)$(docdir)/docs' '$(DESTDIR)$(docdir)'; do \
	    [ ! -d "$$folder" ] || rmdir --ignore-fail-on-non-empty "$$folder"; done

# What the tests of tests/package need; mk/packages.mk has some of them.
PACKAGE_NEEDS := $(IMAGES) $(TOOL_MADE) $(MANDOC)/.done $(TARBALL)

# The tests run one after the other, because each runs make in the same OUT.
.PHONY: check-install
check-install: $(PACKAGE_NEEDS) ## try make install and uninstall
	@echo '  installing and removing (tests/package), some seconds ...'
	@$(PYTEST) -n 0 tests/package/test_install.py $(PYTEST_ARGS)
