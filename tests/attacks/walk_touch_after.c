/* SPDX-License-Identifier: Apache-2.0
 *
 * The write comes before the touch of its turn, and the first turn has none.
 *
 * expect: fault guard, memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);

	for (uint64_t i = 0;; i++, p += 0xff00) {
		if (i > 0)
			p[0xff00] = (char)batch->count; /* HERE */
		if (opaque(i) == 1ul << 22)
			break;
		if (i > 3)
			(void)p[0]; /* HERE */
	}
}
