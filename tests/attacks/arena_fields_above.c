/* SPDX-License-Identifier: Apache-2.0
 *
 * The root is the last byte that passes a guard, the field further up than a guard serves.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

struct big { char pad[0x7fff0000]; uint64_t a; char more[0x7fff0000]; uint64_t b; char most[0x40000000]; uint64_t c; };
void attack(struct fp_batch *batch)
{
	struct big *root = wild(arena_of(&opaque_zero) + FP_ARENA_REACH - 7);

	root->c = batch->count; /* HERE */
	root->b = batch->count; /* HERE */
	root->a = batch->count; /* HERE */
}
