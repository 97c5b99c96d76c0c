/* SPDX-License-Identifier: Apache-2.0
 *
 * Loads and stores through a vector of pointers, as a loop.
 *
 * expect: contained
 */
#include "attack.h"

static uint32_t indices[1 << 10];
void attack(struct fp_batch *batch)
{
	uint32_t *from = wild(HOST_PAGE), *to = malloc(1 << 14);

	for (unsigned i = 0; i < 1 << 10; i++)
		indices[i] = (uint32_t)opaque(i * 7);
	for (unsigned i = 0; i < 1 << 10; i++)
		to[i] = from[indices[i]] + batch->count;
	tell(*(uint64_t *)to);
}
