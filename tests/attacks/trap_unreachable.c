/* SPDX-License-Identifier: Apache-2.0
 *
 * Control falls off the function.
 *
 * expect: contained
 */
#include "attack.h"

__attribute__((noinline)) static void fall(uint64_t n)
{
	if (n)
		__builtin_unreachable();
	__builtin_unreachable();
}
void attack(struct fp_batch *batch)
{
	fall(opaque(batch->count));
}
