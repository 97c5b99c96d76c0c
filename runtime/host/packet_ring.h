/* SPDX-License-Identifier: Apache-2.0
 *
 * The frames that arrive at a packet socket, in memory shared with the kernel: TPACKET_V3, whose blocks change
 * hands as a whole (Linux, Documentation/networking/packet_mmap.rst).
 */
#ifndef FASTPAAS_HOST_PACKET_RING_H
#define FASTPAAS_HOST_PACKET_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/if_packet.h>
#include <linux/virtio_net.h>

struct fp_packet_ring {
	uint8_t *memory; /* NULL if there is none */
	unsigned block;	 /* the one at hand, or the next to come */
	bool held;	 /* it is ours */
	uint32_t left;	 /* frames of it still to be seen */
	const struct tpacket3_hdr *next;
};

/* Of a socket that is not bound yet. Returns 0, or -1 with errno. */
int fp_packet_ring_open(struct fp_packet_ring *ring, int fd);
void fp_packet_ring_close(struct fp_packet_ring *ring);

/* The next frame, NULL if there is none now; it is there until the next call. */
const struct tpacket3_hdr *fp_packet_ring_next(struct fp_packet_ring *ring);

/* The bytes of a frame: header->tp_snaplen of them. */
static inline const uint8_t *fp_packet_ring_frame(const struct tpacket3_hdr *header)
{
	return (const uint8_t *)header + header->tp_mac;
}

/* What the kernel left undone of a frame, right before its bytes; not aligned. */
static inline struct virtio_net_hdr fp_packet_ring_undone(const struct tpacket3_hdr *header)
{
	struct virtio_net_hdr undone;

	__builtin_memcpy(&undone, fp_packet_ring_frame(header) - sizeof(undone), sizeof(undone));
	return undone;
}

#endif
