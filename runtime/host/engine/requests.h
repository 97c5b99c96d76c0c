/* SPDX-License-Identifier: Apache-2.0
 *
 * The control socket of a running data plane: a client connects, sends one JSON object, with the modules it speaks of as
 * sealed files, ends its side of the stream, and gets one JSON object back.
 *
 * {"do": "report"}                 {"ok": true, "report": see report.c}
 * {"do": "graph"}                  {"ok": true, "graph": the one in force, as it was sent}
 * {"do": "update", "graph": ...}   {"ok": true}: the graph is in force, see plan.h; an event "graph" says so, too
 * {"do": "steer", "node": input, "workers": [worker, ...]}   {"ok": true}: flow group n of 128 goes to workers[n % their number],
 *                                  in order and without loss; see steering.h. The host goes on balancing by itself
 * {"do": "stop"}                   {"ok": true}: what is under way goes through, then fphost ends
 * What is refused changes nothing: {"ok": false, "error": text}
 */
#ifndef FASTPAAS_HOST_ENGINE_REQUESTS_H
#define FASTPAAS_HOST_ENGINE_REQUESTS_H

#include <stdbool.h>

#include "engine/engine.h"

struct fp_requests {
	int listener; /* -1: none */
	const char *path;
	struct fp_engine *engine;
	bool stop; /* somebody asked for it */
};

/* Listens at `path`, for this user only; a socket left behind by a process that is gone is replaced. */
int fp_requests_open(struct fp_requests *requests, const char *path, struct fp_error *error);
void fp_requests_close(struct fp_requests *requests);

/* Answers those who ask, for up to `wait_ms`. */
void fp_requests_serve(struct fp_requests *requests, int wait_ms);

/* The request of that name; -1 if it is refused. */
int fp_request_steer(struct fp_engine *engine, const json_t *request, struct fp_error *error);

#endif
