/* SPDX-License-Identifier: Apache-2.0
 *
 * The same, and the second array is in the host's memory.
 *
 * expect: fault guard, memory
 */
#include "attack.h"

static char own[4096];
void attack(struct fp_batch *batch)
{
	char *p = wild(HOST_PAGE);
	uint64_t len = opaque(4096);

	for (uint64_t i = 0; i < len; i++)
		p[i] = (char)(own[i] + (char)i + (char)batch->reserved); /* HERE */
}
