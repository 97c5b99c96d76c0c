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

#include "clock.h"
#include "control.h"
#include "engine/view.h"
#include "event.h"
#include "printable.h"

#define PATIENCE_S 2 /* with a client, until it has asked and until it has heard: the others wait */
#define PATIENCE_NS (PATIENCE_S * 1000000000ull)
#define QUEUE 64

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
	requests->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (requests->listener < 0)
		return fp_fail(error, "control socket: %s", strerror(errno));
	if (listen_at(requests->listener, path, error) == 0) {
		requests->path = path;
		fp_requests_admit(requests);
		return 0;
	}
	close(requests->listener);
	requests->listener = -1;
	return -1;
}

static bool has_users(const struct fp_access *access)
{
	for (unsigned i = 0; i < access->grants; i++)
		if (json_array_size(access->grant[i].uids) > 0)
			return true;
	return false;
}

void fp_requests_admit(const struct fp_requests *requests)
{
	mode_t mode = has_users(&requests->engine->plan.access) ? 0666 : 0600;
	struct fp_error error;

	if (chmod(requests->path, mode) == 0)
		return;
	fp_fail(&error, "control socket %s: %s", requests->path, strerror(errno));
	fp_event_error(error.text);
}

void fp_requests_close(struct fp_requests *requests)
{
	int fd;

	if (requests->listener < 0)
		return;
	while ((fd = fp_callers_next(&requests->callers)) >= 0)
		close(fd);
	close(requests->listener);
	unlink(requests->path);
	requests->listener = -1;
}

static json_t *do_report(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	json_t *report = fp_engine_report(requests->engine);

	(void)error;
	fp_view_report(&requests->engine->plan.access, asked->user.uid, report);
	return json_pack("{s:b, s:o}", "ok", 1, "report", report);
}

static json_t *do_graph(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	(void)error;
	return json_pack("{s:b, s:o, s:b}", "ok", 1, "graph", fp_view_graph(&requests->engine->plan, asked->user.uid),
			 "operator", asked->is_operator);
}

static json_t *do_update(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	return fp_request_update(requests, asked, error) < 0 ? NULL : json_pack("{s:b}", "ok", 1);
}

static json_t *do_steer(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	if (!asked->is_operator) {
		fp_fail(error, "only the operator says which worker serves which flows");
		return NULL;
	}
	return fp_request_steer(requests->engine, asked->request, error);
}

static json_t *do_stop(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error)
{
	if (!asked->is_operator) {
		fp_fail(error, "only the operator stops fphost");
		return NULL;
	}
	requests->stop = true;
	return json_pack("{s:b}", "ok", 1);
}

/* NULL with `error` set: refused. */
static const struct {
	const char *name;
	json_t *(*run)(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error);
} kinds[] = {
	{"report", do_report}, {"graph", do_graph}, {"update", do_update}, {"steer", do_steer}, {"stop", do_stop},
};

static json_t *answer(struct fp_requests *requests, struct fp_asked *asked, struct fp_error *error)
{
	const char *name = json_string_value(json_object_get(asked->request, "do"));

	asked->tenant = json_string_value(json_object_get(asked->request, "tenant"));
	for (size_t i = 0; name && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, name) != 0)
			continue;
		asked->what = kinds[i].name;
		return kinds[i].run(requests, asked, error);
	}
	fp_fail(error, "\"do\" must be one of report, graph, update, steer, stop");
	return NULL;
}

static void log_refusal(const struct fp_asked *asked, const char *reason)
{
	char tenant[FP_PRINTABLE_SIZE(FP_TENANT_NAME)] = "";

	if (asked->tenant)
		fp_printable(tenant, asked->tenant, strnlen(asked->tenant, FP_TENANT_NAME));
	fp_event_emit(json_pack("{s:s, s:I, s:i, s:s?, s:s, s:s}", "event", "refused", "uid", (json_int_t)asked->user.uid, "pid",
				(int)asked->pid, "tenant", asked->tenant ? tenant : NULL, "request", asked->what, "reason",
				reason));
}

/* Says who was refused what, and why: to the client, and to the operator. */
static json_t *refuse(struct fp_requests *requests, const struct fp_asked *asked, const struct fp_error *error)
{
	char reason[FP_PRINTABLE_SIZE(sizeof(error->text))];

	fp_printable(reason, error->text, strlen(error->text));
	if (fp_refusals_admit(&requests->refusals, asked->user.uid, fp_clock_ns()))
		log_refusal(asked, reason);
	return json_pack("{s:b, s:s}", "ok", 0, "error", reason);
}

static void send_all(int fd, const char *text, size_t len)
{
	uint64_t deadline = fp_clock_ns() + PATIENCE_NS;

	while (len > 0 && fp_clock_ns() < deadline) {
		ssize_t sent = send(fd, text, len, MSG_NOSIGNAL);

		if (sent <= 0)
			return; /* it has gone: nobody to tell */
		text += sent;
		len -= (size_t)sent;
	}
}

static int identify(struct fp_asked *asked, int fd, const struct fp_access *access, struct fp_error *error)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return fp_fail(error, "control socket: %s", strerror(errno));
	asked->user = (struct fp_user){true, peer.uid, peer.gid};
	asked->pid = peer.pid;
	asked->is_operator = fp_access_is_operator(access, peer.uid);
	return fp_access_knows(access, peer.uid) ? 0 : fp_fail(error, "user %u has no rights here", peer.uid);
}

static int receive(struct fp_asked *asked, struct fp_control *control, int fd, struct fp_error *error)
{
	json_error_t reason;

	if (fp_control_receive_until(control, fd, fp_clock_ns() + PATIENCE_NS, error) < 0)
		return -1;
	asked->control = control;
	asked->request = json_loadb(control->text, control->len, JSON_REJECT_DUPLICATES, &reason);
	return asked->request ? 0 : fp_fail(error, "not valid JSON: %s", reason.text);
}

static void reply_to(int fd, json_t *reply)
{
	struct timeval patience = {.tv_sec = PATIENCE_S};
	char *text;

	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	text = json_dumps(reply, JSON_COMPACT | JSON_REAL_PRECISION(9));
	if (text)
		send_all(fd, text, strlen(text));
	free(text);
	json_decref(reply);
}

static void serve_client(struct fp_requests *requests, int fd)
{
	struct fp_asked asked = {.what = ""};
	struct fp_control control = {0};
	struct fp_error error;
	json_t *reply = NULL;

	if (identify(&asked, fd, &requests->engine->plan.access, &error) == 0 && receive(&asked, &control, fd, &error) == 0)
		reply = answer(requests, &asked, &error);
	reply_to(fd, reply ? reply : refuse(requests, &asked, &error));
	json_decref(asked.request);
	fp_control_free(&control);
}

/* Has the client wait for its turn, or turns it away. */
static void admit_client(struct fp_requests *requests, int fd)
{
	struct fp_asked asked = {.what = ""};
	struct fp_error error;

	if (identify(&asked, fd, &requests->engine->plan.access, &error) == 0 &&
	    fp_callers_add(&requests->callers, (struct fp_caller){fd, asked.user.uid, asked.is_operator}, &error) == 0)
		return;
	reply_to(fd, refuse(requests, &asked, &error));
	close(fd);
}

/* Those who have connected, as far as there is room; no more at once than could wait, or they could keep us here. */
static void admit_clients(struct fp_requests *requests)
{
	for (int i = 0; i < QUEUE && requests->callers.count < FP_CALLERS; i++) {
		int client = accept4(requests->listener, NULL, NULL, SOCK_CLOEXEC);

		if (client < 0)
			return;
		admit_client(requests, client);
	}
}

void fp_requests_serve(struct fp_requests *requests, int wait_ms)
{
	struct pollfd poll_for = {.fd = requests->listener, .events = POLLIN};
	int client;

	if (poll(&poll_for, requests->listener < 0 ? 0 : 1, requests->callers.count ? 0 : wait_ms) > 0)
		admit_clients(requests);
	fp_refusals_tell(&requests->refusals, fp_clock_ns());
	client = fp_callers_next(&requests->callers);
	if (client < 0)
		return;
	serve_client(requests, client);
	close(client);
}
