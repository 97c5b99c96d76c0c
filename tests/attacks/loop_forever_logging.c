/* SPDX-License-Identifier: Apache-2.0
 *
 * Floods the log.
 *
 * expect: fault time budget
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (;;) /* HERE */
		fp_logf(FP_ERROR, "%u packets \n\x1b[2J\xff %s", batch->count, "and so on"); /* HERE */
}
