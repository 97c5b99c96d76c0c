/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to a host function.
 *
 * expect: refused: address
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(volatile char *)opaque((uint64_t)fp_now) = (char)batch->count;
}
