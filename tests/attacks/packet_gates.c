/* SPDX-License-Identifier: Apache-2.0
 *
 * Gates that do not exist.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < batch->count; i++)
		batch->packet[i].gate = (uint16_t)(i * 2100 + 63);
}
