/* SPDX-License-Identifier: Apache-2.0
 *
 * As much as would reach the victim's stack.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char local;
	uint64_t distance = (uint64_t)&local - note_of(batch)->stack;
	volatile char *victim = __builtin_alloca(opaque(distance));

	victim[0] = (char)batch->count;
}
