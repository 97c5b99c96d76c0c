/* SPDX-License-Identifier: Apache-2.0
 *
 * Formats the host's memory.
 *
 * expect: fault guard, api
 * expect in wonly: fault api
 */
#include <stdio.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	char text[32];

	(void)batch;
	snprintf(text, sizeof(text), "%.8s", (const char *)wild(HOST_PAGE)); /* HERE */
	tell(*(uint64_t *)text);
}
