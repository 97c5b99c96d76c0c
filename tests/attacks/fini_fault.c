/* SPDX-License-Identifier: Apache-2.0
 *
 * Everything happens in fini(), when the host takes the module down.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void fini(void)
{
	*(volatile uint64_t *)wild(HOST_PAGE) = 1; /* HERE */
}
void attack(struct fp_batch *batch)
{
	batch->packet[0].gate = 0;
}
