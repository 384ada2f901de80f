# SPDX-License-Identifier: LGPL-3.0-only
"""What the command igd is made of: a module a job, Python's standard library alone."""
# Copyright (C) 2026 The seabios-igd authors
