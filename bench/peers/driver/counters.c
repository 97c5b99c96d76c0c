/* SPDX-License-Identifier: Apache-2.0 */
#include "counters.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fastpaas/nf.h>

#include "clock.h"

struct counters *running_counters;

void fp_log(int level, const char *text, size_t len)
{
	if (level <= FP_WARNING)
		fprintf(stderr, "%.*s\n", (int)len, text);
}

void fp_logf(int level, const char *format, ...)
{
	char text[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	fp_log(level, text, strlen(text));
}

uint64_t fp_now(void)
{
	return fp_clock_read(CLOCK_REALTIME);
}

int fp_counter(const char *name)
{
	struct counters *all = running_counters;

	for (uint32_t i = 0; i < all->count; i++)
		if (strcmp(all->name[i], name) == 0)
			return (int)i;
	if (all->count == COUNTERS_MAX || strlen(name) >= COUNTER_NAME)
		return -1;
	strcpy(all->name[all->count], name);
	return (int)all->count++;
}

void fp_count(int id, uint64_t n)
{
	if ((uint32_t)id < running_counters->count)
		running_counters->value[id] += n;
}

int64_t counter_value(const struct counters *counters, const char *name)
{
	for (uint32_t i = 0; i < counters->count; i++)
		if (strcmp(counters->name[i], name) == 0)
			return (int64_t)counters->value[i];
	return -1;
}
