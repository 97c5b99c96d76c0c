/* SPDX-License-Identifier: Apache-2.0
 *
 * A length of 2^64 - 1.
 *
 * expect: fault api
 */
#include "attack.h"

static char own[64];
void attack(struct fp_batch *batch)
{
	memset(own, (int)batch->count, opaque(~0ul)); /* HERE */
	batch->packet[0].gate = (uint16_t)own[opaque(7)];
}
