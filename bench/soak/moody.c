/* SPDX-License-Identifier: Apache-2.0
 *
 * An NF in which something goes wrong now and then, by lot, the same again for the same argument file: a number that the
 * lots begin with, and in how many batches one goes wrong.
 */
#include <fastpaas/nf.h>
#include <stdlib.h>

#define KINDS 10

static uint64_t lots;
static uint64_t rarity;
static volatile uint32_t zero;
static volatile uint64_t sink;

/* xorshift64 (Marsaglia, 2003). */
static uint64_t draw(void)
{
	lots ^= lots << 13;
	lots ^= lots >> 7;
	lots ^= lots << 17;
	return lots;
}

static void write_nowhere(void)
{
	*(volatile uint8_t *)(uintptr_t)16 = 1;
}

__attribute__((noinline)) static uint64_t descend(uint64_t depth)
{
	volatile uint64_t frame[32];

	frame[depth % 32] = depth;
	return depth ? descend(depth - 1) + frame[depth % 32] : 0;
}

static void run_forever(void)
{
	for (;;)
		sink++;
}

static void chatter(void)
{
	for (int i = 0; i < 100; i++)
		fp_logf(FP_INFO, "line %d", i);
}

static void go_wrong(struct fp_batch *batch)
{
	struct fp_packet *packet = &batch->packet[draw() % batch->count];

	switch (draw() % KINDS) {
	case 0: write_nowhere(); break;
	case 1: sink = batch->count / zero; break;
	case 2: run_forever(); break;
	case 3: sink = descend(1u << 30); break;
	case 4: abort(); break;
	case 5: packet->gate = 60; break;
	case 6: packet->len = 1u << 20; break;
	case 7: packet->data += 1u << 20; break;
	case 8: packet->gate = FP_DROP; break;
	default: chatter(); break;
	}
}

int init(const struct fp_args *args)
{
	char *rest;

	lots = strtoul(args->text, &rest, 10) * 2 + 1;
	rarity = strtoul(rest, NULL, 10);
	return rarity == 0;
}

void process(struct fp_batch *batch)
{
	if (draw() % rarity == 0)
		go_wrong(batch);
}

void fini(void)
{
	if (draw() % 4 == 0)
		write_nowhere();
}
