/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold of an arena whatever was loaded into it, checked from outside: by /proc/self/maps and
 * by reading the memory itself.
 */
#ifndef FASTPAAS_TEST_ARENA_AUDIT_H
#define FASTPAAS_TEST_ARENA_AUDIT_H

#include <stdbool.h>

#include "module.h"

/* A run of pages with the same rights, as offsets from the arena's base (negative before it). */
struct audit_range {
	int64_t start;
	int64_t end;
	bool readable, writable, executable;
};

/* Calls `see` for every mapping in the arena and the guard zones around it, until one returns not 0;
 * returns that. */
int audit_each_range(const struct fp_arena *arena, int (*see)(const struct audit_range *range, void *context),
		     void *context);

/* The image holds nothing accessible: what a refused or unloaded module leaves behind. 0, or -1 with
 * the word on stderr. */
int audit_empty(const struct fp_arena *arena);

/* The module is confined and sealed: nothing is both writable and executable, only its text is
 * executable, nothing outside its image is accessible but the heap, and no writable word of the image
 * holds an address of the host. */
int audit_loaded(const struct fp_arena *arena, const struct fp_module *module, const struct fp_symbols *symbols);

#endif
