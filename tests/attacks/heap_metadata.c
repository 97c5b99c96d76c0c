/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills its heap with addresses of the host's, allocator data and all, and allocates.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *block = malloc(100);
	uint64_t start = (uint64_t)block & ~0xffffful;

	for (unsigned i = 0; i < 1000; i++)
		free(malloc(i * 17));
	for (uint64_t at = start < arena_of(block) + FP_HEAP_OFFSET ? arena_of(block) + FP_HEAP_OFFSET : start;
	     at < (uint64_t)block + 0x10000; at += 8)
		*(volatile uint64_t *)at = HOST_PAGE;
	for (unsigned i = 0; i < 1000; i++) {
		uint64_t *next = malloc(i * 17 + 8);

		if (next)
			*next = batch->count;
		free(next);
	}
}
