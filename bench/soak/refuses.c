/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that does not start: its init() refuses, or faults if FAULTS is defined.
 */
#include <fastpaas/nf.h>

int init(const struct fp_args *args)
{
	(void)args;
#ifdef FAULTS
	*(volatile uint8_t *)(uintptr_t)16 = 1;
#endif
	return 7;
}

void process(struct fp_batch *batch)
{
	(void)batch;
}
