/* SPDX-License-Identifier: Apache-2.0
 *
 * Loads and stores of all sizes at odd addresses.
 *
 * expect: survives
 */
#include "attack.h"

struct __attribute__((packed)) odd { char a; uint16_t b; uint32_t c; uint64_t d; double e; };
void attack(struct fp_batch *batch)
{
	volatile struct odd *place = (struct odd *)opaque((uint64_t)batch->packet[0].data + 101);

	place->b = 1;
	place->c = 2;
	place->d = batch->count;
	place->e = (double)place->d;
}
