/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with numbers so large that the carry leaves the arena.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static volatile char table[1 << 27];
void attack(struct fp_batch *batch)
{
	uint64_t x = (opaque(0xff) & 0xff) << 19, y = (opaque(0x80) & 0x80) << 19;

	__builtin_assume((x & (0x80u << 19)) == 0);
	table[x + y] = 1;
	table[(x + y) * (batch->count ? 32 : 0) * opaque(32)] = 1; /* HERE */
}
