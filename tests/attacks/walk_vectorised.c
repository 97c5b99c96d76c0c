/* SPDX-License-Identifier: Apache-2.0
 *
 * A loop the compiler turns into vector stores.
 *
 * expect: fault memory, guard
 */
#include "attack.h"

static char *p;
void attack(struct fp_batch *batch)
{
	uint64_t len = opaque(1ul << 30);

	if (!p)
		p = (char *)wild(arena_of(&opaque_zero) + FP_PACKETS_OFFSET);
	for (uint64_t i = 0; i < len; i++)
		p[i] = (char)(p[i] + (char)i + (char)batch->reserved); /* HERE */
}
