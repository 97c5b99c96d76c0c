/* SPDX-License-Identifier: Apache-2.0
 *
 * Attributes that are lies.
 *
 * expect: fault guard: write
 */
#include "attack.h"

__attribute__((nonnull, returns_nonnull, noinline, const, assume_aligned(4096), alloc_size(2))) static char *
give(char *from, uint64_t size)
{
	return (char *)(((uint64_t)from & 0) + size);
}
void attack(struct fp_batch *batch)
{
	char *place = give(NULL, opaque(HOST_PAGE));

	*place = (char)batch->count; /* HERE */
}
