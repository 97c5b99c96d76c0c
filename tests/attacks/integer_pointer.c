/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer made from a float's bits, by way of memory.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	union { double d; char *p; uint64_t u; } mix;

	mix.u = opaque(HOST_PAGE);
	mix.d *= batch->count == 1234567 ? 2.0 : 1.0;
	mix.p[0] = 1; /* HERE */
}
