/* SPDX-License-Identifier: Apache-2.0
 *
 * Text for the log that is longer than it is.
 *
 * report: read of 20 bytes at offset 0 of a 10-byte variable `text`
 */
#include "program.h"

static char text[10] = "some text";

static void run(struct fp_batch *batch)
{
	(void)batch;
	text[zero] = 'S';
	fp_log(FP_INFO, text, 20 + zero); /* HERE */
}
