/* SPDX-License-Identifier: Apache-2.0
 *
 * Overflows a local: over its callers' locals, and off the top of the module's stack.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char local[16];

	for (uint64_t i = 0; i < 1ul << 32; i++)
		local[i] = (char)batch->count; /* HERE */
}
