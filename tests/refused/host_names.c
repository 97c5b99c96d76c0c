/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

char __fp_arena[1]; // expect: names that begin with __fp_ belong to the guards

void *__fp_guard(void *pointer) // expect: names that begin with __fp_ belong to the guards
{
	return pointer;
}

uint64_t fp_now(void) // expect: fp_now() is the host's and cannot be defined
{
	return 0;
}

void process(struct fp_batch *batch)
{
	batch->packet[0].gate = 1;
}
