/* SPDX-License-Identifier: Apache-2.0
 *
 * A field further from its root than any guard zone: no offset may be folded into the root's check.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include "attack.h"

struct big { uint64_t first; char pad[0x300000000]; uint64_t last; };
void attack(struct fp_batch *batch)
{
	struct big *root = malloc(64);

	root->first = 1;
	root->last = batch->count; /* HERE */
}
