/* SPDX-License-Identifier: Apache-2.0 */
#include "port.h"

#include <stdio.h>
#include <string.h>

#include "flow.h"

static const struct fp_port_type *const inputs[] = {&fp_port_pcap_input, &fp_port_pool, NULL};
static const struct fp_port_type *const outputs[] = {&fp_port_pcap_output, &fp_port_null, NULL};

static int fail_type(const struct fp_port_type *const *types, const char *where, const char *name,
		     struct fp_error *error)
{
	char known[100] = "";
	size_t used = 0;

	for (; *types && used < sizeof(known); types++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", used ? ", " : "", (*types)->name);
	return fp_fail(error, "configuration: %s.type is \"%.40s\"; known here: %s", where, name, known);
}

static int configure(struct fp_port *port, const struct fp_port_type *const *types, const json_t *options,
		     const char *where, struct fp_error *error)
{
	const char *name = json_string_value(json_object_get(options, "type"));

	if (!name)
		return fp_fail(error, "configuration: %s.type is missing or not a string", where);
	for (size_t i = 0; types[i]; i++) {
		if (strcmp(types[i]->name, name) == 0) {
			port->type = types[i];
			return port->type->configure(port, options, where, error);
		}
	}
	return fail_type(types, where, name, error);
}

bool fp_port_is_live(const json_t *options)
{
	const char *name = json_string_value(json_object_get(options, "type"));

	for (size_t i = 0; name && inputs[i]; i++)
		if (strcmp(inputs[i]->name, name) == 0)
			return inputs[i]->live;
	return false;
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
	uint32_t at = burst->count++;
	uint32_t buffer = fp_pool_take(source->pool);
	struct fp_packet *packet = &burst->packet[at];

	burst->buffer[at] = buffer;
	burst->lowest = at == 0 || buffer < burst->lowest ? buffer : burst->lowest;
	burst->highest = at == 0 || buffer > burst->highest ? buffer : burst->highest;
	burst->number[at] = source->received++;
	*packet = (struct fp_packet){
		.data = fp_pool_buffer(source->pool, buffer) + FP_PACKET_HEADROOM,
		.len = len,
		.timestamp = timestamp,
		.flow = fp_flow_hash(frame, len),
		.room = FP_FRAME_MAX,
	};
	memcpy(packet->data, frame, len);
}
