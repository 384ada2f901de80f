// SPDX-License-Identifier: LGPL-3.0-only
// The library's environment in SeaBIOS. It takes the place of src/igd/igd_env.h in SeaBIOS's tree.
// Copyright (C) 2026 The seabios-igd authors
#ifndef IGD_ENV_H
#define IGD_ENV_H

#include <stdint.h> // uint32_t
#include "config.h" // CONFIG_DEBUG_IO
#include "types.h" // NULL

// The 128 KiB configuration has no way to show a log: texts are left out of its image.
#define IGD_LOG (CONFIG_DEBUG_LEVEL >= 1 && (CONFIG_DEBUG_IO || CONFIG_DEBUG_SERIAL \
                                             || CONFIG_DEBUG_SERIAL_MMIO))

#endif // igd_env.h
