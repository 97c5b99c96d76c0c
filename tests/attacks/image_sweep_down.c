/* SPDX-License-Identifier: Apache-2.0
 *
 * The same from its data downwards: data, table of host functions, constants, code.
 *
 * expect: fault memory: write
 */
#include "attack.h"

static uint64_t start = 1;
void attack(struct fp_batch *batch)
{
	for (uint64_t i = 0; i < 1ul << 20; i++)
		*(volatile uint64_t *)((uint64_t)&start - 8 * i) = batch->count; /* HERE */
}
