/* SPDX-License-Identifier: Apache-2.0
 *
 * The same, and it writes elsewhere.
 *
 * expect: fault guard: write
 * flags: -fno-builtin
 */
#include "attack.h"

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	*(volatile uint64_t *)opaque(HOST_PAGE) = len; /* HERE */
	return (void *)from;
}
static char a[300], b[300];
void attack(struct fp_batch *batch)
{
	memcpy(a, b, opaque(batch->count));
}
