/* SPDX-License-Identifier: Apache-2.0
 *
 * Who may do what: the operator, and tenants like users of an operating system. Who asks is told by the kernel, from the
 * credentials of the process that connected to the control socket. The part "access" of the graph, which only the
 * operator writes:
 *
 * {"operators": [uid, ...], default root and the user fphost runs as,
 *  "verifier":  [program, argument, ...], is run with the path of a module added, and ends with 0 if it may run,
 *  "mandatory": [{"from": node, "through": node}, ...], see access_paths.c,
 *  "tenants":   {name: {"uids": [uid, ...],
 *    "kinds":   [kind of node, ...],
 *    "ports":   [pattern, ...], of "TYPE" for ports without any text option ("pool", "null"), else of "TYPE:TEXT" for
 *               each of them ("pcap:/srv/a/" and a star, "af_packet:veth-a"); a star matches no slash,
 *    "files":   [pattern of an absolute path, ...], for argument files, fault captures and mirrors,
 *    "modules": [digest, or pattern of a name, ...]; a module that is allowed by its name is verified first,
 *    "workers": [index, ...], those it may choose from; without it, it runs where the operator has it run,
 *    "max_weight": 1, "max_buffers": 1024, "max_nodes": 16, "max_heap_bytes": 268435456, of all instances together,
 *    "max_budget_us": 10000, "max_init_budget_us": 2000000,
 *    "read":    ["own" | "all" | tenant, ...], whose nodes and counters it may see, default ["own"]}, ...}}
 * What is not given is not allowed.
 *
 * Of nodes the operator may say, besides what is in plan.h:
 *   "locked":  true: its tenant may not change or remove it; those of a mandatory rule are locked anyway
 *   "open_to": {gate: [tenant, ...]}: these tenants may lead the gate to nodes of their own, and nobody else may lead it
 *   "accept":  [tenant, ...]: these tenants may lead gates of theirs here
 *   "by":      {"uid", "gid"}: a tenant's node: whose rights its files are opened with; set by fphost
 * and of edges:
 *   "locked":  true: the tenant of the node it leaves may not change it
 *   "default": true: it counts while no other edge leaves its gate
 */
#ifndef FASTPAAS_HOST_ENGINE_ACCESS_H
#define FASTPAAS_HOST_ENGINE_ACCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <jansson.h>

#include "error.h"

struct fp_grant {
	const char *tenant;
	const json_t *uids, *kinds, *ports, *files, *modules, *workers; /* NULL: none */
	const json_t *read;						 /* NULL: its own */
	int64_t max_weight, max_buffers, max_nodes, max_heap_bytes, max_budget_us, max_init_budget_us;
};

struct fp_access {
	const json_t *operators, *verifier, *mandatory; /* NULL: not given */
	unsigned grants;
	struct fp_grant *grant; /* owned */
};

/* Reads `object`, NULL for none: then there are operators only. Its strings stay the object's. On -1 nothing is owned. */
int fp_access_read(struct fp_access *access, const json_t *object, struct fp_error *error);
void fp_access_free(struct fp_access *access);

bool fp_access_is_operator(const struct fp_access *access, uid_t uid);

/* Whether it is anybody's: an operator, or a tenant's user. */
bool fp_access_knows(const struct fp_access *access, uid_t uid);

/* NULL if the tenant has no rights. */
const struct fp_grant *fp_access_find(const struct fp_access *access, const char *tenant);
bool fp_grant_is_held_by(const struct fp_grant *grant, uid_t uid);

/* Whether the user may see the nodes and counters of a tenant; `tenant` NULL: of everybody. */
bool fp_access_may_read(const struct fp_access *access, uid_t uid, const char *tenant);

/* Whether a mandatory rule speaks of the node. */
bool fp_access_fixes(const struct fp_access *access, const char *node);

/* Whether `list`, NULL for none, holds the string. */
bool fp_access_lists(const json_t *list, const char *text);

#endif
