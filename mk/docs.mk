# SPDX-License-Identifier: LGPL-3.0-only
# The manual, and the library's interface as HTML.
# Copyright (C) 2026 The seabios-igd authors

.PHONY: check-docs
check-docs: $(TOOL_NEEDS) ## check the manual: links, commands, messages, tables
	@$(PYTEST) tests/docs $(PYTEST_ARGS)

.PHONY: doc
doc: ## render the library's interface: out/doc/igd_8h.html
	@mkdir -p $(OUT)/doc
	@IGD_DOC=$(OUT)/doc $(STEP) 'rendering $(OUT)/doc/igd_8h.html' $(LOG)/doc.log doxygen docs/Doxyfile
