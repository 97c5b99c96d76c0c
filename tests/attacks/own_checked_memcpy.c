/* SPDX-License-Identifier: Apache-2.0
 *
 * Redefines the host's checked memcpy, which is in no header.
 *
 * expect: refused: fp_memcpy
 */
#include "attack.h"

__attribute__((noinline)) void *fp_memcpy(void *to, const void *from, size_t len)
{
	*(volatile size_t *)to = len;
	return (void *)from;
}
static char a[300];
void attack(struct fp_batch *batch)
{
	fp_memcpy(a, batch, opaque(3));
	memcpy(a, batch, opaque(batch->count));
	batch->packet[0].gate = (uint16_t)a[opaque(5)];
}
