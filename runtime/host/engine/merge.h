/* SPDX-License-Identifier: Apache-2.0
 *
 * A tenant's part of the graph put into the whole: its nodes, and the edges that leave them or gates that are open to it,
 * take the place of those it had. What is another's, locked, or a default stays as it is.
 */
#ifndef FASTPAAS_HOST_ENGINE_MERGE_H
#define FASTPAAS_HOST_ENGINE_MERGE_H

#include "engine/plan.h"

struct fp_proposal {
	const struct fp_grant *grant;
	struct fp_user by;
	const json_t *nodes, *edges;
	const json_t *workers;	 /* NULL: as they are */
	int64_t weight, buffers; /* -1: as they are */
};

/* The merged graph, a new reference; NULL with `error` set. The graph in force is not changed. */
json_t *fp_merge(const struct fp_plan *in_force, const struct fp_proposal *proposal, struct fp_error *error);

/* Inside a merge. */
struct fp_merging {
	const struct fp_access *access;
	const struct fp_proposal *proposal;
	const char *tenant;
	const json_t *old_nodes, *old_edges;
	json_t *nodes, *edges;	 /* of the merged graph */
	json_t *old_index, *index; /* the nodes, by name; owned */
};

int fp_merge_edges(struct fp_merging *merging, struct fp_error *error);

/* Whether a node is of the proposal's tenant. */
bool fp_merge_owns(const struct fp_merging *merging, const json_t *node);

#endif
