# SPDX-License-Identifier: LGPL-3.0-only
# Other versions of QEMU: Debian 13's and that of its backports, besides the machine's own.
# Copyright (C) 2026 The seabios-igd authors

# scripts/qemu-root makes a Debian root in CACHE for each.
$(CACHE)/qemu-10.0/.done: | $(CACHE)
	@$(STEP) 'making a Debian 13 root with QEMU 10.0' $(LOG)/qemu-10.0.log \
	    scripts/qemu-root $(@D) trixie
$(CACHE)/qemu-11.1/.done: $(CACHE)/qemu-10.0/.done
	@$(STEP) 'making one with QEMU 11.1 from backports' $(LOG)/qemu-11.1.log \
	    scripts/qemu-root $(@D) trixie-backports $(<D)

QEMUS  := own qemu-10.0 qemu-11.1
MATRIX := $(QEMUS:%=$(OUT)/matrix/%.json)

.PHONY: run-matrix
run-matrix: $(BOTH) $(MACHINE_NEEDS)
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
matrix: run-matrix ## boot them in the same way, and write README's table
	@scripts/matrix --write $(MATRIX)

.PHONY: check-linux-matrix
check-linux-matrix: $(LINUX_NEEDS) ## boot Debian 12's kernel under QEMU 10.0 and 11.1
	@scripts/deps $(LOG)/deps.log matrix
	@$(MAKE) -s --no-print-directory $(CACHE)/qemu-11.1/.done
	@for qemu in $(filter-out own,$(QEMUS)); do \
	    echo "  booting Linux under QEMU ($$qemu) ..."; \
	    QEMU=$(abspath $(CACHE))/$$qemu/qemu $(PYTEST) $(LINUX_TESTS) \
	        -k '(reserves or i915) and (12-pc or 12-q35)' $(PYTEST_ARGS) || exit; done
