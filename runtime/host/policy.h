/* SPDX-License-Identifier: Apache-2.0
 *
 * What follows a fault, as a table.
 */
#ifndef FASTPAAS_HOST_POLICY_H
#define FASTPAAS_HOST_POLICY_H

#include <stdbool.h>

enum fp_node_state {
	FP_NODE_RUNNING,
	FP_NODE_DEAD,	  /* its packets are dropped from now on */
	FP_NODE_BYPASSED, /* packets go past it as they are */
	FP_NODE_WAITING,  /* to be made again; until then its packets are dropped */
	FP_NODE_STATES,
};

struct fp_policy {
	const char *name;
	const char *consequence;   /* for the report of a fault */
	enum fp_node_state after;  /* a fault */
	bool forwards;		   /* the batch of the faulting call goes on, as the module left its bytes */
};

/* NULL if there is none of that name. */
const struct fp_policy *fp_policy_find(const char *name);

#endif
