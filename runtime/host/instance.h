/* SPDX-License-Identifier: Apache-2.0
 *
 * A module instance: an arena with everything a module may touch mapped into it.
 */
#ifndef FASTPAAS_HOST_INSTANCE_H
#define FASTPAAS_HOST_INSTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "mpx.h"
#include "counters.h"
#include "error.h"
#include "file.h"
#include "logbuffer.h"
#include "module.h"
#include "pool.h"

#define FP_INSTANCE_NAME 64 /* bytes of a name, its NUL included */

/* How an instance is made; the files are kept in host memory so that it can be made again. */
struct fp_instance_plan {
	char name[FP_INSTANCE_NAME];
	struct fp_file module;
	struct fp_file args; /* bytes NULL if there is none */
	size_t heap_bytes;
	uint64_t budget_ns;	 /* processor time of one process() */
	uint64_t init_budget_ns; /* of init() and fini() */
	bool allow_unprotected;
};

/* What every call uses is together, at the beginning: many instances take turns. */
struct fp_instance {
	const struct fp_instance_plan *plan;
	struct fp_module module;
	struct fp_batch *batch; /* the worker's batch, in the arena */
	ptrdiff_t packets;     /* from a packet's host address to its arena address */
	void *stack_top;	/* of the module stack, in the arena */
	void *stack_low;
	struct fp_args *args;  /* in the arena, read-only for the module */
	bool loaded;
	struct fp_mpx_bounds bounds; /* for the bound registers, if the module uses them */
	struct fp_mpx_tables tables; /* of bounds of objects, in mode pointer */
	struct fp_arena arena;
	struct fp_logbuffer log;
	struct fp_counters counters;
};

/* Makes the arena, loads the module and maps stack, batch, arguments and packets. `plan` and `pool`
 * must outlive the instance. init() is not called. */
int fp_instance_create(struct fp_instance *instance, const struct fp_instance_plan *plan, const struct fp_pool *pool,
		       struct fp_error *error);

/* Lets go of everything but the counters and the log, so that it can be created again. */
void fp_instance_destroy(struct fp_instance *instance);

#endif
