/* SPDX-License-Identifier: Apache-2.0
 *
 * Turns the compiler writes out.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 12; i++)
#pragma clang loop unroll_count(16)
		for (unsigned j = 0; j < 64; j++, p += 0xffff)
			*p = (char)batch->count; /* HERE */
}
