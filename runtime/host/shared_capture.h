/* SPDX-License-Identifier: Apache-2.0
 *
 * A capture file for all who name it: the stages of a node on several workers, and in a change of the graph the stage that
 * goes and the one that takes its place. The first creates the file, the others write behind each other's packets. Files
 * opened with different users' rights (open.h) are not shared.
 */
#ifndef FASTPAAS_HOST_SHARED_CAPTURE_H
#define FASTPAAS_HOST_SHARED_CAPTURE_H

#include "burst.h"
#include "error.h"

struct fp_shared_capture;

/* As those of capture.h; from any thread. */
struct fp_shared_capture *fp_shared_capture_open(const char *path, struct fp_error *error);
/* `*first`: how manieth packet of the file the burst's first is, from 1. */
int fp_shared_capture_write(struct fp_shared_capture *shared, const struct fp_burst *burst, uint64_t *first,
			    struct fp_error *error);
int fp_shared_capture_flush(struct fp_shared_capture *shared, struct fp_error *error);

/* Flushes; whoever is the last closes the file. `shared` may be NULL. */
int fp_shared_capture_close(struct fp_shared_capture *shared, struct fp_error *error);

#endif
