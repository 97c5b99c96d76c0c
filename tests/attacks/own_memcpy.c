/* SPDX-License-Identifier: Apache-2.0
 *
 * Its own memcpy, which the compiler may call where it copies structures.
 *
 * expect: survives
 * flags: -fno-builtin
 */
#include "attack.h"

struct some { uint64_t words[200]; };
static struct some a, b;
void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	char *place = to;

	for (size_t i = 0; i < len; i++)
		((volatile char *)place)[i] = ((const volatile char *)from)[i];
	return to;
}
void attack(struct fp_batch *batch)
{
	a.words[3] = batch->count;
	b = a;
	memcpy(&a, &b, opaque(sizeof(a)));
}
