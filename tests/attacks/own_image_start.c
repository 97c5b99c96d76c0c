/* SPDX-License-Identifier: Apache-2.0
 *
 * A variable that is called like the symbol guards start from.
 *
 * expect: refused: __ehdr_start
 */
#include "attack.h"

char __ehdr_start[64];
void attack(struct fp_batch *batch)
{
	__ehdr_start[batch->count & 63] = 1;
	*(volatile uint64_t *)opaque(HOST_PAGE) = (uint64_t)__ehdr_start[opaque(3)];
}
