/* SPDX-License-Identifier: Apache-2.0
 *
 * The perf map of a module, for profilers.
 */
#ifndef FASTPAAS_HOST_PERF_MAP_H
#define FASTPAAS_HOST_PERF_MAP_H

#include "debug_image.h"

/* Appends the functions of `file`, loaded at `base`, to /tmp/perf-PID.map, where `perf report` looks for
 * code that came from no file. */
int fp_perf_map_write(const char *module, const uint8_t *base, const struct fp_bytes *file, struct fp_error *error);

#endif
