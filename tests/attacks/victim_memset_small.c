/* SPDX-License-Identifier: Apache-2.0
 *
 * The same with a length the compiler turns into stores.
 *
 * expect: fault guard: write
 * expect in segment: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	memset(wild(note_of(batch)->data), 66, 48); /* HERE */
}
