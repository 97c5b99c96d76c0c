/* SPDX-License-Identifier: Apache-2.0
 *
 * Lengths of all kinds, up to the edge of a page that is there.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *edge = wild(arena_of(&opaque_zero) + FP_HEAP_OFFSET + 0x10000000 - 16);

	memset(edge, 'x', opaque(16));
	fp_log(FP_INFO, edge, 16);
	fp_log(FP_INFO, edge, opaque(0));
	fp_log(FP_INFO, wild(HOST_PAGE), opaque(0));
	fp_log(FP_INFO, edge, opaque(17));
	fp_log((int)batch->count, edge, opaque(~0ul));
}
