/* SPDX-License-Identifier: Apache-2.0
 *
 * Gives a packet another address and writes through it.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[1].data = wild(HOST_PAGE);
	batch->packet[1].data[8] = 1; /* HERE */
}
