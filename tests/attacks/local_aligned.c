/* SPDX-License-Identifier: Apache-2.0
 *
 * A local with a huge alignment: rounding the native stack pointer down must not jump over its guard pages.
 *
 * expect: contained
 */
#include "attack.h"

__attribute__((noinline)) static int dance(int value)
{
	volatile int local __attribute__((aligned(1 << 24)));

	local = value;
	return local + 1;
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].len = (uint32_t)dance((int)batch->count);
}
