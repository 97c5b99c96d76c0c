/* SPDX-License-Identifier: Apache-2.0
 *
 * Variable-length arrays of all sizes, one after another: each turn gives back what it took.
 *
 * expect: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	for (unsigned i = 0; i < 1000; i++) {
		volatile char array[opaque(i) + 100000];

		array[i] = (char)batch->count;
	}
}
