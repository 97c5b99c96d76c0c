/* SPDX-License-Identifier: Apache-2.0
 *
 * Reaches another module from its own array, by an index that is the distance of the two.
 *
 * expect: fault guard: write
 * expect in segment: contained
 */
#include "attack.h"

static uint64_t own[16];
void attack(struct fp_batch *batch)
{
	uint64_t distance = note_of(batch)->data - (uint64_t)own;

	own[(int64_t)distance / 8] = 666; /* HERE */
}
