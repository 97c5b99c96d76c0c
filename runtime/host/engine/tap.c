/* SPDX-License-Identifier: Apache-2.0 */
#include "tap.h"

#include <stdlib.h>

static bool is_wanted(const struct fp_tap *tap, const struct fp_packet *packet)
{
	return (tap->gate == FP_TAP_EVERY || packet->gate == tap->gate) && fp_filter_accepts(&tap->filter, packet);
}

/* Counts of one writer: no two threads add to the same. */
static void add(_Atomic uint64_t *count, uint64_t packets)
{
	atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + packets, memory_order_relaxed);
}

void fp_tap_copy(struct fp_tap *tap, unsigned worker, const struct fp_burst *burst)
{
	struct fp_ring *ring = atomic_load_explicit(&tap->ring[worker], memory_order_acquire);
	uint32_t room, copied = 0, wanted = 0;

	if (atomic_load_explicit(&tap->closed, memory_order_relaxed))
		return;
	room = fp_ring_room(ring);
	for (uint32_t i = 0; i < burst->count; i++) {
		if (!is_wanted(tap, &burst->packet[i]))
			continue;
		wanted++;
		if (copied < room)
			fp_ring_slot_fill(fp_ring_free(ring, copied++), burst, i);
	}
	fp_ring_push(ring, copied);
	if (copied < wanted)
		add(&tap->missed[worker], wanted - copied);
}

int fp_tap_add_rings(struct fp_tap *tap, uint32_t workers, struct fp_error *error)
{
	for (unsigned worker = 0; worker < FP_WORKERS_MAX; worker++) {
		struct fp_ring *ring = atomic_load_explicit(&tap->ring[worker], memory_order_relaxed);

		if (!(workers & 1u << worker) || ring)
			continue;
		ring = fp_ring_create(error);
		if (!ring)
			return -1;
		atomic_store_explicit(&tap->ring[worker], ring, memory_order_release);
	}
	return 0;
}

bool fp_tap_has_finished(const struct fp_tap *tap)
{
	return atomic_load_explicit(&tap->finished, memory_order_acquire);
}

static const char *state_of(const struct fp_tap *tap)
{
	if (!fp_tap_has_finished(tap))
		return tap->attached ? "running" : "ending";
	return tap->failure.text[0] ? "failed" : "ended";
}

json_t *fp_tap_show(const struct fp_tap *tap)
{
	json_int_t missed = 0;
	json_t *shown;

	for (unsigned worker = 0; worker < FP_WORKERS_MAX; worker++)
		missed += (json_int_t)atomic_load_explicit(&tap->missed[worker], memory_order_relaxed);
	shown = json_pack("{s:s, s:s, s:I, s:o, s:I, s:I, s:s}", "node", tap->node, "tenant", tap->tenant, "uid",
			  (json_int_t)tap->uid, "gate", tap->gate == FP_TAP_EVERY ? json_null() : json_integer(tap->gate),
			  "written", (json_int_t)atomic_load_explicit(&tap->written, memory_order_relaxed), "missed", missed,
			  "state", state_of(tap));
	if (fp_tap_has_finished(tap) && tap->failure.text[0])
		json_object_set_new(shown, "error", json_string(tap->failure.text));
	return shown;
}

void fp_tap_free(struct fp_tap *tap)
{
	for (unsigned worker = 0; worker < FP_WORKERS_MAX; worker++)
		fp_ring_destroy(tap->ring[worker]);
	fp_filter_destroy(&tap->filter);
	free(tap);
}
