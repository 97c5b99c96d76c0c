/* SPDX-License-Identifier: Apache-2.0 */
#include "port.h"

#include <stdio.h>
#include <string.h>

static const struct fp_port_type *const inputs[] = {&fp_port_pcap_input, &fp_port_pool, &fp_port_af_packet_input,
						   &fp_port_dpdk_input, NULL};
static const struct fp_port_type *const outputs[] = {&fp_port_pcap_output, &fp_port_null, &fp_port_af_packet_output,
						    &fp_port_dpdk_output, NULL};

const char *const fp_lost_names[FP_LOSSES] = {
	[FP_LOST_MISSED] = "missed by the input",
	[FP_LOST_BROKEN] = "broken on arrival",
	[FP_LOST_FULL] = "output full",
	[FP_LOST_SHORT] = "too short for the output",
	[FP_LOST_LONG] = "too long for the output",
};

static int fail_type(const struct fp_port_type *const *types, const char *where, const char *name,
		     struct fp_error *error)
{
	char known[100] = "";
	size_t used = 0;

	for (; *types && used < sizeof(known); types++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", used ? ", " : "", (*types)->name);
	return fp_fail(error, "configuration: %s.type is \"%.40s\"; known here: %s", where, name, known);
}

static const struct fp_port_type *find_type(const struct fp_port_type *const *types, const char *name)
{
	while (*types && strcmp((*types)->name, name) != 0)
		types++;
	return *types;
}

static int configure(struct fp_port *port, const struct fp_port_type *const *types, const json_t *options,
		     const char *where, struct fp_error *error)
{
	const char *name = json_string_value(json_object_get(options, "type"));

	if (!name)
		return fp_fail(error, "configuration: %s.type is missing or not a string", where);
	port->type = find_type(types, name);
	return port->type ? port->type->configure(port, options, where, error) : fail_type(types, where, name, error);
}

bool fp_port_is_live(const json_t *options)
{
	const char *name = json_string_value(json_object_get(options, "type"));
	const struct fp_port_type *type = name ? find_type(inputs, name) : NULL;

	return type && type->live;
}

int fp_port_configure_input(struct fp_port *port, const json_t *options, struct fp_error *error)
{
	return configure(port, inputs, options, "input", error);
}

int fp_port_configure_output(struct fp_port *port, const json_t *options, struct fp_error *error)
{
	return configure(port, outputs, options, "output", error);
}

void fp_port_add(struct fp_source *source, struct fp_burst *burst, const uint8_t *frame, uint32_t len,
		 uint64_t timestamp)
{
	uint32_t number = fp_pool_take(source->pool);

	memcpy(fp_pool_buffer(source->pool, number) + FP_PACKET_HEADROOM, frame, len);
	fp_port_enter(source, burst, number, len, timestamp);
}
