/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

void process(struct fp_batch *batch)
{
	static const void *const table[] = {
		&&drop, // expect: a computed goto can go anywhere
		&&pass, // expect: a computed goto can go anywhere
	};

	goto *table[batch->count & 1]; // expect: a computed goto can go anywhere
drop:
	batch->packet[0].gate = FP_DROP;
pass:
	return;
}
