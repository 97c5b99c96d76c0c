/* SPDX-License-Identifier: Apache-2.0
 *
 * Code that runs when the module is loaded.
 *
 * expect: refused: guards
 */
#include "attack.h"

__attribute__((constructor)) static void early(void)
{
	*(volatile uint64_t *)HOST_PAGE = 1;
}
void attack(struct fp_batch *batch)
{
	(void)batch;
}
