/* SPDX-License-Identifier: Apache-2.0
 *
 * alloca(-1) at run time.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	volatile char *local = __builtin_alloca(-opaque(1)); /* HERE */

	local[0] = (char)batch->count;
}
