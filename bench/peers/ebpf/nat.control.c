/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the settings and the free ports of nat.bpf.c; its mappings are made by packets.
 */
#include "../../../examples/nfs/nat.c"

#include "control.h"

/* Of the program. */
enum { XDP_PUBLIC_MAX = 4, XDP_MAPPINGS = 1 << 17, XDP_POOLS = 16 };

#define PUT(find, type, name, value) (*(type *)(find)(name, sizeof(type)) = (value))

struct xdp_pool {
	uint32_t head, free;
};

static void fill_ports(find_table_function *find)
{
	uint16_t *rings = find("rings", (size_t)XDP_POOLS * PORTS * sizeof(*rings));
	struct xdp_pool *all = find("pools", XDP_POOLS * sizeof(*all));

	for (unsigned i = 0; i < public_count * KINDS; i++) {
		const struct port_pool *pool = &pools[i / KINDS][i % KINDS];

		memcpy(rings + (size_t)i * PORTS, pool->ring, pool->free * sizeof(*rings));
		all[i] = (struct xdp_pool){ pool->head, pool->free };
	}
}

static void fill_settings(find_table_function *find)
{
	memcpy(find("public", XDP_PUBLIC_MAX * sizeof(*public)), public, public_count * sizeof(*public));
	memcpy(find("timeouts", KINDS * sizeof(*timeouts)), timeouts, KINDS * sizeof(*timeouts));
	PUT(find, uint64_t, "opening_timeout", timeouts[TIMEOUT_TCP_OPENING]);
	PUT(find, uint32_t, "public_count", public_count);
	PUT(find, uint32_t, "port_range", ports.high - ports.low + 1u);
	PUT(find, uint32_t, "chain_mask", chain_mask);
	PUT(find, uint32_t, "mapping_max", (uint32_t)mapping_max);
	PUT(find, uint32_t, "inside_address", inside.address);
	PUT(find, uint32_t, "inside_mask", inside.mask);
	PUT(find, uint32_t, "used_end", used_end);
	PUT(find, uint32_t, "sweep_hand", sweep_hand);
}

const char *fill_tables(find_table_function *find)
{
	if (public_count > XDP_PUBLIC_MAX || mapping_max >= XDP_MAPPINGS)
		return "the XDP program has at most 4 public addresses and 131071 mappings";
	fill_ports(find);
	fill_settings(find);
	COPY_TABLE(find, full_counter);
	COPY_TABLE(find, unknown_counter);
	COPY_TABLE(find, untranslatable_counter);
	COPY_TABLE(find, malformed_counter);
	return NULL;
}
