/* SPDX-License-Identifier: Apache-2.0
 *
 * A pure function that changes what it reads.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static char *target;
__attribute__((pure, noinline)) static uint64_t step(void)
{
	target = wild(HOST_PAGE);
	return opaque(3);
}
static char own[64];
void attack(struct fp_batch *batch)
{
	target = own;
	target[0] = 1;
	if (step() + step() > 2)
		target[step()] = (char)batch->count; /* HERE */
	if (target == own)
		*(volatile char *)wild(HOST_PAGE) = 1; /* HERE */
}
