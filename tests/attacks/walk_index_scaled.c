/* SPDX-License-Identifier: Apache-2.0
 *
 * The step of the index is small, that of the address is not.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

struct row { char bytes[0x18000]; };
void attack(struct fp_batch *batch)
{
	volatile struct row *rows = wild(arena_of(&opaque_zero) + FP_PACKETS_OFFSET);

	for (uint64_t i = 0; i < 1ul << 20; i++)
		rows[i].bytes[0] = (char)batch->count; /* HERE */
}
