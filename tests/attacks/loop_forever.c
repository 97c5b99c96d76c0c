/* SPDX-License-Identifier: Apache-2.0
 *
 * Never returns.
 *
 * expect: fault time budget
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
	while (opaque(1)) /* HERE */
		;
}
