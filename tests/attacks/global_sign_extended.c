/* SPDX-License-Identifier: Apache-2.0
 *
 * A 32-bit index with its top bit set is sign-extended.
 *
 * expect: contained
 */
#include "attack.h"

static volatile uint64_t table[256];
void attack(struct fp_batch *batch)
{
	int index = (int)opaque(0x80000000u);

	(void)batch;
	table[index] = 1;
}
