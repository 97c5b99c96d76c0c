/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of counters without an end, wild, and of strange characters.
 *
 * expect: contained
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *edge = wild(arena_of(&opaque_zero) + FP_HEAP_OFFSET + 0x10000000 - 4);

	fp_counter("");
	fp_counter("UPPER");
	fp_counter("\"quote\"");
	fp_counter("0123456789012345678901234567890123456789");
	for (unsigned i = 0; i < 200; i++) {
		char name[8] = {'c', (char)('a' + i % 26), (char)('a' + i / 26), 0};

		fp_counter(name);
	}
	memset(edge, 'x', opaque(4));
	batch->packet[0].gate = (uint16_t)fp_counter(edge);
}
