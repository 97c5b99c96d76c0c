/* SPDX-License-Identifier: Apache-2.0
 *
 * What a user may see of the graph and of what has happened.
 */
#ifndef FASTPAAS_HOST_ENGINE_VIEW_H
#define FASTPAAS_HOST_ENGINE_VIEW_H

#include "engine/plan.h"

/* Takes out of a report what the user may not read; the load of whole workers is for those who read all. */
void fp_view_report(const struct fp_access *access, uid_t uid, json_t *report);

/* The graph in force as the user may see it, a new reference: all of what it may read, of nodes that it could lead gates to
 * or from only what that takes, and the edges between what it sees. */
json_t *fp_view_graph(const struct fp_plan *plan, uid_t uid);

#endif
