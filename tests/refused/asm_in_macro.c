/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

#define KEYWORD __asm__
#define EMIT KEYWORD
#define BARRIER() KEYWORD volatile("" : : : "memory")

EMIT("nop"); // expect: inline assembly cannot be guarded

void process(struct fp_batch *batch)
{
	BARRIER(); // expect: inline assembly cannot be guarded
	batch->packet[0].gate = 1;
}
