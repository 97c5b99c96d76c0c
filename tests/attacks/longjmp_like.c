/* SPDX-License-Identifier: Apache-2.0
 *
 * setjmp by builtin.
 *
 * expect: refused: restore a stack
 */
#include "attack.h"

static void *buffer[5];
void attack(struct fp_batch *batch)
{
	if (__builtin_setjmp(buffer) == 0)
		__builtin_longjmp(buffer, 1);
	batch->reserved = 1;
}
