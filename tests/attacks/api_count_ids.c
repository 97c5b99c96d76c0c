/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers of counters that were never given out.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int own = fp_counter("own");

	for (unsigned i = 0; i < 64; i++)
		fp_count((int)opaque(1ul << i), batch->count);
	fp_count(-1, ~0ul);
	fp_count(0x7fffffff, 1);
	fp_count(own, opaque(~0ul));
	fp_count(own, opaque(~0ul));
}
