/* SPDX-License-Identifier: Apache-2.0
 *
 * The touches are stores overwritten at once.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t *p = malloc(64);

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0x1fff) {
		*p = i; /* HERE */
		*p = batch->count; /* HERE */
	}
}
