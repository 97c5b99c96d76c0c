/* SPDX-License-Identifier: Apache-2.0
 *
 * Counts down past zero.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

static volatile uint64_t table[64];
void attack(struct fp_batch *batch)
{
	for (uint64_t i = 63; i >= 0; i -= 0x1000)
		table[i] = batch->count; /* HERE */
}
