// SPDX-License-Identifier: LGPL-3.0-only
// What the library takes from its environment. Other firmware may have its own file of this name.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_ENV_H
#define IGD_ENV_H

#include <stdint.h> // uint32_t

#ifndef NULL
#define NULL ((void *)0)
#endif
#ifndef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif

// Whether somebody reads findings and messages. If 0, igd_find() keeps nothing, and the linker
// drops what only makes texts.
#define IGD_LOG 1

#endif // igd_env.h
