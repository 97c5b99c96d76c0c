/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls a host function through a pointer of another type.
 *
 * expect: refused: address
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	void (*volatile function)(struct fp_batch *) = (void (*)(struct fp_batch *))fp_log;

	function(batch);
}
