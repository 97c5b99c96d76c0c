/* SPDX-License-Identifier: Apache-2.0
 *
 * An undefined value may be small where it is checked and large where it is used.
 *
 * expect: contained
 * flags: -Wno-uninitialized
 */
#include "attack.h"

static volatile char table[16];
__attribute__((noinline)) static uint64_t maybe(uint64_t n)
{
	uint64_t value;

	if (n == 12345)
		value = n;
	return value;
}
void attack(struct fp_batch *batch)
{
	uint64_t index = maybe(opaque(batch->count)), other;

	if (index < 16)
		table[index] = 1;
	if (other < 16)
		table[other] = 1;
	table[(index ^ other) & 15] = 1;
}
