/* SPDX-License-Identifier: Apache-2.0
 *
 * A variable in the host's thread memory.
 *
 * expect: refused: thread-local
 */
#include "attack.h"

static _Thread_local uint64_t table[16];
void attack(struct fp_batch *batch)
{
	table[opaque(batch->count)] = 1;
}
