/* SPDX-License-Identifier: Apache-2.0
 *
 * A system call.
 *
 * expect: refused: inline assembly
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	__asm__ volatile("syscall" ::"a"(60), "D"(batch->count));
}
