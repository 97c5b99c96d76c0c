/* SPDX-License-Identifier: Apache-2.0 */
#include "packet_ring.h"

#include <sys/mman.h>
#include <sys/socket.h>

#define BLOCK_BYTES (1u << 17) /* some 800 frames of 64 bytes */
#define BLOCKS 64u	       /* so much waits while modules are busy; more is lost, and counted */
#define FRAME_BYTES 2048u      /* blocks hold as many as fit; the kernel wants a number nevertheless */
#define RETIRE_MS 1u	       /* a block changes hands after so long, full or not */

int fp_packet_ring_open(struct fp_packet_ring *ring, int fd)
{
	const int version = TPACKET_V3, with_undone = 1;
	const struct tpacket_req3 request = {
		.tp_block_size = BLOCK_BYTES,
		.tp_block_nr = BLOCKS,
		.tp_frame_size = FRAME_BYTES,
		.tp_frame_nr = BLOCK_BYTES / FRAME_BYTES * BLOCKS,
		.tp_retire_blk_tov = RETIRE_MS,
	};
	void *memory;

	*ring = (struct fp_packet_ring){0};
	if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof(version)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &with_undone, sizeof(with_undone)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof(request)) < 0)
		return -1;
	memory = mmap(NULL, (size_t)BLOCK_BYTES * BLOCKS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
	if (memory == MAP_FAILED)
		return -1;
	ring->memory = memory;
	return 0;
}

void fp_packet_ring_close(struct fp_packet_ring *ring)
{
	if (ring->memory)
		munmap(ring->memory, (size_t)BLOCK_BYTES * BLOCKS);
	ring->memory = NULL;
}

static struct tpacket_hdr_v1 *block_at_hand(const struct fp_packet_ring *ring)
{
	return &((struct tpacket_block_desc *)(ring->memory + (size_t)ring->block * BLOCK_BYTES))->hdr.bh1;
}

static void give_back(struct fp_packet_ring *ring)
{
	__atomic_store_n(&block_at_hand(ring)->block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	ring->block = (ring->block + 1) % BLOCKS;
	ring->held = false;
}

static bool take_block(struct fp_packet_ring *ring)
{
	struct tpacket_hdr_v1 *block = block_at_hand(ring);

	ring->held = __atomic_load_n(&block->block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER;
	if (!ring->held)
		return false;
	ring->left = block->num_pkts;
	ring->next = (const struct tpacket3_hdr *)((const uint8_t *)block - offsetof(struct tpacket_block_desc, hdr) +
						   block->offset_to_first_pkt);
	return true;
}

const struct tpacket3_hdr *fp_packet_ring_next(struct fp_packet_ring *ring)
{
	const struct tpacket3_hdr *header;

	while (ring->left == 0) {
		if (ring->held)
			give_back(ring);
		if (!take_block(ring))
			return NULL;
	}
	header = ring->next;
	ring->next = (const struct tpacket3_hdr *)((const uint8_t *)header + header->tp_next_offset);
	ring->left--;
	return header;
}
