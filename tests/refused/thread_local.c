/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static __thread int first; // expect: a thread-local variable would live in the host's memory

void process(struct fp_batch *batch)
{
	static _Thread_local int second; // expect: a thread-local variable would live in the host's memory

	batch->packet[0].gate = (uint16_t)(first++ + second++);
}
