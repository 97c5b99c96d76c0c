/* SPDX-License-Identifier: Apache-2.0
 *
 * A small copy from the host's page.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include "attack.h"

static uint64_t to[4];
void attack(struct fp_batch *batch)
{
	(void)batch;
	memcpy(to, wild(HOST_PAGE), 32); /* HERE */
	tell(to[opaque(2)]);
}
