/* SPDX-License-Identifier: Apache-2.0
 *
 * A local of nearly 2^64 bytes: the frame would lie above the caller's, at any distance.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *local = __builtin_alloca((size_t)-0x10000000000);

	for (unsigned i = 0; i < 4096; i++)
		local[i] = (char)batch->count;
}
