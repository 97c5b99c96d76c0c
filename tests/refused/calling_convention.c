/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

typedef int (*callback)(int) __attribute__((ms_abi));

static __attribute__((ms_abi)) int windows(int x) // expect: this calling convention is not one the host
{
	return x;
}

static __attribute__((preserve_all)) void quiet(void) // expect: this calling convention is not one the host
{
}

void process(struct fp_batch *batch)
{
	callback call = windows; // expect: this calling convention is not one the host

	quiet();
	batch->packet[0].gate = (uint16_t)call(1);
}
