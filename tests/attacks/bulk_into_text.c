/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy over its own code.
 *
 * expect: fault memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	memset((void *)opaque((uint64_t)attack), 0xc3, opaque(64)); /* HERE */
	batch->packet[0].gate = 0;
}
