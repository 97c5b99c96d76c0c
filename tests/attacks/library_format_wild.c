/* SPDX-License-Identifier: Apache-2.0
 *
 * Formats into the host's memory.
 *
 * expect: fault guard, api
 */
#include <stdio.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	snprintf(wild(HOST_PAGE), opaque(1000), "%u and %s", batch->count, "text"); /* HERE */
}
