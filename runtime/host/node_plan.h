/* SPDX-License-Identifier: Apache-2.0
 *
 * The configuration of one node.
 */
#ifndef FASTPAAS_HOST_NODE_PLAN_H
#define FASTPAAS_HOST_NODE_PLAN_H

#include <stdbool.h>

#include <jansson.h>

#include "control.h"
#include "module_store.h"
#include "node.h"

#define FP_NODE_HEAP_DEFAULT 0x10000000
#define FP_NODE_BUDGET_DEFAULT_US 10000
#define FP_NODE_INIT_BUDGET_DEFAULT_US 2000000

/* What may be run. */
struct fp_trust {
	bool allow_unprotected;		  /* modules of mode `none` */
	bool allow_unverified;		  /* modules that nobody has verified */
	const struct fp_control *control; /* where verified ones come from, NULL for nowhere */
	const struct fp_module_store *store; /* the same, by digest */
};

/* Reads the keys of one node and the files it names. Strings stay `options`' own.
 *   name            1 to 63 characters
 *   module          path of the module file, as reports name it
 *   sealed          number of the file on the control socket that holds the verified module; without it, the
 *                   module is read from its path, and is one that nobody has verified
 *   keep            whether the module that runs already is meant: an error where one is to be made
 *   digest          in place of `sealed`, of a module that is in the store: its SHA-256, in hexadecimal
 *   args            path of the argument file, null for none
 *   policy          "drop" (default), "bypass", "restart"
 *   budget_us       processor time of one process() call, default 10,000
 *   init_budget_us  of init() and fini(), default 2,000,000
 *   heap_bytes      default 256 MiB; memory is taken when it is touched
 *   fault_capture   path of a capture file that faulting batches go to, created at the start; null for none */
int fp_node_plan_read(struct fp_node_plan *plan, const json_t *options, const char *where, const struct fp_trust *trust,
		      struct fp_error *error);
void fp_node_plan_free(struct fp_node_plan *plan);

#endif
