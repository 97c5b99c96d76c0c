/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers that fit no integer become indices.
 *
 * expect: survives
 */
#include "attack.h"

static volatile char table[256], small[65536];
void attack(struct fp_batch *batch)
{
	volatile double values[] = {1e9, -1e9, 1e300, -1e300, 0.0 / 0.0, 255.5, -0.5, 4e9};

	for (unsigned i = 0; i < 8; i++) {
		table[(unsigned char)values[i]] = 1;
		small[(unsigned short)values[i]] = (char)batch->count;
		table[(unsigned char)(float)values[i]] = 1;
	}
}
