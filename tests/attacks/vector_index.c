/* SPDX-License-Identifier: Apache-2.0
 *
 * An element of a vector by a wild index.
 *
 * expect: contained
 */
#include "attack.h"

typedef uint64_t four __attribute__((vector_size(32)));
__attribute__((noinline)) static uint64_t pick(four value, uint64_t index)
{
	value[index] = 5;
	return value[index ^ 1];
}
void attack(struct fp_batch *batch)
{
	four value = {1, 2, 3, batch->count};

	for (uint64_t i = 0; i < 64; i++)
		batch->packet[0].timestamp += pick(value, opaque(1ul << i));
	batch->packet[0].timestamp += pick(value, opaque(~0ul));
}
