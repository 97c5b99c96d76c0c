/* SPDX-License-Identifier: Apache-2.0
 *
 * A null that the compiler sees.
 *
 * expect: fault guard, memory, unreachable
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(volatile int *)0 = (int)batch->count;
}
