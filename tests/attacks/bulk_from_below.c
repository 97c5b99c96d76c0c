/* SPDX-License-Identifier: Apache-2.0
 *
 * From below the arena into it.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);

	memset((void *)(base - 1), (int)batch->count, opaque(64)); /* HERE */
}
