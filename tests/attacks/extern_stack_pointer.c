/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's stack pointer, as what it is.
 *
 * expect: refused: thread-local
 */
#include "attack.h"

extern _Thread_local void *__fp_stack_pointer;
void attack(struct fp_batch *batch)
{
	__fp_stack_pointer = batch;
}
