/* SPDX-License-Identifier: Apache-2.0
 *
 * A text that is in the arena, but not there.
 *
 * expect: fault memory, api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
	fp_log(FP_INFO, wild(arena_of(&opaque_zero) + FP_STATE_OFFSET), opaque(64)); /* HERE */
}
