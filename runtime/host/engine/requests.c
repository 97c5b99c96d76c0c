/* SPDX-License-Identifier: Apache-2.0 */
#include "requests.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "control.h"
#include "event.h"
#include "options.h"

#define PATIENCE_S 2 /* for a client that stops in the middle */
#define QUEUE 16

static bool is_abandoned(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool refused = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 && errno == ECONNREFUSED;

	if (fd >= 0)
		close(fd);
	return refused;
}

static int listen_at(int fd, const char *path, struct fp_error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	mode_t before;
	int status;

	if (strlen(path) >= sizeof(address.sun_path))
		return fp_fail(error, "control socket %s: the path is too long", path);
	strcpy(address.sun_path, path);
	if (is_abandoned(&address))
		unlink(path);
	before = umask(0177);
	status = bind(fd, (const struct sockaddr *)&address, sizeof(address));
	umask(before);
	if (status < 0 || listen(fd, QUEUE) < 0)
		return fp_fail(error, "control socket %s: %s", path, strerror(errno));
	return 0;
}

int fp_requests_open(struct fp_requests *requests, const char *path, struct fp_error *error)
{
	requests->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (requests->listener < 0)
		return fp_fail(error, "control socket: %s", strerror(errno));
	if (listen_at(requests->listener, path, error) == 0) {
		requests->path = path;
		return 0;
	}
	close(requests->listener);
	requests->listener = -1;
	return -1;
}

void fp_requests_close(struct fp_requests *requests)
{
	if (requests->listener < 0)
		return;
	close(requests->listener);
	unlink(requests->path);
	requests->listener = -1;
}

static json_t *fail_reply(const char *text)
{
	return json_pack("{s:b, s:s}", "ok", 0, "error", text);
}

static json_t *do_report(struct fp_requests *requests, const json_t *request, const struct fp_control *control)
{
	(void)request;
	(void)control;
	return json_pack("{s:b, s:o}", "ok", 1, "report", fp_engine_report(requests->engine));
}

static json_t *do_update(struct fp_requests *requests, const json_t *request, const struct fp_control *control)
{
	struct fp_plan plan;
	struct fp_error error;

	if (fp_plan_read(&plan, json_object_get(request, "graph"), control, &error) < 0)
		return fail_reply(error.text);
	if (fp_engine_update(requests->engine, &plan, &error) < 0) {
		fp_plan_free(&plan);
		return fail_reply(error.text);
	}
	fp_event_emit(json_pack("{s:s, s:O}", "event", "graph", "graph", requests->engine->plan.root));
	return json_pack("{s:b}", "ok", 1);
}

static json_t *do_graph(struct fp_requests *requests, const json_t *request, const struct fp_control *control)
{
	(void)request;
	(void)control;
	return json_pack("{s:b, s:O}", "ok", 1, "graph", requests->engine->plan.root);
}

static json_t *do_steer(struct fp_requests *requests, const json_t *request, const struct fp_control *control)
{
	struct fp_error error;

	(void)control;
	if (fp_request_steer(requests->engine, request, &error) < 0)
		return fail_reply(error.text);
	return json_pack("{s:b}", "ok", 1);
}

static json_t *do_stop(struct fp_requests *requests, const json_t *request, const struct fp_control *control)
{
	(void)request;
	(void)control;
	requests->stop = true;
	return json_pack("{s:b}", "ok", 1);
}

static const struct {
	const char *name;
	json_t *(*run)(struct fp_requests *requests, const json_t *request, const struct fp_control *control);
} kinds[] = {
	{"report", do_report}, {"graph", do_graph}, {"update", do_update}, {"steer", do_steer}, {"stop", do_stop},
};

static json_t *answer(struct fp_requests *requests, const struct fp_control *control)
{
	json_error_t reason;
	json_t *request = json_loadb(control->text, control->len, JSON_REJECT_DUPLICATES, &reason), *reply = NULL;
	const char *name = json_string_value(json_object_get(request, "do"));

	if (!request)
		return fail_reply(reason.text);
	for (size_t i = 0; name && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].name, name) == 0)
			reply = kinds[i].run(requests, request, control);
	json_decref(request);
	return reply ? reply : fail_reply("\"do\" must be one of report, graph, update, steer, stop");
}

static void send_all(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t sent = send(fd, text, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* it has gone: nobody to tell */
		text += sent;
		len -= (size_t)sent;
	}
}

static void serve_client(struct fp_requests *requests, int fd)
{
	struct timeval patience = {.tv_sec = PATIENCE_S};
	struct fp_control control;
	struct fp_error error;
	json_t *reply;
	char *text;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (fp_control_receive(&control, fd, &error) < 0) {
		reply = fail_reply(error.text);
	} else {
		reply = answer(requests, &control);
		fp_control_free(&control);
	}
	text = json_dumps(reply, JSON_COMPACT | JSON_REAL_PRECISION(9));
	if (text)
		send_all(fd, text, strlen(text));
	free(text);
	json_decref(reply);
}

void fp_requests_serve(struct fp_requests *requests, int wait_ms)
{
	struct pollfd poll_for = {.fd = requests->listener, .events = POLLIN};
	int client;

	if (poll(&poll_for, requests->listener < 0 ? 0 : 1, wait_ms) <= 0)
		return;
	client = accept4(requests->listener, NULL, NULL, SOCK_CLOEXEC);
	if (client < 0)
		return;
	serve_client(requests, client);
	close(client);
}
