/* SPDX-License-Identifier: Apache-2.0
 *
 * The size of a variable-length array wraps to a small number.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t count = opaque((1ul << 61) + 2);
	volatile uint64_t array[count];

	array[opaque(0)] = batch->count;
	array[count - 1] = batch->count;
}
