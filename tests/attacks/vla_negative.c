/* SPDX-License-Identifier: Apache-2.0
 *
 * A negative size.
 *
 * expect: fault stack exhausted
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	int size = -(int)opaque(5);
	volatile char array[size]; /* HERE */

	array[0] = (char)batch->count;
}
