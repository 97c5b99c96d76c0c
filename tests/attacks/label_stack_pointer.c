/* SPDX-License-Identifier: Apache-2.0
 *
 * Names the host's stack pointer by its symbol, in a header that says it is the system's.
 *
 * expect: refused: threadlocal
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define STACK_POINTER
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	stack_pointer = wild(HOST_PAGE);
	batch->reserved = 1;
}
