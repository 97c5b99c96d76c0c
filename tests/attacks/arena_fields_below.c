/* SPDX-License-Identifier: Apache-2.0
 *
 * The root is the arena's first byte, the field 64 KiB below it.
 *
 * expect: fault memory, guard: write
 */
#include "attack.h"

struct big { char pad[0x20000]; uint64_t field; };
void attack(struct fp_batch *batch)
{
	uint64_t base = arena_of(&opaque_zero);
	char *root = wild(base);

	*(uint64_t *)(root - 0xfff8) = batch->count; /* HERE */
	*(uint64_t *)(root - 0x10008) = batch->count; /* HERE */
}
