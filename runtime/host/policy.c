/* SPDX-License-Identifier: Apache-2.0 */
#include "policy.h"

#include <stddef.h>
#include <string.h>

static const struct fp_policy policies[] = {
	{"drop", "packets of this module are dropped from now on", FP_NODE_DEAD, false},
	{"bypass", "packets go past this module from now on", FP_NODE_BYPASSED, true},
	{"restart", "the module is started again; packets are dropped until then", FP_NODE_WAITING, false},
};

const struct fp_policy *fp_policy_find(const char *name)
{
	for (size_t i = 0; i < sizeof(policies) / sizeof(policies[0]); i++)
		if (strcmp(policies[i].name, name) == 0)
			return &policies[i];
	return NULL;
}
