/* SPDX-License-Identifier: Apache-2.0
 *
 * Says that a pointer is that of an array.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static char table[16];
void attack(struct fp_batch *batch)
{
	char *place = wild(HOST_PAGE);

	__builtin_assume(place >= table && place < table + 16);
	*(volatile char *)place = (char)batch->count; /* HERE */
}
