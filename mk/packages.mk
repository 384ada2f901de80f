# SPDX-License-Identifier: LGPL-3.0-only
# Releases and packages.
# Copyright (C) 2026 The seabios-igd authors

# An unpacked release builds the first SeaBIOS release, with no variable set.
FIRST    := $(firstword $(RELEASES))
RELEASED = $(if $(SEABIOS)$(filter-out $(FIRST),$(SEABIOS_RELEASE)),$(error \
    $@ has SeaBIOS $(FIRST): leave out SEABIOS and SEABIOS_RELEASE))

DIST := $(OUT)/seabios-igd-$(VERSION).tar.gz
.PHONY: dist
dist: $(DIST) ## write a release, out/seabios-igd-VERSION.tar.gz; it builds without network
$(DIST): $(TARBALL) FORCE
	@$(RELEASED)$(STEP) 'writing $@' $(LOG)/dist.log scripts/dist $@ seabios-igd-$(VERSION) $(TARBALL)

.PHONY: deb
deb: $(TARBALL) ##! build the Debian package and its source package in out/deb
	@$(RELEASED)scripts/deps $(LOG)/deps.log deb
	@$(STEP) 'building the Debian package' $(LOG)/deb.log \
	    scripts/build-deb $(OUT)/deb $(VERSION) $(TARBALL)
	@$(STEP) 'checking it with lintian' $(LOG)/lintian.log \
	    lintian --allow-root --fail-on error,warning $(OUT)/deb/seabios-igd_$(VERSION)-*.changes
	@ls $(OUT)/deb/*.deb

.PHONY: rpm-spec
rpm-spec: $(PACKAGING)/seabios-igd.spec ## write out/packaging/seabios-igd.spec
	@echo '$<'

# A PKGBUILD has the release's sha256, so the release is made first.
.PHONY: pkgbuild
pkgbuild: $(PACKAGING)/PKGBUILD ## write out/packaging/PKGBUILD, for Arch Linux
	@echo '$<'
$(PACKAGING)/PKGBUILD: $(DIST)
$(PACKAGING)/PKGBUILD: DIST_SHA256 = $(firstword $(shell sha256sum $(DIST)))

# Clean Debian roots, each twice: with what a build may rely on, and with judges of packages, too.
# apt does not install what a judge only recommends, so the packages needed are named here.
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
