/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole files in memory.
 */
#ifndef FASTPAAS_HOST_FILE_H
#define FASTPAAS_HOST_FILE_H

#include <stddef.h>

#include "error.h"

#define FP_FILE_MAX ((size_t)512 << 20) /* bytes; more than any region of an arena can hold */

struct fp_file {
	void *bytes; /* the caller frees them; not NULL even for an empty file */
	size_t len;
};

/* Reads the regular file at `path`, at most FP_FILE_MAX bytes. */
int fp_file_read(struct fp_file *file, const char *path, struct fp_error *error);

/* The same of a file that is open for reading, from its first byte on; `fd` stays open. */
int fp_file_read_open(struct fp_file *file, int fd, struct fp_error *error);

#endif
