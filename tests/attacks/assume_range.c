/* SPDX-License-Identifier: Apache-2.0
 *
 * Says that an index is small.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static volatile char table[16];
void attack(struct fp_batch *batch)
{
	uint64_t index = opaque(HOST_PAGE - (uint64_t)table);

	__builtin_assume(index < 16);
	table[index] = (char)batch->count; /* HERE */
}
