/* SPDX-License-Identifier: Apache-2.0
 *
 * exit().
 *
 * expect: refused: exit
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	exit((int)batch->count);
}
