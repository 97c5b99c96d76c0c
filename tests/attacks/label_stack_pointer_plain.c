/* SPDX-License-Identifier: Apache-2.0
 *
 * The same symbol as an ordinary variable.
 *
 * expect: refused: not defined
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define STACK_POINTER_PLAIN
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	(void)batch;
	stack_pointer = wild(HOST_PAGE);
}
