/* SPDX-License-Identifier: Apache-2.0
 *
 * What `fphost serve` is asked to do, read from JSON and checked:
 *
 * {"cores":   [processor, ...], a worker on each; default [0],
 *  "batch":   most packets of a batch, 1 to 64, default 32,
 *  "delay_us": longer than this no packet waits for others to fill its batch, default 50,
 *  "tenants": [{"name", "weight": 1 to 1000, default 1, "buffers": packets on each worker, default 1024,
 *               "workers": [index, ...], default all}, ...],
 *  "nodes":   [{"name", "tenant", "kind": "input|output|module|filter|counter|mirror|drop",
 *               "worker": the one that has the port, of inputs and outputs, default the tenant's first,
 *               "steer": of inputs, "fixed", "load" (default) or "path": see enum fp_steer,
 *               "options": {...}, of inputs and outputs the port's (port.h), of modules as in node_plan.h, or with
 *               "keep": true the module that runs under this name with the same options, without a file}, ...],
 *  "edges":   [{"from", "gate": 0 to 63, default 0, "to"}, ...],
 *  "access":  who may change and see what, and what is said of nodes and edges for that: see access.h,
 *  "allow_unprotected", "allow_unverified": as in config.h}
 *
 * The edges are a graph without cycles; every node is reached from an input, and none but outputs and drops is without
 * an edge at gate 0. Between tenants packets are copied.
 */
#ifndef FASTPAAS_HOST_ENGINE_PLAN_H
#define FASTPAAS_HOST_ENGINE_PLAN_H

#include <stdint.h>

#include <jansson.h>

#include "engine/access.h"
#include "engine/share.h"
#include "engine/stage.h"
#include "engine/worker.h"
#include "error.h"
#include "node_plan.h"
#include "open.h"

#define FP_PLAN_NODES_MAX 8192
#define FP_PLAN_EDGES_MAX 16384

/* What may change by itself of which worker serves which flows of an input. */
enum fp_steer {
	FP_STEER_FIXED, /* nothing */
	FP_STEER_LOAD,	/* groups leave a worker that has more to do than others */
	FP_STEER_PATH,	/* besides, flows that go the same way through the graph come together on a worker */
	FP_STEERS,
};

struct fp_plan_tenant {
	struct fp_tenant tenant;
	uint32_t workers; /* bit n: it runs on worker n */
};

struct fp_plan_node {
	const char *name; /* the configuration's */
	const struct fp_plan_tenant *tenant;
	const struct fp_stage_kind *kind;
	const json_t *options;
	unsigned home;
	unsigned depth; /* place in the order of the graph */
	bool locked;
	bool keep;	  /* what runs of it is as it should be, if its options are: its files are not looked at */
	struct fp_user by; /* whose rights its files are opened with */
	enum fp_steer steer; /* of inputs */
	bool reached;
	unsigned edges;	  /* that lead here */
	unsigned leads_to; /* the first that an edge from here leads to, by its index and 1 */
	bool parts_flows; /* its edges lead to several */
	uint8_t path;	  /* to here, if flows part before it (paths.h); else 0 */
};

struct fp_plan_edge {
	unsigned from, gate, to; /* indices of nodes */
	bool is_default;	 /* until all are read: one that counts if no other leaves its gate */
};

struct fp_plan {
	json_t *root; /* owned; what is below points into it */
	struct fp_trust trust;
	struct fp_access access;
	unsigned workers;
	int cpu[FP_WORKERS_MAX];
	uint32_t batch;
	uint32_t delay_us;
	unsigned tenants, nodes, edges;
	bool steers_by_path; /* some input's flows */
	struct fp_plan_tenant *tenant;
	struct fp_plan_node *node;
	struct fp_plan_edge *edge;
	unsigned *order; /* indices of nodes, each after all that lead to it */
};

/* Reads and checks all; takes a reference to `root`. Modules are in `store` or, if that is allowed, at their paths. */
int fp_plan_read(struct fp_plan *plan, json_t *root, const struct fp_module_store *store, struct fp_error *error);
void fp_plan_free(struct fp_plan *plan);

/* Checks the graph as a whole and finds the order. Part of fp_plan_read(). */
int fp_plan_check(struct fp_plan *plan, struct fp_error *error);

/* The index of the node of that name among the first `count`, or -1. */
int fp_plan_find_node(const struct fp_plan *plan, unsigned count, const char *name);

/* The workers a node has a stage on, as bits. */
uint32_t fp_plan_workers(const struct fp_plan_node *node);

#endif
