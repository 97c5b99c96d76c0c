/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether what a tenant put into the graph is what it has the right to.
 */
#ifndef FASTPAAS_HOST_ENGINE_ACCESS_GRANTS_H
#define FASTPAAS_HOST_ENGINE_ACCESS_GRANTS_H

#include "engine/plan.h"

/* Checks the nodes of the grant's tenant that are not the operator's own, each of them and their sums. May run the
 * operator's verifier, once for each module file. */
int fp_grant_check(const struct fp_grant *grant, const struct fp_plan *plan, const struct fp_module_store *store,
		   struct fp_error *error);

/* Whether a module's bytes are ones the tenant may run. `name` is the node's. */
int fp_grant_check_module(const struct fp_grant *grant, const struct fp_plan_node *node, const struct fp_plan *plan,
			  const struct fp_module_store *store, struct fp_error *error);

#endif
