/* SPDX-License-Identifier: Apache-2.0
 *
 * What a module says about itself: UTF-8 JSON in its manifest note. Keys the host does not know
 * (tools, sources, guards, ...) are for other readers.
 */
#ifndef FASTPAAS_HOST_MANIFEST_H
#define FASTPAAS_HOST_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "module.h"

struct fp_manifest {
	char name[64];
	char lowering[16];
	enum fp_mode mode;
	bool uses_segment; /* the lowering wants the arena's base in gs */
	bool uses_bounds;  /* it wants the bounds of regions in the bound registers of MPX */
	void *json; /* the parsed text; owned */
};

/* Reads `len` bytes of hostile text. On 0 the caller must fp_manifest_close() it. */
int fp_manifest_read(struct fp_manifest *manifest, const char *text, size_t len, struct fp_error *error);
void fp_manifest_close(struct fp_manifest *manifest);

bool fp_manifest_lists_import(const struct fp_manifest *manifest, const char *name);

/* "none", "wonly", "rw", "pointer" */
const char *fp_mode_name(enum fp_mode mode);

#endif
