/* SPDX-License-Identifier: Apache-2.0
 *
 * Says that a pointer is aligned, so that adding can be done by or.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *place = __builtin_assume_aligned(wild(HOST_PAGE + 0x7ff), 1 << 20);

	place[(opaque(5) & 0xfffff) | 1] = (char)batch->count; /* HERE */
}
