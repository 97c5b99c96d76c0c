/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

__attribute__((naked)) void bare(void) // expect: __attribute__((naked)) makes code that cannot be checked
{
}

__attribute__((target("avx512f"))) static int wide(int x) // expect: __attribute__((target)) allows instructions
{
	return x + 1;
}

static int tail(int x)
{
	if (x > 100)
		return x;
	__attribute__((musttail)) return tail(x + 1); // expect: __attribute__((musttail)) makes code
}

void process(struct fp_batch *batch)
{
	bare();
	batch->packet[0].gate = (uint16_t)(tail(3) + wide(2));
}
