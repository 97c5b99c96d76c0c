/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole files in memory.
 */
#ifndef FASTPAAS_HOST_FILE_H
#define FASTPAAS_HOST_FILE_H

#include <stddef.h>

#include "error.h"

/* Reads the regular file at `path`, at most `max` bytes. The caller frees `*bytes`, which is not NULL
 * even for an empty file. */
int fp_file_read(const char *path, size_t max, void **bytes, size_t *len, struct fp_error *error);

#endif
