/* SPDX-License-Identifier: Apache-2.0
 *
 * Fields around 64 KiB away from a pointer next to the end of the heap.
 *
 * expect: contained
 */
#include "attack.h"

struct edge { char a[0xfff0]; uint64_t below; uint64_t at; uint64_t above; char b[0x10000]; uint64_t second; };
void attack(struct fp_batch *batch)
{
	struct edge *root = wild(arena_of(&opaque_zero) + FP_HEAP_LIMIT - 8);

	root->second = batch->count;
	root->above = batch->count;
	root->at = batch->count;
	root->below = batch->count;
}
