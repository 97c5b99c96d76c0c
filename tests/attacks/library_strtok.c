/* SPDX-License-Identifier: Apache-2.0
 *
 * State kept between calls is the attacker's.
 *
 * expect: contained
 */
#include "attack.h"

static char text[] = "a,b,c,d";
static char *state;
void attack(struct fp_batch *batch)
{
	batch->packet[0].data = (uint8_t *)strtok_r(text, ",", &state);
	state = wild(HOST_PAGE);
	batch->packet[0].data = (uint8_t *)strtok_r(NULL, ",", &state);
}
