/* SPDX-License-Identifier: Apache-2.0
 *
 * An atomic store.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	__atomic_store_n((uint32_t *)wild(HOST_PAGE), batch->count, __ATOMIC_SEQ_CST); /* HERE */
}
