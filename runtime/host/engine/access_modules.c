/* SPDX-License-Identifier: Apache-2.0
 *
 * Which modules a tenant may run. A tenant talks to the host itself, so that a module comes sealed says only that nobody
 * will change it, not that anybody has verified it: the operator has named these very bytes, or the host has them
 * verified before it looks at their name.
 */
#include <fnmatch.h>
#include <stdlib.h>

#include "access_grants.h"
#include "engine/verifier.h"
#include "module.h"

static bool has_name(const struct fp_grant *grant, const char *name)
{
	const json_t *pattern;
	size_t i;

	json_array_foreach (grant->modules, i, pattern)
		if (fnmatch(json_string_value(pattern), name, FNM_NOESCAPE) == 0)
			return true;
	return false;
}

static int verify(struct fp_stored_module *module, const struct fp_plan_node *node, const json_t *verifier,
		  struct fp_error *error)
{
	struct fp_error reason;

	if (module->verified)
		return 0;
	if (!verifier)
		return fp_fail(error, "node %s: nobody this host trusts has verified its module: its digest must be among the "
				      "tenant's modules, or access.verifier given", node->name);
	if (fp_verifier_run(verifier, module->fd, &reason) < 0)
		return fp_fail(error, "node %s: its module (sha256 %s) was not verified: %s", node->name, module->digest,
			       reason.text);
	module->verified = true;
	return 0;
}

static int check_name(const struct fp_grant *grant, const struct fp_plan_node *node, const struct fp_stored_module *module,
		      struct fp_error *error)
{
	struct fp_module_claims claims;
	struct fp_error reason;
	struct fp_file file;
	int status;

	if (fp_file_read_open(&file, module->fd, error) < 0)
		return -1;
	status = fp_module_read_claims(&claims, file.bytes, file.len, &reason);
	free(file.bytes);
	if (status < 0)
		return fp_fail(error, "node %s: %s", node->name, reason.text);
	if (!has_name(grant, claims.name))
		return fp_fail(error, "node %s: tenant %s has no right to module \"%s\" (sha256 %s)", node->name, grant->tenant,
			       claims.name, module->digest);
	if (claims.mode == FP_MODE_NONE)
		return fp_fail(error, "node %s: module \"%s\" has mode none: only the operator can allow it, by its digest",
			       node->name, claims.name);
	return 0;
}

int fp_grant_check_module(const struct fp_grant *grant, const struct fp_plan_node *node, const struct fp_plan *plan,
			  const struct fp_module_store *store, struct fp_error *error)
{
	const char *digest = json_string_value(json_object_get(node->options, "digest"));
	struct fp_stored_module *module = digest ? fp_module_store_find(store, digest) : NULL;

	if (!module)
		return fp_fail(error, "node %s: its module must come with the request, as a sealed file", node->name);
	if (fp_access_lists(grant->modules, digest))
		return 0;
	if (check_name(grant, node, module, error) < 0)
		return -1;
	return verify(module, node, plan->access.verifier, error);
}
