/* SPDX-License-Identifier: Apache-2.0
 *
 * An object from posix_memalign().
 *
 * report: write of 1 byte at offset 50 of a 50-byte heap object allocated at SITE in run()
 */
#include "program.h"

static void run(struct fp_batch *batch)
{
	void *bytes;

	(void)batch;
	if (posix_memalign(&bytes, 64, 50 + zero)) /* SITE */
		return;
	((char *)bytes)[50] = 1; /* HERE */
}
