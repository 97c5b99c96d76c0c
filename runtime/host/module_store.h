/* SPDX-License-Identifier: Apache-2.0
 *
 * The module files of a graph, by the SHA-256 of their bytes. A graph that is changed piece by piece, by several clients,
 * names its modules by these digests: the bytes stay here, sealed, for as long as the graph needs them.
 */
#ifndef FASTPAAS_HOST_MODULE_STORE_H
#define FASTPAAS_HOST_MODULE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "control.h"
#include "error.h"
#include "file.h"

#define FP_DIGEST_TEXT 65 /* hexadecimal digits of a digest, and the NUL */

struct fp_stored_module {
	char digest[FP_DIGEST_TEXT];
	int fd; /* a sealed file; owned */
	bool verified; /* by the operator's verifier */
	bool wanted;   /* used while the store is tidied */
};

struct fp_module_store {
	size_t count;
	struct fp_stored_module *module;
};

/* Where the modules that a request speaks of come from. */
struct fp_module_sources {
	const struct fp_control *control; /* the files that came with it */
	const json_t *in_force;		  /* the nodes there are, NULL for none */
};

/* Takes what `nodes` (see engine/plan.h) speak of: "sealed": number becomes "digest", and a node with "keep" but no
 * "digest" gets that of the node in force that has its name. */
int fp_module_store_adopt(struct fp_module_store *store, json_t *nodes, const struct fp_module_sources *sources,
			  struct fp_error *error);

/* NULL if it is not there. */
struct fp_stored_module *fp_module_store_find(const struct fp_module_store *store, const char *digest);

int fp_module_store_read(const struct fp_module_store *store, const char *digest, struct fp_file *file,
			 struct fp_error *error);

/* Lets go of what none of `nodes` speaks of. */
void fp_module_store_tidy(struct fp_module_store *store, const json_t *nodes);

#endif
