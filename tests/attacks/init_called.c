/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls init() with wild arguments.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include "attack.h"

int init(const struct fp_args *args)
{
	tell(args->len); /* HERE */
	return 0;
}
void attack(struct fp_batch *batch)
{
	(void)batch;
	init(wild(HOST_PAGE));
}
