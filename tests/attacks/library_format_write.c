/* SPDX-License-Identifier: Apache-2.0
 *
 * The format that writes.
 *
 * expect: contained
 */
#include <stdio.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	char text[100];
	const char *volatile format = "%n%hhn%s%s%s%s%*.*f%999999999d";

	batch->packet[0].len = (uint32_t)snprintf(text, sizeof(text), format, wild(HOST_PAGE), wild(HOST_PAGE));
}
