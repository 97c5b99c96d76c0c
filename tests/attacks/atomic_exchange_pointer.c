/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchanges pointers.
 *
 * expect: fault guard
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	void *_Atomic *place = wild(HOST_PAGE);

	batch->packet[0].data = __c11_atomic_exchange(place, (void *)batch, 5); /* HERE */
}
