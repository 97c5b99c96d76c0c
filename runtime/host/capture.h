/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing packets to a capture file: Ethernet, nanosecond time stamps.
 */
#ifndef FASTPAAS_HOST_CAPTURE_H
#define FASTPAAS_HOST_CAPTURE_H

#include <stdio.h>

#include "burst.h"
#include "error.h"

struct fp_capture;

/* Creates or truncates the file. NULL with `error` set on failure. */
struct fp_capture *fp_capture_open(const char *path, struct fp_error *error);
/* The same to an open stream, which is closed with it, or if this fails; `name` is what errors call it. */
struct fp_capture *fp_capture_adopt(FILE *file, const char *name, struct fp_error *error);
int fp_capture_write(struct fp_capture *capture, const struct fp_burst *burst, struct fp_error *error);
int fp_capture_flush(struct fp_capture *capture, struct fp_error *error);

/* Flushes and frees; `capture` may be NULL. */
int fp_capture_close(struct fp_capture *capture, struct fp_error *error);

#endif
