/* SPDX-License-Identifier: Apache-2.0
 *
 * Filters run by libpcap's interpreter. fpcc makes a module of them, so this is for graphs that are made without it.
 */
#include "stage.h"

#include <stdlib.h>

#include "filter.h"
#include "options.h"

static int create_filter(struct fp_stage *stage, const struct fp_trust *trust, struct fp_error *error)
{
	const json_t *programs;
	const struct fp_option rows[] = {{"programs", FP_OPTION_ARRAY, &programs, true, 1, FP_FILTERS_MAX}};

	(void)trust;
	if (fp_options_read(stage->options, stage->name, rows, 1, error) < 0)
		return -1;
	stage->own = calloc(1, sizeof(struct fp_filter));
	if (!stage->own)
		return fp_fail(error, "no memory for the filters of %s", stage->name);
	return fp_filter_create(stage->own, programs, error);
}

static void destroy_filter(struct fp_stage *stage)
{
	if (stage->own)
		fp_filter_destroy(stage->own);
	free(stage->own);
}

static void run_filter(struct fp_stage *stage, struct fp_burst *burst, uint64_t now)
{
	fp_filter_run(stage->own, burst);
	burst->gates_set = true;
	stage->node.in += burst->count;
	for (uint32_t i = 0; i < burst->count; i++)
		stage->node.gate[burst->packet[i].gate]++;
	fp_stage_pass(stage, burst, now);
}

const struct fp_stage_kind fp_stage_filter = {
	.name = "filter",
	.create = create_filter,
	.destroy = destroy_filter,
	.run = run_filter,
};
