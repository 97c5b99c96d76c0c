/* SPDX-License-Identifier: Apache-2.0
 *
 * A remainder by zero is an index that is taken to be small.
 *
 * expect: fault guard, arithmetic, unreachable
 */
#include "attack.h"

static volatile char table[16];
void attack(struct fp_batch *batch)
{
	table[opaque(HOST_PAGE) % (opaque(0) & 15)] = (char)batch->count; /* HERE */
}
