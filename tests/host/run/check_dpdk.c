/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes out by the port of DPDK comes in by it, through a ring of DPDK's: `check_dpdk CASE` prints one line for each packet that came in, "LENGTH same|copied equal|differs", and then "taken N" (buffers that have
 * not come back) or what else the case says.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rte_ethdev.h>
#include <rte_mbuf.h>
#include <rte_mempool.h>

#include "dpdk_pool.h"
#include "frame.h"
#include "port.h"

#define BUFFERS 1024

static struct fp_pool pool;
static struct fp_port input, output;
static struct fp_dpdk_pool *ours;
static struct fp_source source = {.pool = &pool, .max = FP_BATCH_MAX};
static struct fp_burst sent __attribute__((aligned(64))), received __attribute__((aligned(64)));
static uint8_t frame[FP_FRAME_MAX];

static void expect(int status, const struct fp_error *error)
{
	if (status >= 0)
		return;
	fprintf(stderr, "check_dpdk: %s\n", error->text);
	exit(1);
}

static void open_ports(void)
{
	json_t *options = json_pack("{s:s, s:s}", "type", "dpdk", "device", "net_ring0");
	struct fp_error error;

	expect(fp_pool_create(&pool, BUFFERS, &error), &error);
	expect(fp_port_configure_input(&input, options, &error), &error);
	expect(fp_port_configure_output(&output, options, &error), &error);
	input.pool = output.pool = &pool;
	expect(input.type->open(&input, &error), &error);
	expect(output.type->open(&output, &error), &error);
	expect(fp_port_arrange((struct fp_port *[]){&input, &output}, 2, &error), &error);
	ours = fp_dpdk_pool_open(&pool, &error);
	if (!ours)
		expect(-1, &error);
	json_decref(options);
}

static void close_ports(void)
{
	struct fp_error error;

	fp_dpdk_pool_close(ours);
	input.type->close(&input, &error);
	output.type->close(&output, &error);
	fp_pool_destroy(&pool);
}

static void give_back(struct fp_burst *burst)
{
	while (burst->count > 0)
		fp_pool_give(&pool, burst->buffer[--burst->count]);
}

static void receive(void)
{
	struct fp_error error;

	received.count = 0;
	expect(input.type->receive(&input, &source, &received, &error), &error);
}

static void send_burst(void)
{
	struct fp_error error;

	expect(output.type->send(&output, &sent, &error), &error);
}

static void show(uint32_t at, uint32_t buffer)
{
	const struct fp_packet *packet = &received.packet[at];
	size_t headroom = (size_t)(packet->data - fp_pool_buffer(&pool, received.buffer[at]));

	printf("%u %s %s\n", packet->len, received.buffer[at] == buffer ? "same" : "copied",
	       headroom == FP_PACKET_HEADROOM && memcmp(packet->data, frame, packet->len) == 0 ? "equal" : "differs");
}

/* Frames of several lengths, and one that a module has moved into the headroom. */
static void run_loop(void)
{
	static const uint32_t lengths[] = {17, 60, 1514, FP_FRAME_MAX, 100};

	for (uint32_t i = 0; i < 5; i++)
		fp_port_add(&source, &sent, frame, lengths[i], 0);
	memmove(sent.packet[4].data - 16, frame, 100);
	sent.packet[4].data -= 16;
	send_burst();
	receive();
	for (uint32_t i = 0; i < received.count; i++)
		show(i, sent.buffer[i]);
	give_back(&received);
}

static void transmit(struct rte_mbuf *mbuf)
{
	uint16_t id;

	if (rte_eth_dev_get_port_by_name("net_ring0", &id) < 0 || rte_eth_tx_burst(id, 0, &mbuf, 1) != 1)
		exit(1);
	receive();
	for (uint32_t i = 0; i < received.count; i++)
		show(i, UINT32_MAX);
	give_back(&received);
	printf("too long %llu\n", (unsigned long long)source.too_long);
}

static struct rte_mbuf *make_mbuf(struct rte_mempool *mempool, const uint8_t *bytes, uint16_t len)
{
	struct rte_mbuf *mbuf = rte_pktmbuf_alloc(mempool);

	if (!mbuf)
		exit(1);
	memcpy(rte_pktmbuf_append(mbuf, len), bytes, len);
	return mbuf;
}

/* A frame of `count` segments of 500 bytes each. */
static void run_segments(uint32_t count)
{
	struct rte_mbuf *first = make_mbuf(ours->mempool, frame, 500);

	for (uint32_t i = 1; i < count; i++)
		if (rte_pktmbuf_chain(first, make_mbuf(ours->mempool, frame + i % 3 * 500, 500)) < 0)
			exit(1);
	transmit(first);
}

static void run_three_segments(void)
{
	run_segments(3);
}

static void run_ten_segments(void)
{
	run_segments(10);
}

static void run_foreign(void)
{
	struct rte_mempool *other = rte_pktmbuf_pool_create("other", 64, 0, 0, RTE_MBUF_DEFAULT_BUF_SIZE, SOCKET_ID_ANY);

	transmit(make_mbuf(other, frame, 900));
	printf("other %u\n", rte_mempool_avail_count(other));
}

/* A clone has the buffer of one of ours and is not the mbuf that belongs to it; it may outlive that. */
static void run_clone(bool outlives)
{
	struct rte_mempool *other = rte_pktmbuf_pool_create("other", 64, 0, 0, RTE_MBUF_DEFAULT_BUF_SIZE, SOCKET_ID_ANY);
	struct rte_mbuf *first = make_mbuf(ours->mempool, frame, 900);

	struct rte_mbuf *clone = rte_pktmbuf_clone(first, other);

	if (outlives)
		rte_pktmbuf_free(first);
	transmit(clone);
	if (!outlives)
		rte_pktmbuf_free(first);
}

static void run_short_clone(void)
{
	run_clone(false);
}

static void run_long_clone(void)
{
	run_clone(true);
}

/* A driver that keeps all it is given, with room for more than there is. */
static void run_keeper(void)
{
	uint32_t least = BUFFERS;

	for (int i = 0; i < 100; i++) {
		least = pool.free_count < least ? pool.free_count : least;
		sent.count = 0;
		while (sent.count < FP_BATCH_MAX)
			fp_port_add(&source, &sent, frame, 60, 0);
		send_burst();
	}
	printf("full %llu, least free %u\n", (unsigned long long)output.lost[FP_LOST_FULL], least);
	for (receive(); received.count > 0; receive())
		give_back(&received);
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{"loop", run_loop},	  {"segments", run_three_segments}, {"long segments", run_ten_segments},
	{"foreign", run_foreign}, {"short clone", run_short_clone}, {"long clone", run_long_clone}, {"keeper", run_keeper},
};

int main(int count, char **words)
{
	fp_frame_make_udp(frame, sizeof(frame), 1);
	open_ports();
	for (size_t i = 0; count == 2 && i < sizeof(cases) / sizeof(cases[0]); i++)
		if (strcmp(words[1], cases[i].name) == 0)
			cases[i].run();
	printf("taken %u\n", BUFFERS - rte_mempool_avail_count(ours->mempool));
	close_ports();
	return 0;
}
