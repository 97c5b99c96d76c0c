/* SPDX-License-Identifier: Apache-2.0 */
#include "counters.h"

#include <string.h>

int fp_counters_open(struct fp_counters *counters, const char *name)
{
	size_t len = strlen(name);

	if (len < 1 || len >= FP_COUNTER_NAME || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_.") != len)
		return -1;
	for (unsigned i = 0; i < counters->count; i++)
		if (strcmp(counters->name[i], name) == 0)
			return (int)i;
	if (counters->count == FP_COUNTERS)
		return -1;
	memcpy(counters->name[counters->count], name, len + 1);
	return (int)counters->count++;
}

void fp_counters_add(struct fp_counters *counters, int id, uint64_t n)
{
	if (id >= 0 && (unsigned)id < counters->count)
		counters->value[id] += n;
	else
		counters->misuse++;
}
