/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

static int __seg_gs *base; // expect: a pointer into another address space reaches the host's memory

struct link {
	int __seg_fs *thread; // expect: a pointer into another address space reaches the host's memory
};

void process(struct fp_batch *batch)
{
	int __attribute__((address_space(256))) **deep = &base; // expect: a pointer into another address space

	*(volatile int __seg_gs *)8 = 1; // expect: a pointer into another address space reaches the host's memory
	batch->packet[0].gate = (uint16_t)(deep != NULL);
}
