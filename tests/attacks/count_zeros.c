/* SPDX-License-Identifier: Apache-2.0
 *
 * The number of zeros before the first one of nothing.
 *
 * expect: survives
 */
#include "attack.h"

static volatile char table[64], bits[65];
void attack(struct fp_batch *batch)
{
	table[__builtin_ctz((unsigned)opaque(0)) & 63] = 1;
	table[__builtin_clz((unsigned)opaque(0)) & 63] = 1;
	bits[__builtin_ctzll(opaque(0))] = (char)batch->count;
	bits[__builtin_clzll(opaque(0)) ^ 63] = 1;
	table[__builtin_ffsll((long long)opaque(0)) & 63] = 1;
}
