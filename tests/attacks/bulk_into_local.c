/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy of a wild length into a local.
 *
 * expect: fault memory, api, guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char local[64];
	uint64_t len = opaque(1 << 22);

	memset(local, 'A', len); /* HERE */
	batch->packet[0].gate = (uint16_t)local[opaque(5)];
}
