/* SPDX-License-Identifier: Apache-2.0
 *
 * A little in each turn, without end.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (;;) {
		volatile char *local = __builtin_alloca(opaque(1000));

		local[0] = (char)batch->count;
	}
}
