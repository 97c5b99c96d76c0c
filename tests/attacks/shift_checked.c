/* SPDX-License-Identifier: Apache-2.0
 *
 * A shift whose result is said to be small as it cannot overflow.
 *
 * expect: contained
 */
#include "attack.h"

static volatile char table[64];
void attack(struct fp_batch *batch)
{
	int value = (int)opaque(0x40000001);
	int doubled = value << opaque(3);

	if (doubled < 64 && doubled >= 0 && value > 0)
		table[doubled] = (char)batch->count;
	if (value + 0x7fffffff > value)
		table[(value * 4) & 63] = 1;
}
