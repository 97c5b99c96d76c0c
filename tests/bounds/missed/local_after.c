/* SPDX-License-Identifier: Apache-2.0
 *
 * Past the end of a local array.
 *
 * report: write of 1 byte at offset 32 of a 32-byte local variable `buffer` in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char buffer[32];

	for (unsigned i = 0; i <= sizeof(buffer) + zero; i++)
		buffer[i] = (char)batch->packet[0].data[i]; /* HERE */
	sink = (unsigned long)buffer[zero];
}
