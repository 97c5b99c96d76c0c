/* SPDX-License-Identifier: Apache-2.0 */
/* limiter: a token bucket per destination; packets beyond it leave by the drop gate. */
#include <fastpaas/nf.h>
#include <string.h>

#define BUCKETS 4096
#define BURST 1500

struct bucket {
	uint64_t refilled; /* nanoseconds */
	uint32_t tokens;   /* bytes */
	uint32_t dropped;
};

static struct bucket *buckets;
static uint32_t rate[256];

int init(const struct fp_args *args)
{
	buckets = calloc(BUCKETS, sizeof(*buckets));
	if (!buckets)
		return -1;
	for (int i = 0; i < 256; i++)
		rate[i] = 125000;
	memcpy(rate, args->text, args->len < sizeof(rate) ? args->len : sizeof(rate));
	return 0;
}

static void refill(struct bucket *b, uint64_t now, uint32_t bytes_per_ms)
{
	uint64_t gained = (now - b->refilled) / 1000000 * bytes_per_ms;

	b->tokens = gained + b->tokens > BURST ? BURST : gained + b->tokens;
	b->refilled = now;
}

static void police(struct fp_packet *p)
{
	uint32_t destination;

	if (p->len < 34) {
		p->gate = FP_DROP;
		return;
	}
	memcpy(&destination, p->data + 30, sizeof(destination));
	struct bucket *b = &buckets[destination % BUCKETS];
	refill(b, p->timestamp, rate[destination & 255]);
	if (b->tokens < p->len) {
		b->dropped++; /* "<script>" & co. are shown, not run */
		p->gate = FP_DROP;
		return;
	}
	b->tokens -= p->len;
}

void process(struct fp_batch *batch)
{
	for (uint32_t i = 0; i < batch->count; i++)
		police(&batch->packet[i]);
}
