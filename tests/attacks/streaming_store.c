/* SPDX-License-Identifier: Apache-2.0
 *
 * A store that bypasses the caches.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	__builtin_nontemporal_store((int)batch->count, (int *)wild(HOST_PAGE)); /* HERE */
}
