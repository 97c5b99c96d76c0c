/* SPDX-License-Identifier: Apache-2.0
 *
 * Downwards: into the module's read-only parts.
 *
 * expect: fault memory: write
 */
#include "attack.h"

static volatile unsigned char table[256];
void attack(struct fp_batch *batch)
{
	for (int64_t i = 0; i > -(1l << 34); i--)
		table[i] = (unsigned char)batch->count; /* HERE */
}
