/* SPDX-License-Identifier: Apache-2.0
 *
 * The configuration of `fphost run`:
 *
 * {"input":  {"type":"pcap", "path", "paced":false} |
 *            {"type":"af_packet", "interface", "promiscuous":true, "packets":no end, "idle_ms":no end} |
 *            {"type":"dpdk", "device", "eal":none, "packets":no end, "idle_ms":no end} |
 *            {"type":"pool", "count":4096, "size":64, "packets":1000000, "pcap":null, "rate":as fast as possible},
 *  "output": {"type":"pcap", "path"} | {"type":"af_packet", "interface"} |
 *            {"type":"dpdk", "device", "eal":none} | {"type":"null"},
 *  "chain":  [node, ...], see node_plan.h,
 *  "batch":  1 to 64, default 32,
 *  "allow_unprotected": true to run modules of mode `none`, default false,
 *  "allow_unverified": true to run modules that come as a path, not as a sealed file, default false}
 */
#ifndef FASTPAAS_HOST_CONFIG_H
#define FASTPAAS_HOST_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "error.h"
#include "node_plan.h"
#include "port.h"

#define FP_CHAIN_MAX 64 /* nodes of a chain */

struct fp_config {
	struct fp_port input;
	struct fp_port output;
	uint32_t batch;
	unsigned count;
	struct fp_node_plan node[FP_CHAIN_MAX];
};

/* Reads and checks all of it, and the files of the nodes; opens no port. Strings stay `root`'s own. */
int fp_config_read(struct fp_config *config, const json_t *root, const struct fp_control *control,
		   struct fp_error *error);

/* Part of fp_config_read(): no output would empty a file that is read or written, too (config_files.c). */
int fp_config_check_files(const struct fp_config *config, struct fp_error *error);

/* Before the packet pool goes, of which they may have buffers. */
void fp_config_close_ports(struct fp_config *config);
void fp_config_free(struct fp_config *config);

/* Reads the array `nodes`, found under `key`, into plan[]; names must differ. */
int fp_config_read_nodes(struct fp_node_plan *plan, const json_t *nodes, const char *key,
			 const struct fp_trust *trust, struct fp_error *error);

#endif
