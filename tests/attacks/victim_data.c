/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to the global variables of the module before it, whose address it is told.
 *
 * expect: fault guard: write
 * expect in segment: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *place = wild(note_of(batch)->data);

	*place = 666; /* HERE */
}
