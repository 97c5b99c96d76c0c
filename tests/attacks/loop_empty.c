/* SPDX-License-Identifier: Apache-2.0
 *
 * An infinite loop without any effect, which C lets the compiler take for finite.
 *
 * expect: fault time budget, unreachable
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (unsigned i = batch->count; i; i += 2 - (i & 1))
		;
	for (;;)
		;
}
