/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers and indices nobody set.
 *
 * expect: contained
 * flags: -Wno-uninitialized
 */
#include "attack.h"

static char table[16];
__attribute__((noinline)) static void leave(uint64_t n)
{
	volatile uint64_t words[64];

	for (unsigned i = 0; i < 64; i++)
		words[i] = n;
}
__attribute__((noinline)) static void use(void)
{
	uint64_t *place[8], index;

	for (unsigned i = 0; i < 8; i++)
		*((uint64_t *volatile *)place)[opaque(i)] = 1;
	if (index < 16)
		table[index] = 1;
}
void attack(struct fp_batch *batch)
{
	(void)batch;
	leave(HOST_PAGE);
	use();
}
