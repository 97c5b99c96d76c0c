/* SPDX-License-Identifier: Apache-2.0
 *
 * strcpy() to the host.
 *
 * expect: fault guard: write
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	strcpy(wild(HOST_PAGE), "hello and goodbye"); /* HERE */
	batch->packet[0].gate = 0;
}
