/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a generated program once and reports its checksum by counters.
 */
#include <fastpaas/nf.h>

uint64_t checksum = 0xcbf29ce484222325;
uint64_t reported;

int generated_main(void);

void process(struct fp_batch *batch)
{
	(void)batch;
	generated_main();
	fp_count(fp_counter("checksum"), checksum >> 1); /* counters above INT64_MAX lose digits in JSON */
	fp_count(fp_counter("reported"), reported);
}
