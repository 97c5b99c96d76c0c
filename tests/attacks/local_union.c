/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer local overwritten as bytes.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	union { char *p; unsigned char bytes[8]; } local = {.p = (char *)batch};
	uint64_t place = HOST_PAGE;

	for (unsigned i = 0; i < 8; i++)
		((volatile unsigned char *)local.bytes)[i] = ((unsigned char *)&place)[opaque(i)];
	*local.p = 1; /* HERE */
}
