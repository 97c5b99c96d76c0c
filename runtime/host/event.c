/* SPDX-License-Identifier: Apache-2.0 */
#include "event.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "printable.h"

#define FORMAT (JSON_COMPACT | JSON_REAL_PRECISION(9))

static pthread_mutex_t output = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool lost;

/* Workers and the control thread all have something to say. */
void fp_event_emit(json_t *event)
{
	pthread_mutex_lock(&output);
	if (!event || json_dumpf(event, stdout, FORMAT) < 0 || putchar('\n') == EOF || fflush(stdout) == EOF)
		atomic_store(&lost, true);
	pthread_mutex_unlock(&output);
	json_decref(event);
}

bool fp_event_lost(void)
{
	return atomic_load(&lost);
}

bool fp_event_has_reader(void)
{
	struct pollfd output_end = {.fd = STDOUT_FILENO};

	return poll(&output_end, 1, 0) <= 0 || !(output_end.revents & (POLLERR | POLLHUP));
}

static const char *name_of(const struct fp_node *node)
{
	return node->plan->instance.name;
}

void fp_event_error(const char *text)
{
	char shown[FP_PRINTABLE_SIZE(sizeof(((struct fp_error *)0)->text))];

	fp_printable(shown, text, strnlen(text, sizeof(((struct fp_error *)0)->text)));
	fp_event_emit(json_pack("{s:s, s:s}", "event", "error", "text", shown));
}

void fp_event_log(const struct fp_node *node, int level, const char *text, uint32_t len)
{
	static const char *const levels[] = {"error", "warning", "info", "debug"};
	char shown[FP_PRINTABLE_SIZE(FP_LOG_TEXT)];

	fp_printable(shown, text, len);
	fp_event_emit(json_pack("{s:s, s:s, s:s, s:s}", "event", "log", "node", name_of(node), "level", levels[level],
				"text", shown));
}

void fp_event_suppressed(const struct fp_node *node, uint64_t lines)
{
	fp_event_emit(json_pack("{s:s, s:s, s:I}", "event", "log suppressed", "node", name_of(node), "lines",
				(json_int_t)lines));
}

void fp_event_invalid(const struct fp_node *node, uint64_t packet, const char *reason)
{
	fp_event_emit(json_pack("{s:s, s:s, s:I, s:s}", "event", "invalid packet", "node", name_of(node), "packet",
				(json_int_t)packet, "reason", reason));
}

void fp_event_restart(const struct fp_node *node, uint64_t waited_ns, const char *failure)
{
	fp_event_emit(json_pack("{s:s, s:s, s:b, s:I, s:f, s:s?}", "event", "restart", "node", name_of(node), "ok",
				failure == NULL, "attempt", (json_int_t)node->restarts, "waited_ms",
				(double)waited_ns / 1e6, "text", failure));
}

/* JSON integers end at 2^63 here; a module may count further. */
static json_t *number(uint64_t value)
{
	return value <= INT64_MAX ? json_integer((json_int_t)value) : json_real((double)value);
}

void fp_event_counters(const struct fp_node *node)
{
	const struct fp_counters *counters = &node->instance.counters;
	json_t *values = json_object();

	for (unsigned i = 0; i < counters->count; i++)
		json_object_set_new(values, counters->name[i], number(counters->value[i]));
	fp_event_emit(json_pack("{s:s, s:s, s:o, s:I}", "event", "counters", "node", name_of(node), "counters", values,
				"misuse", (json_int_t)counters->misuse));
}
