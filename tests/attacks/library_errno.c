/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors are the module's own.
 *
 * expect: survives
 */
#include <errno.h>

#include "attack.h"
void attack(struct fp_batch *batch)
{
	char *end;

	errno = (int)batch->count;
	batch->packet[0].timestamp = strtoul("999999999999999999999999999", &end, 10);
	if (errno != ERANGE)
		*(volatile char *)0 = 1;
	errno = 0x41414141;
}
