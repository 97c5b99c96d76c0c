/* SPDX-License-Identifier: Apache-2.0
 *
 * Redefines a host function.
 *
 * expect: refused: host
 */
#include "attack.h"

void fp_count(int id, uint64_t n)
{
	*(volatile uint64_t *)n = (uint64_t)id;
}
void attack(struct fp_batch *batch)
{
	fp_count(1, batch->count);
}
