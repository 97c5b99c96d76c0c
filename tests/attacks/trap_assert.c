/* SPDX-License-Identifier: Apache-2.0
 *
 * A failed assertion.
 *
 * expect: fault abort
 */
#include <assert.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	assert(opaque(batch->count) == 12345); /* HERE */
}
