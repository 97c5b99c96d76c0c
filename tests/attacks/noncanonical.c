/* SPDX-License-Identifier: Apache-2.0
 *
 * Addresses no processor takes.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(volatile uint64_t *)wild(0x8000000000000000) = batch->count; /* HERE */
}
