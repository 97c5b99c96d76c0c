/* SPDX-License-Identifier: Apache-2.0
 *
 * Taps: copies of what passes a node, written to a capture that whoever asked has opened. The workers put them on rings, one
 * for each; a thread of the tap writes. What finds no room on its ring is counted as missed: no worker ever waits, however
 * slow the file is, and neither does the control thread.
 */
#ifndef FASTPAAS_HOST_ENGINE_TAP_H
#define FASTPAAS_HOST_ENGINE_TAP_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <jansson.h>

#include "capture.h"
#include "engine/ring.h"
#include "engine/share.h"
#include "engine/stage.h"
#include "filter.h"

#define FP_TAPS 32 /* at a time */
#define FP_TAP_EVERY (-1)

struct fp_tap {
	char node[FP_INSTANCE_NAME], tenant[FP_TENANT_NAME];
	int gate; /* only what leaves by it, as it leaves; FP_TAP_EVERY: what comes, as it comes */
	uid_t uid; /* who asked for it */
	struct fp_filter filter; /* empty: every packet */
	uint64_t most;	/* packets; 0: no end */
	bool attached;	/* the control thread's: workers know of it */
	uint64_t forget_ns; /* the control thread's: monotonic time when what is left of it goes; 0: it has not finished */

	/* Shared with the workers. */
	_Atomic(struct fp_ring *) ring[FP_WORKERS_MAX]; /* NULL: none that the node is on */
	_Atomic uint64_t missed[FP_WORKERS_MAX];
	_Atomic bool closed; /* nothing more is written */

	/* Shared with the writer. */
	struct fp_capture *capture;
	int fd;
	bool is_pipe;
	struct fp_error failure; /* once it has finished; empty: it has not failed */
	_Atomic uint64_t written;
	_Atomic bool stop;     /* no worker knows of it any more: what is on the rings is the rest */
	_Atomic bool give_up;  /* nothing is waited for any more */
	_Atomic bool finished; /* the writer is gone, and the file is closed */
};

/* Of `tap`, zero but for what was asked for: takes over `fd`, which must be a file or pipe, and starts the writer. On -1
 * nothing is owned. */
int fp_tap_start(struct fp_tap *tap, int fd, struct fp_error *error);

/* Makes the rings of these workers, as bits, which know of no tap yet. */
int fp_tap_add_rings(struct fp_tap *tap, uint32_t workers, struct fp_error *error);

/* Copies what the tap is for: all packets, or those that have its gate. Of a worker; never waits. */
void fp_tap_copy(struct fp_tap *tap, unsigned worker, const struct fp_burst *burst);

/* {"node", "tenant", "uid", "gate": or null, "written", "missed", "state", "error"?} */
json_t *fp_tap_show(const struct fp_tap *tap);

bool fp_tap_has_finished(const struct fp_tap *tap);

/* Of one that has finished. */
void fp_tap_free(struct fp_tap *tap);

#endif
