/* SPDX-License-Identifier: Apache-2.0
 *
 * A loaded module: validated, mapped into an arena, relocated, sealed.
 */
#ifndef FASTPAAS_HOST_MODULE_H
#define FASTPAAS_HOST_MODULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fastpaas/nf.h>

#include "arena.h"
#include "error.h"

enum fp_mode { FP_MODE_NONE, FP_MODE_WONLY, FP_MODE_RW, FP_MODE_POINTER };

enum fp_import_class { FP_IMPORT_API, FP_IMPORT_BULK, FP_IMPORT_UNGUARDED };

/* One host symbol a module may import; the table is made from fastpaas/imports.def. */
struct fp_import {
	const char *name;
	void *address;
	enum fp_import_class class;
};

struct fp_module {
	char name[64];        /* from the manifest */
	char lowering[16];    /* from the manifest: "compare", "segment", ... */
	enum fp_mode mode;
	bool uses_segment;    /* it reaches its arena through gs */
	bool uses_bounds;     /* it checks pointers against the bound registers of MPX */
	uint8_t *base;        /* the arena's image_base; what follows are distances from it, as the file has them */
	uint64_t text_start;  /* executable bytes */
	uint64_t text_end;
	uint64_t image_end;   /* first byte past the image, page-rounded */
	int (*init)(const struct fp_args *args); /* NULL if the NF has none */
	void (*process)(struct fp_batch *batch);
	void (*fini)(void); /* NULL if the NF has none */
	uint8_t build_id[32]; /* SHA-256 of the file, as sha256sum prints it; for reports */
	void *debug_registration; /* gdb JIT entry, owned by the module */
};

/* What the loader resolves imports against. TLS slots are given as offsets from the thread pointer. */
struct fp_symbols {
	const struct fp_import *imports;
	size_t import_count;
	int64_t stack_pointer_tpoff; /* FP_SYM_STACK_POINTER */
	int64_t stack_limit_tpoff;   /* FP_SYM_STACK_LIMIT */
	int64_t window_tpoff;	     /* FP_SYM_WINDOW */
	int64_t window_reach_tpoff;  /* FP_SYM_WINDOW_REACH */
};

/* What a module file says of itself. Nobody has checked that it is so. */
struct fp_module_claims {
	char name[64];
	enum fp_mode mode;
};

/* Reads only as much of the file as that takes, hostile or truncated as it may be. */
int fp_module_read_claims(struct fp_module_claims *claims, const void *bytes, size_t len, struct fp_error *error);

/* Loads `len` bytes of an ELF shared object, hostile or truncated as they may be, into `arena`, which
 * must hold no other module. The bytes are not kept, and must not change during the call. Refuses mode
 * `none` unless `allow_unprotected`. On -1 nothing of the image stays mapped and `error` says what is
 * wrong and where in the file. */
int fp_module_load(struct fp_module *module, struct fp_arena *arena, const void *bytes, size_t len,
		   const struct fp_symbols *symbols, bool allow_unprotected, struct fp_error *error);
void fp_module_unload(struct fp_module *module);

#endif
