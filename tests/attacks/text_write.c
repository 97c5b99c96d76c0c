/* SPDX-License-Identifier: Apache-2.0
 *
 * Writes to its own code: an address that is known when it is built.
 *
 * expect: refused: which is not in the module's own image
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *code = (char *)attack;

	*code = (char)batch->count; /* HERE */
}
