/* SPDX-License-Identifier: Apache-2.0
 *
 * Pointers that are said to be apart and are not: the second store changes what the first checked.
 *
 * expect: fault guard: write
 */
#include "attack.h"

struct object { char *place; };
__attribute__((noinline)) static void set(struct object *restrict a, uint64_t *restrict b)
{
	a->place[0] = 1;
	*b = opaque(HOST_PAGE);
	a->place[1] = 2; /* HERE */
	*(volatile char *)((volatile struct object *)a)->place = 3; /* HERE */
}
static char own[16];
static struct object object = {own};
void attack(struct fp_batch *batch)
{
	(void)batch;
	set(&object, (uint64_t *)&object);
}
