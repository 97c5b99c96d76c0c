/* SPDX-License-Identifier: Apache-2.0
 *
 * The control socket: what started the host sends it a configuration, and with it, as open files, the
 * modules it has verified. They are sealed memory files, so the bytes that were verified are those that run.
 */
#ifndef FASTPAAS_HOST_CONTROL_H
#define FASTPAAS_HOST_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "file.h"

#define FP_CONTROL_FILES 64 /* a file for each node of a chain */

struct fp_control {
	char *text; /* the configuration; owned */
	size_t len;
	int file[FP_CONTROL_FILES]; /* in the order they were sent; owned */
	unsigned files;
};

/* Whether `fd` is a socket, not a terminal, pipe or file. */
bool fp_control_is_socket(int fd);

/* Receives everything up to the end of the stream, for up to ten seconds. On -1 nothing is owned. */
int fp_control_receive(struct fp_control *control, int fd, struct fp_error *error);

/* The same, but gives up when the monotonic clock shows `deadline_ns`. */
int fp_control_receive_until(struct fp_control *control, int fd, uint64_t deadline_ns, struct fp_error *error);

void fp_control_free(struct fp_control *control);

/* Reads the file number `index`; refuses one that is not sealed against every change. */
int fp_control_read(const struct fp_control *control, size_t index, struct fp_file *file, struct fp_error *error);

#endif
