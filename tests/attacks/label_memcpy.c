/* SPDX-License-Identifier: Apache-2.0
 *
 * The host's checked memcpy under another name and with a length of its own: it checks.
 *
 * expect: fault api
 * flags: -isystem HERE/parts
 */
#include "attack.h"
#define MEMCPY
#include <system_labels.h>
void attack(struct fp_batch *batch)
{
	host_copy(wild(HOST_PAGE), batch, 64); /* HERE */
}
