/* SPDX-License-Identifier: Apache-2.0
 *
 * The control socket of a running data plane: a client connects, sends one JSON object, with the modules it speaks of as
 * sealed files, ends its side of the stream, and gets one JSON object back. The kernel says who it is (SO_PEERCRED); who
 * nobody knows is refused before anything is read. See access.h for who may do what.
 *
 * {"do": "report"}                 {"ok": true, "report": see report.c}, of what the user may read
 * {"do": "graph"}                  {"ok": true, "graph": see plan.h, "operator": bool}, the same; modules as digests. operator:
 *                                  whether the user is one
 * {"do": "update", "graph": ...}   {"ok": true}: the graph is in force. The operator's. An event "graph" says so, too
 * {"do": "update", "tenant", "nodes", "edges", "weight"?, "buffers"?, "workers"?}
 *                                  {"ok": true}: these nodes and edges are in force instead of those the tenant had, see merge.h
 * {"do": "steer", "node": input, "workers": [worker, ...]}   {"ok": true}: flow group n of 128 goes to workers[n % their number],
 *                                  in order and without loss; see steering.h. The host goes on balancing by itself. The operator's
 * {"do": "steer", "node": input, "groups": [group, ...], "to": worker}   the same of some groups
 * {"do": "steer"}                  {"ok": true, "seconds", "inputs": [{"node", "tenant", "workers": that may serve it, "groups":
 *                                  the worker of each, "packets": that have come, of each}, ...]}: inputs that several workers serve
 * {"do": "stop"}                   {"ok": true}: what is under way goes through, then fphost ends. The operator's
 * What is refused changes nothing: {"ok": false, "error": text}, and an event says so, see event.h
 */
#ifndef FASTPAAS_HOST_ENGINE_REQUESTS_H
#define FASTPAAS_HOST_ENGINE_REQUESTS_H

#include <stdbool.h>

#include "engine/callers.h"
#include "engine/engine.h"
#include "engine/refusals.h"

struct fp_requests {
	int listener; /* -1: none */
	const char *path;
	struct fp_engine *engine;
	struct fp_module_store *store;
	struct fp_callers callers;
	struct fp_refusals refusals;
	bool stop; /* somebody asked for it */
};

/* Who asks for what. */
struct fp_asked {
	struct fp_user user;
	pid_t pid;
	bool is_operator;
	const char *what;   /* "update"; "" as long as it is not known */
	const char *tenant; /* NULL: none was named */
	json_t *request;
	const struct fp_control *control;
};

/* Listens at `path`; a socket left behind by a process that is gone is replaced. While a tenant has users, everybody may
 * connect (mode 0666), and is told apart by who they are; else only this user may (0600). */
int fp_requests_open(struct fp_requests *requests, const char *path, struct fp_error *error);
void fp_requests_close(struct fp_requests *requests);

/* Answers those who ask, for up to `wait_ms`. */
void fp_requests_serve(struct fp_requests *requests, int wait_ms);

/* The reply to the request of that name; NULL if it is refused. */
json_t *fp_request_steer(struct fp_engine *engine, const json_t *request, struct fp_error *error);

/* Sets the socket's mode by the access in force. */
void fp_requests_admit(const struct fp_requests *requests);

/* Does an update. On -1 nothing has changed. */
int fp_request_update(struct fp_requests *requests, const struct fp_asked *asked, struct fp_error *error);

#endif
