/* SPDX-License-Identifier: Apache-2.0
 *
 * Atomic loads and stores.
 *
 * expect: fault guard, memory
 * expect in wonly: fault memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	_Atomic uint32_t *p = malloc(64);
	uint32_t sum = batch->count;

	for (uint64_t i = 0; i < 1ul << 24; i++, p += 0x3ff0)
		sum += *p; /* HERE */
	batch->packet[0].len = sum;
}
