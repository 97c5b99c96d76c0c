/* SPDX-License-Identifier: Apache-2.0
 *
 * Scans numbers into the host's memory.
 *
 * expect: fault guard: write
 */
#include <stdio.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	(void)batch;
	sscanf("123 456", "%lu %u", (unsigned long *)wild(HOST_PAGE), (unsigned *)wild(HOST_PAGE + 8)); /* HERE */
}
