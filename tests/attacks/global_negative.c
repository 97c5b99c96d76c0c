/* SPDX-License-Identifier: Apache-2.0
 *
 * Index -1 as an unsigned 32-bit number.
 *
 * expect: contained
 */
#include "attack.h"

static volatile unsigned char table[256];
void attack(struct fp_batch *batch)
{
	unsigned index = (unsigned)opaque(0) - batch->count;

	table[index] = 1;
}
