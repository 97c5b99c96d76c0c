/* SPDX-License-Identifier: Apache-2.0
 *
 * Says that control does not get here if an index is large.
 *
 * expect: fault unreachable, guard
 */
#include "attack.h"

static volatile char table[16];
void attack(struct fp_batch *batch)
{
	uint64_t index = opaque(HOST_PAGE - (uint64_t)table);

	if (index >= 16)
		__builtin_unreachable();
	table[index] = (char)batch->count;
}
