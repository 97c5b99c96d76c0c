/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with a byte index that wraps around the address space.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

static char own[16];
void attack(struct fp_batch *batch)
{
	volatile char *base = own;

	base[note_of(batch)->heap - (uint64_t)own] = 66; /* HERE */
}
