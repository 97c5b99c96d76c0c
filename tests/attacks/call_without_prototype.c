/* SPDX-License-Identifier: Apache-2.0
 *
 * Too few arguments, too many, and of other types, without a prototype in sight.
 *
 * expect: contained
 * flags: -std=gnu89 -w
 */
#include "attack.h"

__attribute__((noinline)) static uint64_t take(a, b, c) uint64_t a; char *b; int c;
{
	return a + (b ? (uint64_t)b[0] : 0) + (uint64_t)c;
}
void attack(struct fp_batch *batch)
{
	uint64_t (*volatile none)() = (uint64_t (*)())take;

	batch->packet[0].timestamp = none(opaque(1));
	batch->packet[0].timestamp = none(opaque(1), 2.0, batch, 4, 5, 6, 7, 8);
}
