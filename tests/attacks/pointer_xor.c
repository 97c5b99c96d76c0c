/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer put together bit by bit.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static char own[16];
void attack(struct fp_batch *batch)
{
	uint64_t bits = (uint64_t)own ^ opaque(HOST_PAGE) ^ (uint64_t)own;

	*(char *)(bits | (batch->count & 1)) = 1; /* HERE */
}
