/* SPDX-License-Identifier: Apache-2.0
 *
 * One function under two names.
 *
 * expect: refused: alias
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
}
void other(struct fp_batch *batch) __attribute__((alias("attack")));
