/* SPDX-License-Identifier: Apache-2.0
 *
 * Logs the host's memory.
 *
 * expect: fault api
 */
#include "attack.h"

void attack(struct fp_batch *batch)
{
	(void)batch;
	fp_log(FP_INFO, wild(HOST_PAGE), opaque(64)); /* HERE */
}
