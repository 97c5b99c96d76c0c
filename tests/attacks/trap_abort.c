/* SPDX-License-Identifier: Apache-2.0
 *
 * abort().
 *
 * expect: fault abort
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	if (opaque(batch->count))
		abort(); /* HERE */
}
