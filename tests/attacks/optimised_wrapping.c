/* SPDX-License-Identifier: Apache-2.0
 *
 * With fewer assumptions.
 *
 * expect: fault guard: write
 * flags: -fwrapv -fno-strict-aliasing -fno-delete-null-pointer-checks
 */
#include "attack.h"

static volatile char table[64];
void attack(struct fp_batch *batch)
{
	int64_t index = (int64_t)opaque(HOST_PAGE) - (int64_t)table;

	if (index + 1 > index)
		table[index] = (char)batch->count; /* HERE */
}
