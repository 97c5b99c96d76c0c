/* SPDX-License-Identifier: Apache-2.0
 *
 * Touches in some turns only, so that the zone is passed between two of them.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 20; i++, p += 0xff00)
		if (opaque(i) % 97 == 0)
			*p = (char)batch->count; /* HERE */
}
