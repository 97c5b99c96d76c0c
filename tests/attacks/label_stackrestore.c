/* SPDX-License-Identifier: Apache-2.0
 *
 * Sets the module's stack pointer to a place of its own choice.
 *
 * expect: fault stack exhausted, guard, unreachable
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define STACK_RESTORE
#include <system_labels.h>
__attribute__((noinline)) static void use(uint64_t n)
{
	volatile char local[64];

	for (unsigned i = 0; i < 64; i++)
		local[opaque(i)] = (char)n;
}
void attack(struct fp_batch *batch)
{
	volatile char array[opaque(100)];

	array[0] = 1;
	restore(wild(HOST_PAGE + 4096));
	use(batch->count);
}
