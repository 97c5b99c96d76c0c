/* SPDX-License-Identifier: Apache-2.0
 *
 * Overflow traps.
 *
 * expect: contained
 * flags: -ftrapv
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int value = (int)opaque(0x7fffffff);

	batch->packet[0].len = (uint32_t)(value + (int)batch->count);
}
