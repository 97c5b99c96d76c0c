/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes a loaded module visible to debuggers and profilers, when the operator asks for it:
 *   FASTPAAS_DEBUG=1      gdb shows the module's functions and lines (its JIT interface); this keeps a
 *                         copy of the file for as long as the module is loaded
 *   FASTPAAS_PERF_MAP=1   the module's functions are added to /tmp/perf-PID.map
 * This is the only reader of section headers. It is for a developer's own modules, and what it finds
 * malformed costs the module its debug information, not the host.
 */
#ifndef FASTPAAS_HOST_DEBUG_REGISTER_H
#define FASTPAAS_HOST_DEBUG_REGISTER_H

#include <stddef.h>
#include <stdint.h>

/* Returns what fp_debug_unregister() takes, NULL if nothing was registered; says why on stderr if
 * something was asked for and could not be done. */
void *fp_debug_register(const char *name, const uint8_t *base, const uint8_t *bytes, size_t len);
void fp_debug_unregister(void *registration);

#endif
