/* SPDX-License-Identifier: Apache-2.0
 *
 * Keeps the host's memcpy busy.
 *
 * expect: fault time budget
 */
#include "attack.h"

static char from[1 << 20], to[1 << 20];
void attack(struct fp_batch *batch)
{
	for (;;) { /* HERE */
		memmove(to, from, opaque(sizeof(to))); /* HERE */
		from[batch->count]++; /* HERE */
	}
}
