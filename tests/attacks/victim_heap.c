/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to the heap of another module.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *place = wild(note_of(batch)->heap);

	*place = 666; /* HERE */
}
