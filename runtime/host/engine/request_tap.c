/* SPDX-License-Identifier: Apache-2.0
 *
 * Taps over the control socket. The file comes with the request, opened by who asks: the host opens no path for it.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/plan_files.h"
#include "engine/requests.h"
#include "engine/watches.h"
#include "options.h"

#define OF_A_USER 4 /* taps at a time; operators may have all */
#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

struct wanted {
	const char *what, *node;
	const json_t *program;
	int64_t gate, count;
};

static int read_wanted(struct wanted *wanted, const struct fp_asked *asked, struct fp_error *error)
{
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &wanted->what, true, 0, 0},
		{"node", FP_OPTION_TEXT, &wanted->node, true, 0, 0},
		{"gate", FP_OPTION_INTEGER, &wanted->gate, false, 0, FP_GATES - 1},
		{"filter", FP_OPTION_ARRAY, &wanted->program, false, 1, FP_FILTER_INSTRUCTIONS},
		{"count", FP_OPTION_INTEGER, &wanted->count, false, 1, INT64_MAX},
	};

	*wanted = (struct wanted){.gate = FP_TAP_EVERY};
	if (fp_options_read(asked->request, "", rows, COUNT(rows), error) < 0)
		return -1;
	return asked->control->files == 1 ? 0 : fp_fail(error, "one file must come with the request: the capture, open for writing");
}

/* One tap a node; what is left of one that has finished makes way. */
static int check_free(struct fp_watches *watches, const char *node, struct fp_error *error)
{
	for (unsigned i = 0; i < FP_TAPS; i++) {
		struct fp_tap *tap = watches->tap[i];

		if (!tap || strcmp(tap->node, node) != 0)
			continue;
		if (tap->attached)
			return fp_fail(error, "node %s is tapped already, by user %u", node, tap->uid);
		if (fp_tap_has_finished(tap))
			fp_watches_forget_tap(watches, tap);
	}
	return 0;
}

/* A tenant's users leave room for others. */
static int check_number(const struct fp_watches *watches, const struct fp_asked *asked, struct fp_error *error)
{
	unsigned found = 0;

	for (unsigned i = 0; i < FP_TAPS; i++)
		found += watches->tap[i] && watches->tap[i]->uid == asked->user.uid;
	if (asked->is_operator || found < OF_A_USER)
		return 0;
	return fp_fail(error, "user %u has %u taps already, which is all a user may have", asked->user.uid, found);
}

static const struct fp_plan_node *check(struct fp_requests *requests, const struct fp_asked *asked, const struct wanted *wanted,
					struct fp_error *error)
{
	const struct fp_plan_node *node = fp_request_find_node(requests, asked, wanted->node, error);

	if (!node || check_free(requests->engine->watches, node->name, error) < 0 ||
	    check_number(requests->engine->watches, asked, error) < 0)
		return NULL;
	if (wanted->gate == FP_TAP_EVERY || !node->kind->is_sink)
		return node;
	fp_fail(error, "node %s is of kind %s and has no gates", node->name, node->kind->name);
	return NULL;
}

static int describe(struct fp_tap *tap, const struct wanted *wanted, const struct fp_plan_node *node, struct fp_error *error)
{
	strcpy(tap->node, node->name);
	strcpy(tap->tenant, node->tenant->tenant.name);
	tap->gate = (int)wanted->gate;
	tap->most = (uint64_t)wanted->count;
	if (fp_filter_create_one(&tap->filter, wanted->program, error) < 0)
		return -1;
	return fp_tap_add_rings(tap, fp_plan_workers(node), error);
}

static struct fp_tap *make_tap(const struct wanted *wanted, const struct fp_plan_node *node, const struct fp_asked *asked,
			       struct fp_error *error)
{
	struct fp_tap *tap = calloc(1, sizeof(*tap));

	if (!tap) {
		fp_fail(error, "no memory for the tap");
		return NULL;
	}
	tap->uid = asked->user.uid;
	if (describe(tap, wanted, node, error) == 0 && fp_tap_start(tap, asked->control->file[0], error) == 0)
		return tap;
	fp_tap_free(tap);
	return NULL;
}

/* The tap would empty it. */
static int check_file(const struct fp_engine *engine, int fd, struct fp_error *error)
{
	struct stat file, other;

	if (fp_plan_check_open_file(&engine->plan, fd, error) < 0)
		return -1;
	for (unsigned i = 0; i < FP_TAPS; i++) {
		const struct fp_tap *tap = engine->watches->tap[i];

		if (tap && !tap->is_pipe && !fp_tap_has_finished(tap) && fstat(fd, &file) == 0 && fstat(tap->fd, &other) == 0 &&
		    file.st_dev == other.st_dev && file.st_ino == other.st_ino)
			return fp_fail(error, "the capture's file is that of another tap: name another");
	}
	return 0;
}

json_t *fp_request_tap(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	const struct fp_plan_node *node;
	struct wanted wanted;
	struct fp_tap *tap;

	if (read_wanted(&wanted, asked, error) < 0)
		return NULL;
	node = check(requests, asked, &wanted, error);
	if (!node || !fp_watches_has_room(requests->engine->watches, error) ||
	    check_file(requests->engine, asked->control->file[0], error) < 0)
		return NULL;
	tap = make_tap(&wanted, node, asked, error);
	if (!tap)
		return NULL;
	fp_watches_add_tap(requests->engine, tap);
	return json_pack("{s:b}", "ok", 1);
}

/* Once it has finished it is no more. */
static json_t *show_last(struct fp_watches *watches, struct fp_tap *tap)
{
	bool has_finished = fp_tap_has_finished(tap); /* before it is shown: else what is shown may not be its end */
	json_t *shown = fp_tap_show(tap);

	if (has_finished)
		fp_watches_forget_tap(watches, tap);
	return json_pack("{s:b, s:o}", "ok", 1, "tap", shown);
}

json_t *fp_request_untap(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	const char *what, *name;
	struct fp_tap *tap;
	const struct fp_option rows[] = {
		{"do", FP_OPTION_TEXT, &what, true, 0, 0},
		{"node", FP_OPTION_TEXT, &name, true, 0, 0},
	};

	if (fp_options_read(asked->request, "", rows, COUNT(rows), error) < 0)
		return NULL;
	tap = fp_watches_find_tap(requests->engine->watches, name);
	if (!tap || (tap->uid != asked->user.uid && !asked->is_operator)) {
		fp_fail(error, "user %u has no tap at a node \"%.64s\"", asked->user.uid, name);
		return NULL;
	}
	if (tap->attached)
		fp_watches_detach(requests->engine, tap);
	return show_last(requests->engine->watches, tap);
}
