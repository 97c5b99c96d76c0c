/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls null.
 *
 * expect: fault call target
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	void (*function)(struct fp_batch *) = wild(0);

	function(batch); /* HERE */
}
