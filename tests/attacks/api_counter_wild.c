/* SPDX-License-Identifier: Apache-2.0
 *
 * A name in the host.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	batch->packet[0].gate = (uint16_t)fp_counter(wild(HOST_PAGE)); /* HERE */
}
