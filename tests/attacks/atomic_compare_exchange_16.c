/* SPDX-License-Identifier: Apache-2.0
 *
 * The 16-byte one.
 *
 * expect: fault guard, memory
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	__int128 *place = wild(HOST_PAGE);

	batch->packet[0].gate = (uint16_t)__sync_bool_compare_and_swap(place, (__int128)HOST_SECRET, (__int128)batch->count);
}
