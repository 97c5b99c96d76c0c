/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static void hidden(void)
{
}

void (*entry)(void) __attribute__((section(".init_array"))) = hidden; // expect: __attribute__((section)) puts
int kept __attribute__((retain)) = 3; // expect: __attribute__((retain)) puts

void process(struct fp_batch *batch)
{
	batch->packet[0].gate = 1;
}
