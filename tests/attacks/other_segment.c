/* SPDX-License-Identifier: Apache-2.0
 *
 * Thread memory by address space.
 *
 * expect: refused: address_space
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(volatile __attribute__((address_space(257))) uint64_t *)0 = batch->count;
}
