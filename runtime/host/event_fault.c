/* SPDX-License-Identifier: Apache-2.0
 *
 * The report of a fault: machine state turned into what a person can act on.
 */
#include <stdio.h>

#include <fastpaas/abi.h>

#include "call_stack.h"
#include "context.h"
#include "diagnose.h"
#include "event.h"

#define NULL_PAGE 0x10000 /* vm.mmap_min_addr: nothing is ever mapped below */

struct place {
	const char *region;
	uint64_t offset;
};

/* As the module's file has it, wherever the image was placed. */
static struct place locate_in_image(uint64_t address, const struct fp_instance *instance)
{
	uint64_t start = (uint64_t)instance->module.base + FP_IMAGE_OFFSET;

	if (address < start)
		return (struct place){"guard zone", address - (uint64_t)instance->arena.base};
	return (struct place){"image", address - start};
}

static struct place locate(const struct fp_fault *fault, const struct fp_instance *instance)
{
	uint64_t start = 0, offset = fault->address - (uint64_t)instance->arena.base;

	if (fault->address < NULL_PAGE)
		return (struct place){"null page", fault->address};
	if (offset < FP_ARENA_SIZE) {
		const char *region = fp_arena_region(offset, &start);

		if (start == FP_IMAGE_OFFSET)
			return locate_in_image(fault->address, instance);
		return (struct place){region, offset - start};
	}
	if (fault->address - (uint64_t)fp_context.native_low + FP_NATIVE_GUARD < FP_NATIVE_STACK + 2 * FP_NATIVE_GUARD)
		return (struct place){"native stack", fault->address - (uint64_t)fp_context.native_low};
	return (struct place){"outside the arena", fault->address};
}

static void add_address(json_t *event, const struct fp_fault *fault, const struct fp_instance *instance)
{
	struct place place = locate(fault, instance);
	char text[24];

	snprintf(text, sizeof(text), "0x%llx", (unsigned long long)fault->address);
	json_object_set_new(event, "address", json_string(text));
	json_object_set_new(event, "region", json_string(place.region));
	json_object_set_new(event, "region_offset", json_integer((json_int_t)place.offset));
}

static void add_no_address(json_t *event)
{
	json_object_set_new(event, "address", json_null());
	json_object_set_new(event, "region", json_null());
	json_object_set_new(event, "region_offset", json_null());
}

/* What mode `pointer` knows of the object; null for any other fault. */
static json_t *bounds_of(const struct fp_bounds *bounds)
{
	if (!bounds->known)
		return json_null();
	return json_pack("{s:I, s:I, s:I, s:I, s:I}", "check", (json_int_t)bounds->check, "site", (json_int_t)bounds->site,
			 "object_size", (json_int_t)bounds->object_size, "offset", (json_int_t)bounds->offset, "size",
			 (json_int_t)bounds->size);
}

/* The program counter, as the module's file has it, if it is in its arena: a wild jump may lead anywhere. */
static json_t *pc_of(const struct fp_fault *fault, const struct fp_instance *instance)
{
	uint64_t address = fault->pc - (uint64_t)instance->module.base;

	return address < FP_ARENA_SIZE ? json_integer((json_int_t)address) : json_null();
}

/* What may be return addresses, as the module's file has them. */
static json_t *stack_of(const struct fp_instance *instance)
{
	struct fp_stack_word words[FP_STACK_WORDS];
	int64_t size;
	size_t count = fp_call_stack_read(&fp_context, words, &size);
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("[I, I]", (json_int_t)words[i].offset,
						      (json_int_t)(words[i].value - (uint64_t)instance->module.base)));
	return json_pack("{s:I, s:o}", "size", (json_int_t)size, "words", list);
}

static void add_detail(json_t *event, const struct fp_node *node, const char *call)
{
	const struct fp_fault *fault = &fp_context.fault;
	char text[sizeof(fault->detail) + 80];

	if (fault->kind == FP_FAULT_TIME)
		snprintf(text, sizeof(text), "%s() used more than its %llu us of processor time", call,
			 (unsigned long long)(fp_context.budget_ns / 1000));
	else
		snprintf(text, sizeof(text), "%s", fault->detail);
	json_object_set_new(event, "detail", json_string(text));
	json_object_set_new(event, "policy", json_string(node->plan->policy->name));
}

static void add_packets(json_t *event, const struct fp_node *node, const struct fp_burst *burst, uint64_t captured)
{
	bool has_packets = burst && burst->count > 0;
	const char *capture = captured ? node->plan->fault_capture : NULL;

	json_object_set_new(event, "packet", has_packets ? json_integer((json_int_t)fp_burst_number(burst, 0)) : json_null());
	json_object_set_new(event, "packets", json_integer(has_packets ? burst->count : 0));
	json_object_set_new(event, "capture", capture ? json_string(capture) : json_null());
	json_object_set_new(event, "captured_from", captured ? json_integer((json_int_t)captured) : json_null());
}

static json_t *list_numbers(const struct fp_burst *burst)
{
	uint64_t first = fp_burst_number(burst, 0);
	json_t *numbers = NULL;

	for (uint32_t i = 0; i < burst->count && !numbers; i++)
		if (fp_burst_number(burst, i) != first + i)
			numbers = json_array();
	for (uint32_t i = 0; i < burst->count && numbers; i++)
		json_array_append_new(numbers, json_integer((json_int_t)fp_burst_number(burst, i)));
	return numbers ? numbers : json_null();
}

static json_t *list_buffers(const struct fp_burst *burst, const struct fp_instance *instance)
{
	uint64_t packets = (uint64_t)instance->arena.base + FP_PACKETS_OFFSET;
	json_t *buffers = json_array();

	for (uint32_t i = 0; i < burst->count; i++)
		json_array_append_new(buffers, json_integer((json_int_t)(packets + fp_pool_offset(burst->buffer[i]))));
	return buffers;
}

/* What tells which packet the module was busy with. fpcc judges it: that takes a look at the module's code. Other
 * modules wait meanwhile, so it is all numbers. */
static json_t *evidence_of(const struct fp_node *node, const struct fp_burst *burst)
{
	const struct fp_fault *fault = &fp_context.fault;
	const struct fp_instance *instance = &node->instance;
	json_t *registers = json_array(), *operands = json_array();

	for (int i = 0; fault->registers_known && i < FP_REGISTERS; i++)
		json_array_append_new(registers, json_integer((json_int_t)fault->registers[i]));
	for (int i = 0; i < FP_OPERANDS; i++)
		if (fault->operands[i])
			json_array_append_new(operands, json_integer((json_int_t)(uintptr_t)fault->operands[i]));
	return json_pack("{s:o, s:o, s:I, s:o, s:o}", "registers", registers, "operands", operands, "descriptors",
			 (json_int_t)(uintptr_t)instance->batch->packet, "buffers", list_buffers(burst, instance),
			 "numbers", list_numbers(burst));
}

void fp_event_fault(const struct fp_node *node, const char *call, const struct fp_burst *burst, uint64_t captured)
{
	const struct fp_fault *fault = &fp_context.fault;
	const struct fp_instance *instance = &node->instance;
	json_t *guard = fault->guard >= 0 ? json_integer(fault->guard) : json_null();
	json_t *event = json_pack("{s:s, s:s, s:s, s:s, s:s?, s:o, s:o}", "event", "fault", "node",
				  node->plan->instance.name, "call", call, "kind", fp_fault_kind_name(fault->kind), "access",
				  fp_access_name(fault->access), "guard", guard, "pc", pc_of(fault, instance));

	if (fault->address_known)
		add_address(event, fault, instance);
	else
		add_no_address(event);
	add_detail(event, node, call);
	json_object_set_new(event, "stack", stack_of(instance));
	json_object_set_new(event, "bounds", bounds_of(&fault->bounds));
	add_packets(event, node, burst, captured);
	json_object_set_new(event, "evidence", burst ? evidence_of(node, burst) : json_null());
	json_object_set_new(event, "consequence",
			    json_string(burst ? node->plan->policy->consequence : "the module does not run"));
	fp_event_emit(event);
}
