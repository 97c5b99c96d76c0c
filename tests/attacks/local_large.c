/* SPDX-License-Identifier: Apache-2.0
 *
 * A local larger than the module's stack.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char local[8 << 20];

	local[opaque(5)] = (char)batch->count;
}
