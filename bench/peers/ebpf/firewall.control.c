/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the rules of firewall.bpf.c.
 */
#include "../../../examples/nfs/firewall.c"

#include "control.h"

enum { XDP_RULES = 1024 }; /* of one IP version, in the program */

const char *fill_tables(find_table_function *find)
{
	if (count4 > XDP_RULES || count6 > XDP_RULES)
		return "the XDP program has at most 1024 rules of an IP version";
	memcpy(find("rules4", XDP_RULES * sizeof(*rules4)), rules4, count4 * sizeof(*rules4));
	memcpy(find("rules6", XDP_RULES * sizeof(*rules6)), rules6, count6 * sizeof(*rules6));
	COPY_TABLE(find, count4);
	COPY_TABLE(find, count6);
	COPY_TABLE(find, default_drop);
	COPY_TABLE(find, non_ip_drop);
	COPY_TABLE(find, dropped_counter);
	COPY_TABLE(find, malformed_counter);
	return NULL;
}
