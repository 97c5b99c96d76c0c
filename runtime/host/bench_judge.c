/* SPDX-License-Identifier: Apache-2.0
 *
 * What a variant made of the packets, and whether it is what the first variant made of them.
 */
#include <stdio.h>

#include "bench.h"

#define FNV_START 0xcbf29ce484222325
#define FNV_PRIME 0x100000001b3

/* FNV-1a, 64 bits. */
static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ at[i]) * FNV_PRIME;
	return hash;
}

static struct fp_bench_output output_of(const struct fp_packet *packet)
{
	uint64_t hash = FNV_START;

	hash = add_bytes(hash, &packet->len, sizeof(packet->len));
	hash = add_bytes(hash, &packet->gate, sizeof(packet->gate));
	hash = add_bytes(hash, packet->data, packet->len);
	return (struct fp_bench_output){.checksum = hash, .len = packet->len, .gate = packet->gate};
}

static void note_difference(struct fp_bench_result *result, uint32_t number, const struct fp_bench_output *is,
			    const struct fp_bench_output *expected)
{
	if (result->differs >= 0 || is->checksum == expected->checksum)
		return;
	result->differs = number;
	if (is->gate != expected->gate)
		snprintf(result->how, sizeof(result->how), "gate %u instead of %u", is->gate, expected->gate);
	else if (is->len != expected->len)
		snprintf(result->how, sizeof(result->how), "%u bytes long instead of %u", is->len, expected->len);
	else
		snprintf(result->how, sizeof(result->how), "other bytes");
}

static void count(struct fp_bench_result *result, uint16_t gate)
{
	if (gate < FP_GATES)
		result->gate[gate]++;
	else if (gate == FP_DROP)
		result->dropped++;
	else
		result->invalid++;
}

static void judge_packet(struct fp_bench_result *result, const struct fp_packet *packet, uint32_t number,
			 const struct fp_bench_output *expected)
{
	struct fp_bench_output output = output_of(packet);

	note_difference(result, number, &output, expected);
	result->checksum = add_bytes(result->checksum, &output.checksum, sizeof(output.checksum));
	count(result, output.gate);
}

static void expect(struct fp_bench *bench)
{
	struct fp_bench_output *next = bench->expected;

	for (uint32_t i = 0; i < bench->bursts; i++)
		for (uint32_t k = 0; k < bench->burst[i].count; k++)
			*next++ = output_of(&bench->burst[i].packet[k]);
}

void fp_bench_judge(struct fp_bench *bench, unsigned variant)
{
	struct fp_bench_result *result = &bench->result[variant];
	uint32_t number = 0;

	if (variant == 0)
		expect(bench);
	*result = (struct fp_bench_result){.checksum = FNV_START, .differs = -1};
	for (uint32_t i = 0; i < bench->bursts; i++)
		for (uint32_t k = 0; k < bench->burst[i].count; k++, number++)
			judge_packet(result, &bench->burst[i].packet[k], number, &bench->expected[number]);
}
