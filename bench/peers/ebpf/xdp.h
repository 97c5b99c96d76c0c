/* SPDX-License-Identifier: Apache-2.0
 *
 * What all XDP programs here share: arrival times, gates, counters.
 *
 * XDP knows neither; the driver puts the time a packet arrived into the metadata before it, as a driver with
 * hardware time stamps does, and reads the gate from the value returned.
 */
#ifndef BENCH_PEERS_XDP_H
#define BENCH_PEERS_XDP_H

#include <stdbool.h>
#include <stdint.h>

#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "agreed.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* The verdict that sends a packet to a gate. */
#define TO_GATE(gate) ((int)(gate) << GATE_SHIFT | XDP_PASS)

/* Values of the host's counters by their numbers. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNTERS);
	__type(key, uint32_t);
	__type(value, uint64_t);
} counters SEC(".maps");

static __always_inline void count(uint32_t counter)
{
	uint64_t *value = bpf_map_lookup_elem(&counters, &counter);

	if (value)
		++*value;
}

/* As wide as a pointer and opaque: the compiler must not make 32-bit numbers of packet pointers, which the
 * verifier would no longer know as such. */
static __always_inline uint8_t *pointer_of(uint64_t address)
{
	__asm__ volatile("" : "+r"(address));
	return (uint8_t *)address;
}

static __always_inline uint8_t *frame_of(const struct xdp_md *context)
{
	return pointer_of(context->data);
}

static __always_inline uint8_t *end_of(const struct xdp_md *context)
{
	return pointer_of(context->data_end);
}

/* Fields at any alignment, which x86 can load: else the compiler would take them byte by byte. */
#define ALIGNED(type, p) __builtin_assume_aligned(p, sizeof(type))

static __always_inline uint16_t load16(const uint8_t *p)
{
	uint16_t value;

	__builtin_memcpy(&value, ALIGNED(value, p), sizeof(value));
	return value;
}

static __always_inline uint32_t load32(const uint8_t *p)
{
	uint32_t value;

	__builtin_memcpy(&value, ALIGNED(value, p), sizeof(value));
	return value;
}

static __always_inline uint64_t load64(const uint8_t *p)
{
	uint64_t value;

	__builtin_memcpy(&value, ALIGNED(value, p), sizeof(value));
	return value;
}

static __always_inline void store16(uint8_t *p, uint16_t value)
{
	__builtin_memcpy(ALIGNED(value, p), &value, sizeof(value));
}

static __always_inline void store32(uint8_t *p, uint32_t value)
{
	__builtin_memcpy(ALIGNED(value, p), &value, sizeof(value));
}

/* ns since the epoch; 0 if nobody said. */
static __always_inline uint64_t arrival_of(const struct xdp_md *context)
{
	const struct arrival *arrival = (const struct arrival *)(long)context->data_meta;

	return (const uint8_t *)(arrival + 1) <= frame_of(context) ? arrival->timestamp : 0;
}

/* The network function: the verdict over a packet. A function of its own, so that the compiler cannot draw on
 * what the program around it has checked. */
static __noinline int judge(struct xdp_md *context);

/* ---- Programs ---------------------------------------------------------------------------------- */

struct bench_frame frames[FRAMES]; /* of one pass; their number is a power of two */
uint64_t passed, restored;	   /* packets so far, of the two programs below */

SEC("xdp") int judge_packet(struct xdp_md *context)
{
	return judge(context);
}

/* Makes the packet the next one of the pass. */
static __always_inline bool restore(struct xdp_md *context, uint64_t number)
{
	const struct bench_frame *next = &frames[number % FRAMES];
	struct bench_frame *frame = (struct bench_frame *)(long)context->data;
	struct arrival *arrival = (struct arrival *)(long)context->data_meta;

	if ((uint8_t *)(frame + 1) > end_of(context) || (uint8_t *)(arrival + 1) > frame_of(context))
		return false;
	arrival->timestamp = FIRST_ARRIVAL + number * GAP_NS;
	for (int i = 0; i < FRAME_WORDS; i++)
		frame->word[i] = next->word[i];
	return true;
}

static __noinline int judge_nothing(struct xdp_md *context)
{
	__asm__ volatile("" ::"r"(context) : "memory");
	return XDP_PASS;
}

/* Repeated by the kernel, these two are passes over the packets, with and without the NF. */
SEC("xdp") int run_pass(struct xdp_md *context)
{
	return restore(context, passed++) ? judge(context) : XDP_ABORTED;
}

SEC("xdp") int run_restore(struct xdp_md *context)
{
	return restore(context, restored++) ? judge_nothing(context) : XDP_ABORTED;
}

char terms[] SEC("license") = "Apache-2.0";

#endif
