/* SPDX-License-Identifier: Apache-2.0
 *
 * An index next to 2^63: scaled by 8 it is small again, scaled by 1 it is not canonical.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static volatile unsigned char table[256];
void attack(struct fp_batch *batch)
{
	(void)batch;
	table[opaque(0x7fffffffffffff00)] = 1; /* HERE */
}
