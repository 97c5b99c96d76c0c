/* SPDX-License-Identifier: Apache-2.0
 *
 * A call at the head of each turn, which might never return.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t next(uint64_t i)
{
	return opaque(i) + 1;
}
void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0; (i = next(i)) < 1ul << 20; p += 0xfff0)
		*p = (char)batch->count; /* HERE */
}
