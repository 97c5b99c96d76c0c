/* SPDX-License-Identifier: Apache-2.0
 *
 * The 4 GiB-aligned range of address space one module instance may touch.
 */
#ifndef FASTPAAS_HOST_ARENA_H
#define FASTPAAS_HOST_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"

#define FP_PAGE 4096 /* x86-64 base page, bytes */
#define FP_MIB 0x100000ull
#define FP_ARENA_MIBS 2048 /* of the half of an arena that holds mappings */

struct fp_arena {
	uint8_t *base;     /* FP_ARENA_SIZE-aligned */
	unsigned number;   /* of the arenas this process has made, this is number ..., from 0 */
	uint8_t *image_base; /* where address 0 of a module's file lies: base and up to FP_IMAGE_SHIFT_MAX more; NULL until placed */
	size_t heap_bytes; /* mapped at FP_HEAP_OFFSET, lazily backed, a multiple of FP_PAGE */
	bool mapped[FP_ARENA_MIBS]; /* MiBs in which something was mapped */
};

/* Reserves the range (PROT_NONE, and FP_GUARD_ZONE of it before its base and after its end too) and maps the
 * heap; stacks, batch slots, args and packets are mapped by their owners through fp_arena_map(). */
int fp_arena_create(struct fp_arena *arena, size_t heap_bytes, struct fp_error *error);
void fp_arena_destroy(struct fp_arena *arena);

/* Sets image_base, before an image is mapped: `align`, a power of two of at least FP_PAGE, is what its addresses in the
 * file are aligned to. */
void fp_arena_place_image(struct fp_arena *arena, uint64_t align);

/* Maps [offset, offset + bytes) of the arena, page-rounded, inside one region of abi.h: anonymous
 * memory if fd is -1, else shared from `fd` at `fd_offset`. Replaces what was there; PROT_NONE gives
 * the pages back. Refuses PROT_EXEC: only the loader makes memory executable, once it is sealed. */
int fp_arena_map(struct fp_arena *arena, uint64_t offset, size_t bytes, int prot, int fd, uint64_t fd_offset,
		 struct fp_error *error);

/* Name of the region that `offset` bytes from the base lies in ("heap", "stack", ..., "guard zone", or
 * "outside the arena" from FP_ARENA_SIZE on), and where that region starts. `start` may be NULL. */
const char *fp_arena_region(uint64_t offset, uint64_t *start);

#endif
