/* SPDX-License-Identifier: Apache-2.0 */
#include "counts.h"

#include <stdio.h>

void fp_counts_add(json_t *counts, const char *name, uint64_t packets)
{
	if (packets > 0)
		json_object_set_new(counts, name, json_integer((json_int_t)packets));
}

json_t *fp_counts_gates(const uint64_t gate[FP_GATES])
{
	json_t *gates = json_object();
	char name[8];

	for (int i = 0; i < FP_GATES; i++) {
		snprintf(name, sizeof(name), "%d", i);
		fp_counts_add(gates, name, gate[i]);
	}
	return gates;
}

json_t *fp_counts_drops(const uint64_t drop[FP_DROPS])
{
	json_t *drops = json_object();

	for (int i = 0; i < FP_DROPS; i++)
		fp_counts_add(drops, fp_drop_names[i], drop[i]);
	return drops;
}
