/* SPDX-License-Identifier: Apache-2.0
 *
 * A variable of that name.
 *
 * expect: refused: fp_memcpy
 */
#include "attack.h"

uint64_t fp_memcpy[4];
static char a[300];
void attack(struct fp_batch *batch)
{
	fp_memcpy[batch->count & 3] = 1;
	memcpy(a, batch, opaque(batch->count));
	batch->packet[0].gate = (uint16_t)(a[opaque(5)] + fp_memcpy[opaque(1)]);
}
