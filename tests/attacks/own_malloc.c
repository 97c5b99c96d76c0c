/* SPDX-License-Identifier: Apache-2.0
 *
 * Its own malloc, whose result the compiler takes for fresh memory.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void *malloc(size_t size)
{
	return (void *)(opaque(HOST_PAGE) + size);
}
void attack(struct fp_batch *batch)
{
	uint64_t *place = malloc(64);

	*(volatile uint64_t *)place = batch->count; /* HERE */
}
