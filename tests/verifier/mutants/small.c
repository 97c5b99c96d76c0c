/* SPDX-License-Identifier: Apache-2.0
 *
 * A little of everything that is guarded: locals of the module stack, tables, loops, pointers out of packets,
 * calls by pointer, calls out. Mutants are made of it, so it is short.
 */
#include <string.h>

#include <fastpaas/nf.h>

static uint32_t table[64];
static struct fp_packet *last;
static int counter;

static __attribute__((noinline)) uint64_t mix(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	return (a ^ b) * (c + d);
}

static __attribute__((noinline)) uint32_t sum(const uint8_t *p, uint32_t len)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < len; i++)
		total += p[i];
	return total;
}

static __attribute__((noinline)) void sort(uint32_t *values, int n)
{
	for (int i = 1; i < n; i++)
		for (int k = i; k > 0 && values[k - 1] > values[k]; k--) {
			uint32_t value = values[k];

			values[k] = values[k - 1];
			values[k - 1] = value;
		}
}

static void drop(struct fp_packet *packet)
{
	packet->gate = FP_DROP;
}

static void pass(struct fp_packet *packet)
{
	packet->gate = (uint16_t)(packet->flow & 1);
}

int init(const struct fp_args *args)
{
	char name[16] = "packets";

	if (args->len)
		memcpy(name, args->text, args->len < sizeof name ? args->len : sizeof name - 1);
	counter = fp_counter(name);
	return 0;
}

void process(struct fp_batch *batch)
{
	void (*const actions[2])(struct fp_packet *) = {drop, pass};
	uint32_t sizes[FP_BATCH_MAX];

	for (uint32_t i = 0; i < batch->count && i < FP_BATCH_MAX; i++) {
		struct fp_packet *packet = &batch->packet[i];

		sizes[i] = sum(packet->data, packet->len);
		table[packet->flow & 63] += sizes[i];
		actions[packet->len > 60](packet);
		packet->timestamp = mix(packet->len, packet->flow, fp_now(), sizes[i]);
		last = packet;
	}
	sort(sizes, (int)(batch->count & 31));
	__atomic_fetch_add(&last->flow, sizes[0], __ATOMIC_RELAXED);
	memmove(last->data + 4, last->data, last->len & 127);
	fp_count(counter, batch->count);
}
