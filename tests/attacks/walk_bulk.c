/* SPDX-License-Identifier: Apache-2.0
 *
 * A memcpy of a few bytes in each turn.
 *
 * expect: fault api, guard, memory
 */
#include "attack.h"

static char from[64];
void attack(struct fp_batch *batch)
{
	char *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0xff00)
		memcpy(p, from, 32 + 0 * batch->count); /* HERE */
}
