/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

__asm__(".globl hidden_entry\nhidden_entry: ret"); // expect: inline assembly cannot be guarded

void process(struct fp_batch *batch)
{
	batch->packet[0].gate = 1;
}
