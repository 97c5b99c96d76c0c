/* SPDX-License-Identifier: Apache-2.0 */
#include "filter.h"

#include <stdlib.h>

#include "filter_check.h"

#define FIELDS 4

static int read_instruction(struct bpf_insn *instruction, const json_t *fields, struct fp_error *error)
{
	static const json_int_t max[FIELDS] = {UINT16_MAX, UINT8_MAX, UINT8_MAX, UINT32_MAX};
	json_int_t value[FIELDS];

	if (json_array_size(fields) != FIELDS)
		return fp_fail(error, "must be an array of %d integers", FIELDS);
	for (size_t i = 0; i < FIELDS; i++) {
		const json_t *field = json_array_get(fields, i);

		value[i] = json_integer_value(field);
		if (!json_is_integer(field) || value[i] < 0 || value[i] > max[i])
			return fp_fail(error, "element %zu must be an integer from 0 to %lld", i, (long long)max[i]);
	}
	*instruction = (struct bpf_insn){.code = (uint16_t)value[0],
					 .jt = (uint8_t)value[1],
					 .jf = (uint8_t)value[2],
					 .k = (uint32_t)value[3]};
	return 0;
}

static int read_program(struct bpf_program *program, const json_t *instructions, struct fp_error *error)
{
	size_t count = json_array_size(instructions);
	struct fp_error reason;

	if (count < 1 || count > FP_FILTER_INSTRUCTIONS)
		return fp_fail(error, "must be an array of 1 to %d instructions", FP_FILTER_INSTRUCTIONS);
	program->bf_insns = calloc(count, sizeof(*program->bf_insns));
	if (!program->bf_insns)
		return fp_fail(error, "no memory for %zu instructions", count);
	program->bf_len = (unsigned)count;
	for (size_t i = 0; i < count; i++)
		if (read_instruction(&program->bf_insns[i], json_array_get(instructions, i), &reason) < 0)
			return fp_fail(error, "instruction %zu: %s", i, reason.text);
	return fp_filter_check(program, error);
}

int fp_filter_create(struct fp_filter *filter, const json_t *programs, struct fp_error *error)
{
	size_t count = json_array_size(programs);
	struct fp_error reason;

	*filter = (struct fp_filter){0};
	if (count < 1 || count > FP_FILTERS_MAX)
		return fp_fail(error, "filters must be an array of 1 to %d programs", FP_FILTERS_MAX);
	for (size_t i = 0; i < count; i++) {
		if (read_program(&filter->program[filter->count++], json_array_get(programs, i), &reason) == 0)
			continue;
		fp_filter_destroy(filter);
		return fp_fail(error, "filter %zu: %s", i, reason.text);
	}
	return 0;
}

int fp_filter_create_one(struct fp_filter *filter, const json_t *program, struct fp_error *error)
{
	struct fp_error reason;

	*filter = (struct fp_filter){0};
	if (!program || read_program(&filter->program[filter->count++], program, &reason) == 0)
		return 0;
	fp_filter_destroy(filter);
	return fp_fail(error, "filter: %s", reason.text);
}

void fp_filter_destroy(struct fp_filter *filter)
{
	while (filter->count > 0)
		free(filter->program[--filter->count].bf_insns);
}

static uint16_t choose_gate(const struct fp_filter *filter, const struct fp_packet *packet)
{
	unsigned gate = 0;

	while (gate < filter->count &&
	       !bpf_filter(filter->program[gate].bf_insns, packet->data, packet->len, packet->len))
		gate++;
	return (uint16_t)gate;
}

bool fp_filter_accepts(const struct fp_filter *filter, const struct fp_packet *packet)
{
	return filter->count == 0 || choose_gate(filter, packet) == 0;
}

void fp_filter_run(const struct fp_filter *filter, struct fp_burst *burst)
{
	for (uint32_t i = 0; i < burst->count; i++)
		burst->packet[i].gate = choose_gate(filter, &burst->packet[i]);
}
