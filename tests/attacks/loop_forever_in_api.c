/* SPDX-License-Identifier: Apache-2.0
 *
 * Never returns, and is mostly in host functions.
 *
 * expect: fault time budget
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
	for (;;) /* HERE */
		fp_count(0, fp_now()); /* HERE */
}
