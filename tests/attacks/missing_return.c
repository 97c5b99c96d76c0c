/* SPDX-License-Identifier: Apache-2.0
 *
 * A function without a return gives its caller an index.
 *
 * expect: contained
 * flags: -Wno-return-type
 */
#include "attack.h"

static volatile char table[16];
__attribute__((noinline)) static uint64_t pick(uint64_t n)
{
	if (n == 5)
		return 3;
}
void attack(struct fp_batch *batch)
{
	table[pick(opaque(batch->count))] = 1;
}
