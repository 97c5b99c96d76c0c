/* SPDX-License-Identifier: Apache-2.0
 *
 * An atomic load.
 *
 * expect: fault guard: read
 * expect in wonly: survives
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
	tell(__atomic_load_n((uint64_t *)wild(HOST_PAGE), __ATOMIC_ACQUIRE)); /* HERE */
}
