/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF that works as long as it is told to: so many rounds of mixing for each packet. The argument file is their
 * number.
 */
#include <fastpaas/nf.h>
#include <stdlib.h>

static unsigned long rounds;
static uint64_t kept;

int init(const struct fp_args *args)
{
	rounds = strtoul(args->text, NULL, 10);
	return 0;
}

void process(struct fp_batch *batch)
{
	uint64_t value = kept;

	for (uint32_t i = 0; i < batch->count; i++) {
		value += batch->packet[i].data[0];
		for (unsigned long j = 0; j < rounds; j++)
			value = (value ^ value >> 29) * 0x9e3779b97f4a7c15u;
	}
	kept = value;
}
