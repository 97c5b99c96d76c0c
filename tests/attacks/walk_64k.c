/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps as long as the zone: a step from the last byte of a region may cross it.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = wild(arena_of(&opaque_zero) + FP_PACKETS_OFFSET);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0x10000)
		*p = (char)batch->count; /* HERE */
}
