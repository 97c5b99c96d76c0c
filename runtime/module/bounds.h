/* SPDX-License-Identifier: Apache-2.0
 *
 * The bounds table of mode `pointer`: for each pointer in memory, the object it belongs to. It is the module's
 * own (bounds_table.c) or, in lowering `mpx`, the processor's (passes/bounds/processor_table.py).
 *
 * An entry counts only for the very pointer it was made for: if something else has written the memory
 * since, its bounds are unknown, which means the whole arena (passes/bounds/).
 */
#ifndef FASTPAAS_MODULE_BOUNDS_H
#define FASTPAAS_MODULE_BOUNDS_H

#include "library.h"

#define FP_CHUNK 4096u	     /* bytes of memory whose entries lie together */
#define FP_WHOLE UINT32_MAX /* the description of what may be anywhere in the arena: no site */

/* Where an object begins, and its size in bytes; above the size the number of its site in decisions.json. */
struct fp_bounds {
	uint64_t lower;
	uint64_t object; /* site << 32 | size */
};

/* The bounds of `pointer`, which was just loaded from `slot`. */
struct fp_bounds fp_bounds_load(const void *slot, uint64_t pointer);

/* To be called when `pointer` was stored in `slot`. */
void fp_bounds_store(void *slot, uint64_t pointer, uint64_t lower, uint64_t object);

/* To be called when something was stored in `slot` that may be a pointer, but of which nothing is known. */
void fp_bounds_forget(void *slot);

/* Whether it is known that nothing is known of any pointer in the FP_CHUNK bytes around `slot`. */
bool fp_bounds_is_empty(const void *slot);

/* Bytes of tables that have come into being. */
uint32_t fp_bounds_opened(void);

#endif
