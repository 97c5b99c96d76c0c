/* SPDX-License-Identifier: Apache-2.0
 *
 * An aligned vector access at an odd address.
 *
 * expect: fault memory
 */
#include "attack.h"

typedef float four __attribute__((vector_size(16)));
void attack(struct fp_batch *batch)
{
	volatile four *place = (four *)opaque((uint64_t)batch->packet[0].data + 1);

	*place = (four){1, 2, 3, (float)batch->count}; /* HERE */
}
