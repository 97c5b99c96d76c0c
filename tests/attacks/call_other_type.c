/* SPDX-License-Identifier: Apache-2.0
 *
 * A function of another type, so that an integer becomes a pointer.
 *
 * expect: fault call target
 */
#include "attack.h"

static void other(uint64_t a, uint64_t b)
{
	*(volatile uint64_t *)a = b;
}
static void *volatile table[] = {(void *)other};
void attack(struct fp_batch *batch)
{
	((void (*)(int, double))table[batch->count & 0])(5, 1.0); /* HERE */
}
