/* SPDX-License-Identifier: Apache-2.0
 *
 * A shuffle by a run-time mask.
 *
 * expect: survives
 */
#include "attack.h"

typedef unsigned char sixteen __attribute__((vector_size(16)));
static volatile char table[256];
void attack(struct fp_batch *batch)
{
	sixteen value = {1, 2, 3}, mask;

	memset(&mask, 0xff, opaque(sizeof(mask)));
	value = __builtin_shufflevector(value, mask, 0, 31, 15, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
	table[value[opaque(3) & 15]] = (char)batch->count;
}
