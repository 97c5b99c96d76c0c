/* SPDX-License-Identifier: Apache-2.0
 *
 * The same for stores.
 *
 * expect: fault guard: write
 */
#include "attack.h"

static uint32_t indices[1 << 10];
void attack(struct fp_batch *batch)
{
	uint32_t *to = wild(HOST_PAGE);

	for (unsigned i = 0; i < 1 << 10; i++)
		indices[i] = (uint32_t)opaque(i * 7);
	for (unsigned i = 0; i < 1 << 10; i++)
		to[indices[i]] = batch->count; /* HERE */
}
