/* SPDX-License-Identifier: Apache-2.0
 *
 * A weak variable nobody defines.
 *
 * expect: refused: not defined
 */
#include "attack.h"

extern uint64_t nowhere[] __attribute__((weak));
void attack(struct fp_batch *batch)
{
	nowhere[opaque(5)] = batch->count;
}
