/* SPDX-License-Identifier: Apache-2.0
 *
 * For a processor without AVX.
 *
 * expect: fault guard: write
 * flags: -march=x86-64-v2
 */
#include "attack.h"

static char own[256];
void attack(struct fp_batch *batch)
{
	char *place = wild(HOST_PAGE);

	for (uint64_t i = 0; i < opaque(256); i++)
		place[i] = (char)(own[i] + (char)batch->count); /* HERE */
}
