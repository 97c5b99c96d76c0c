/* SPDX-License-Identifier: Apache-2.0
 *
 * A function that is said to return fresh memory, and gives the batch and the host's page.
 *
 * expect: fault guard: write
 */
#include "attack.h"

__attribute__((malloc, alloc_size(1), noinline)) static void *fresh(uint64_t which)
{
	return (void *)opaque(which);
}
void attack(struct fp_batch *batch)
{
	uint32_t *first = fresh((uint64_t)&batch->reserved), *second = fresh(HOST_PAGE);

	*first = 5;
	batch->reserved = 6;
	((volatile uint32_t *)second)[*(volatile uint32_t *)first] = 1; /* HERE */
}
