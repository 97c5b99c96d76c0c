/* SPDX-License-Identifier: Apache-2.0
 *
 * macswap as an XDP program; see examples/nfs/macswap.c.
 */
#include "xdp.h"

enum { ETHERNET_HEADER = 14, ADDRESS = 6 };

static __noinline int judge(struct xdp_md *context)
{
	uint8_t *frame = frame_of(context);
	uint32_t head;
	uint16_t tail;

	if (unlikely(frame + ETHERNET_HEADER > end_of(context)))
		return XDP_DROP;
	head = load32(frame);
	tail = load16(frame + 4);
	store32(frame, load32(frame + ADDRESS));
	store16(frame + 4, load16(frame + ADDRESS + 4));
	store32(frame + ADDRESS, head);
	store16(frame + ADDRESS + 4, tail);
	return TO_GATE(0);
}
