/* SPDX-License-Identifier: Apache-2.0
 *
 * From a local into the heap.
 *
 * expect: fault guard
 * expect in segment: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile uint8_t local[64];
	uint8_t *heap = malloc(64);
	uint64_t distance = opaque((uint64_t)heap) - opaque((uint64_t)local);

	(void)batch;
	local[distance] = 1; /* HERE */
}
