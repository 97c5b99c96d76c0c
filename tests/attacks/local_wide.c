/* SPDX-License-Identifier: Apache-2.0
 *
 * A local's address and a far index.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char local[16];

	local[opaque(HOST_PAGE - (uint64_t)local)] = (char)batch->count; /* HERE */
}
