/* SPDX-License-Identifier: Apache-2.0
 *
 * __builtin_trap().
 *
 * expect: fault unreachable
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	if (opaque(batch->count))
		__builtin_trap(); /* HERE */
}
