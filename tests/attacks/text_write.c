/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to its own code.
 *
 * expect: fault memory: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *code = (char *)attack;

	*code = (char)batch->count; /* HERE */
}
