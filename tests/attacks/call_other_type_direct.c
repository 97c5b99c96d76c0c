/* SPDX-License-Identifier: Apache-2.0
 *
 * The same without a pointer: the call names the function, the types differ.
 *
 * expect: fault call target
 */
#include "attack.h"

static void __attribute__((noinline)) other(uint64_t a, uint64_t b)
{
	*(volatile uint64_t *)a = b;
}
void attack(struct fp_batch *batch)
{
	((void (*)(int, struct fp_batch *))other)(5, batch); /* HERE */
}
