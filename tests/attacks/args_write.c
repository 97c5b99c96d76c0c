/* SPDX-License-Identifier: Apache-2.0
 *
 * The argument file is mapped read-only.
 *
 * expect: fault memory: write
 */
#include "attack.h"

static char *kept;
int init(const struct fp_args *args)
{
	kept = (char *)args->text;
	return 0;
}
void attack(struct fp_batch *batch)
{
	kept[0] = (char)batch->count; /* HERE */
}
