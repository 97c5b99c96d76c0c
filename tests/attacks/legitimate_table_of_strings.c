/* SPDX-License-Identifier: Apache-2.0
 *
 * No attack: a table of strings, which the optimiser would make one of offsets, and moves of every small size.
 *
 * expect: survives
 */
#include "attack.h"

static const char *const names[] = {"one", "three", "", "seventeen"};
static char from[320], to[320];
#define MOVE(size) memmove(to + opaque(3), from + opaque(1), size)
void attack(struct fp_batch *batch)
{
	uint64_t sum = 0;

	for (uint64_t i = 0; i < 64; i++)
		sum += strlen(names[opaque(i) & 3]);
	MOVE(1), MOVE(15), MOVE(31), MOVE(63), MOVE(64), MOVE(65), MOVE(95), MOVE(111), MOVE(119), MOVE(127), MOVE(128);
	batch->packet[0].gate = sum == 16 * (3 + 5 + 9) ? 0 : FP_DROP;
}
