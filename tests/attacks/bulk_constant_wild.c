/* SPDX-License-Identifier: Apache-2.0
 *
 * Constant lengths of all sizes, inlined and not.
 *
 * expect: fault guard, api: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *place = wild(HOST_PAGE);

	memcpy(place, batch, 1); /* HERE */
	memcpy(place, batch, 127);
	memcpy(place, batch, 129);
	memmove(place, batch, 64);
	memset(place, 1, 100);
}
