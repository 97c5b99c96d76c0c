/* SPDX-License-Identifier: Apache-2.0
 *
 * The address of errno and a far index.
 *
 * expect: fault guard: write
 * expect in segment: survives
 */
#include <errno.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	((volatile int *)&errno)[opaque(1ul << 36)] = (int)batch->count; /* HERE */
}
