// SPDX-License-Identifier: LGPL-3.0-only
// What the library takes from its environment: fixed-width integers, and nothing else.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_ENV_H
#define IGD_ENV_H

#include <stdint.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

#endif // igd_env.h
