/* SPDX-License-Identifier: Apache-2.0
 *
 * The two layers of the allocator. Blocks (heap_blocks.c) are any size with boundary tags; slabs
 * (heap_slabs.c) are blocks cut into equal small objects. malloc.c chooses between them.
 *
 * Single-threaded: one instance runs on one thread. All metadata lies in the arena, where the NF can
 * overwrite it; checks here find honest mistakes early, the guards contain the rest.
 */
#ifndef FASTPAAS_MODULE_HEAP_H
#define FASTPAAS_MODULE_HEAP_H

#include "library.h"

#define FP_HEAP_MAX (FP_HEAP_LIMIT - FP_HEAP_OFFSET) /* bytes; sizes of blocks fit 30 bits */
#define FP_ALIGN 16                                  /* bytes every allocation is aligned to */
#define FP_BLOCK_HEADER 16                           /* bytes before every block's payload */
#define FP_SLAB_BYTES 0x4000                         /* a slab, its block's header included; also its alignment */
#define FP_SMALL_MAX 1024                            /* bytes of the largest object in a slab */

/* A block of at least `bytes`, aligned to `align` (a power of two from FP_ALIGN on), or NULL. */
void *fp_block_allocate(size_t bytes, size_t align);
void fp_block_release(void *payload);

/* Grows or shrinks a block where it lies; false if what follows it is in use. */
bool fp_block_resize(void *payload, size_t bytes);

/* Usable bytes. */
size_t fp_block_size(const void *payload);

/* Every byte of the heap from here on has never been written: the host hands it in zeroed. */
const char *fp_block_untouched(void);

/* First byte of the heap, which is FP_SLAB_BYTES-aligned. */
const char *fp_heap_base(void);

/* An object of at least `bytes`, which is at most FP_SMALL_MAX; NULL if there is no room for a slab. */
void *fp_slab_allocate(size_t bytes);
void fp_slab_release(void *object);
size_t fp_slab_size(const void *object);

/* Whether `memory` lies in a slab; otherwise it is a block's payload, if it is an allocation at all. */
bool fp_slab_owns(const void *memory);

/* Gives slabs kept in reserve back to the blocks; whether there were any. */
bool fp_slab_trim(void);

#endif
