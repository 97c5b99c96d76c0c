/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that faults in every tenth batch.
 */
#include <fastpaas/nf.h>

static unsigned batches;

void process(struct fp_batch *batch)
{
	if (++batches % 10 == 0)
		*(volatile uint8_t *)(uintptr_t)1 = 0;
	(void)batch;
}
