/* SPDX-License-Identifier: Apache-2.0
 *
 * A name that intermediate code has to quote.
 *
 * expect: survives
 * flags: -O0
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	unsigned größe = batch->count;
	char fünf[größe];

	fünf[0] = 1;
	batch->packet[0].gate = (uint16_t)(fünf[0] - 1);
}
