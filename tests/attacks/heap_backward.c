/* SPDX-License-Identifier: Apache-2.0
 *
 * The same, downwards: over the allocator's own data, and out of the heap.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *block = malloc(100);

	for (uint64_t i = 0; i < 1ul << 33; i += 60000)
		block[-i] = (char)batch->count; /* HERE */
}
