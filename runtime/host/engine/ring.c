/* SPDX-License-Identifier: Apache-2.0 */
#include "ring.h"

#include <stdlib.h>

struct fp_ring *fp_ring_create(struct fp_error *error)
{
	struct fp_ring *ring = aligned_alloc(64, sizeof(*ring));

	if (!ring) {
		fp_fail(error, "no memory for a ring of frames between two cores");
		return NULL;
	}
	atomic_init(&ring->written, 0);
	atomic_init(&ring->read, 0);
	return ring;
}

void fp_ring_destroy(struct fp_ring *ring)
{
	free(ring);
}
