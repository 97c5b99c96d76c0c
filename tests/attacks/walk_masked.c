/* SPDX-License-Identifier: Apache-2.0
 *
 * Conditional stores, which the compiler may turn into masked ones.
 *
 * expect: fault guard, memory, time budget
 */
#include "attack.h"

static uint32_t flags[1 << 12];
void attack(struct fp_batch *batch)
{
	uint32_t *p = wild(HOST_PAGE);
	uint64_t len = opaque(1 << 12);

	for (unsigned i = 0; i < 1 << 12; i++)
		flags[i] = (uint32_t)opaque(i) & 1;
	for (uint64_t i = 0; i < len; i++)
		if (flags[i])
			p[i] = batch->count;
}
