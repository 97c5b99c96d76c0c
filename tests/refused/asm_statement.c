/* SPDX-License-Identifier: Apache-2.0 */
#include <fastpaas/nf.h>

void process(struct fp_batch *batch)
{
	__asm__ volatile("wrgsbase %0" : : "r"((uint64_t)batch)); // expect: inline assembly cannot be guarded
}
