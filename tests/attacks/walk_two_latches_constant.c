/* SPDX-License-Identifier: Apache-2.0
 *
 * Both steps are constants; the large one is taken once.
 *
 * expect: fault guard, memory: write
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *p = malloc(64);
	uint64_t i = 0;

	for (;;) {
		*p = (char)batch->count; /* HERE */
		if (opaque(i++) == 5) {
			p += 0x100000000;
			continue;
		}
		p += 16;
		if (opaque(i) > 1000)
			break;
	}
}
