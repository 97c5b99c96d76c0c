/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls an address in the host.
 *
 * expect: fault call target
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	void (*function)(struct fp_batch *) = wild(HOST_PAGE);

	function(batch); /* HERE */
}
