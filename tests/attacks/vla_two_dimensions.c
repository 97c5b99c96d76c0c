/* SPDX-License-Identifier: Apache-2.0
 *
 * Two sizes whose product wraps to nothing.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t rows = opaque(1ul << 32), columns = opaque(1ul << 32);
	volatile char array[rows][columns];

	array[opaque(3)][opaque(5)] = (char)batch->count;
	array[rows - 1][columns - 1] = (char)batch->count;
}
