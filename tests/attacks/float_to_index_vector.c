/* SPDX-License-Identifier: Apache-2.0
 *
 * The same for vectors.
 *
 * expect: survives
 */
#include "attack.h"

typedef double four __attribute__((vector_size(32)));
typedef unsigned char four_bytes __attribute__((vector_size(4)));
static volatile char table[256];
void attack(struct fp_batch *batch)
{
	volatile four values = {1e9, -1e9, 0.0 / 0.0, 1e300};
	four_bytes bytes = __builtin_convertvector(values, four_bytes);

	for (unsigned i = 0; i < 4; i++)
		table[bytes[i]] = (char)batch->count;
}
