/* SPDX-License-Identifier: Apache-2.0
 *
 * The address of a local by way of a choice, a phi and a comparison.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

static volatile char other[16];
void attack(struct fp_batch *batch)
{
	volatile char local[16];
	volatile char *chosen = batch->count == 33 ? other : local;

	if (chosen > other)
		chosen = local;
	for (uint64_t i = 0; i < 1ul << 32; i++)
		chosen[i] = 1; /* HERE */
}
