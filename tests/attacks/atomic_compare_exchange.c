/* SPDX-License-Identifier: Apache-2.0
 *
 * A compare-and-exchange that would fail.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	uint64_t expected = opaque(5);

	tell(__atomic_compare_exchange_n((uint64_t *)wild(HOST_PAGE), &expected, batch->count, 0, 5, 5) + expected); /* HERE */
}
