/* SPDX-License-Identifier: Apache-2.0
 *
 * Where the native stack is.
 *
 * expect: refused: native stack
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	*(uint64_t *)__builtin_frame_address(0) = batch->count;
}
