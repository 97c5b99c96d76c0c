/* SPDX-License-Identifier: Apache-2.0
 *
 * Searches the host's memory.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	char *found = memchr(wild(HOST_PAGE), (int)(HOST_SECRET & 0xff), opaque(100)); /* HERE */

	if (found)
		tell(HOST_SECRET);
	batch->packet[0].gate = 0;
}
