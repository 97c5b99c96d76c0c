/* SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's half.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(volatile uint64_t *)wild(0xffffffff81000000) = batch->count; /* HERE */
}
