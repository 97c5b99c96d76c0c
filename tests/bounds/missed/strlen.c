/* SPDX-License-Identifier: Apache-2.0
 *
 * strlen() of what has no NUL.
 *
 * report: read of 9 bytes at offset 0 of an 8-byte variable `name`
 */
#include "program.h"

static struct {
	char name[8], after[8];
} unused;
static char name[8] = "12345678";

static void run(struct fp_batch *batch)
{
	(void)batch;
	name[zero] = '1';
	sink = strlen(name + zero) + (unsigned long)unused.after[0]; /* HERE */
}
