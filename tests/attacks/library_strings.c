/* SPDX-License-Identifier: Apache-2.0
 *
 * Strings without an end.
 *
 * expect: fault memory, guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *text = wild(arena_of(&opaque_zero) + FP_HEAP_OFFSET + 0xfff8000);

	memset(text, 'x', opaque(0x8000));
	batch->packet[0].timestamp = strlen(text); /* HERE */
	strcat(text, text); /* HERE */
	batch->packet[0].timestamp += (uint64_t)strstr(text, "needle"); /* HERE */
}
