/* SPDX-License-Identifier: Apache-2.0
 *
 * The touches are atomic.
 *
 * expect: fault guard, memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	_Atomic uint32_t *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0x3ff0)
		*p += batch->count; /* HERE */
}
