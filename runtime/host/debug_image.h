/* SPDX-License-Identifier: Apache-2.0
 *
 * A copy of a module file as debuggers want to see it, and the functions in it. The only reader of
 * section headers; everything is checked against the copy's length.
 */
#ifndef FASTPAAS_HOST_DEBUG_IMAGE_H
#define FASTPAAS_HOST_DEBUG_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

struct fp_bytes {
	uint8_t *start;
	size_t len;
};

/* Called for each function: `start` is an arena offset, `size` bytes, the name of any characters. */
typedef void fp_see_function(void *context, const char *name, uint64_t start, uint64_t size);

/* Moves all addresses of the copy (sections, symbols, DWARF 5) up by `base`. On -1 the copy is of no use. */
int fp_debug_image_move(struct fp_bytes *copy, uint64_t base, struct fp_error *error);
int fp_debug_image_functions(const struct fp_bytes *file, fp_see_function *see, void *context,
			     struct fp_error *error);

/* The sections of DWARF that hold absolute addresses. -1 if they are malformed. */
int fp_debug_move_addresses(struct fp_bytes section, uint64_t base); /* .debug_addr */
int fp_debug_move_lines(struct fp_bytes section, uint64_t base);     /* .debug_line */
int fp_debug_move_frames(struct fp_bytes section, uint64_t base);    /* .debug_frame */

#endif
