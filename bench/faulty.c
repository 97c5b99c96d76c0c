/* SPDX-License-Identifier: Apache-2.0
 *
 * A module that faults in its second batch: how soon do the others run again?
 */
#include <fastpaas/nf.h>

static int batches;

void process(struct fp_batch *batch)
{
	uint8_t *volatile nowhere = (uint8_t *)(uintptr_t)0x10;

	if (++batches == 2)
		*nowhere = (uint8_t)batch->count;
}
