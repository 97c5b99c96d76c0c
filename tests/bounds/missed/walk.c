/* SPDX-License-Identifier: Apache-2.0
 *
 * A pointer that walks through an object.
 *
 * report: read of 1 byte at offset 100 of a 100-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	char *text = malloc(100); /* SITE */
	unsigned long sum = 0;

	(void)batch;
	if (!text)
		return;
	memset(text, 'x', 100);
	for (const char *at = text; *at; at++) /* HERE */
		sum += (unsigned char)*at;
	sink = sum;
}
