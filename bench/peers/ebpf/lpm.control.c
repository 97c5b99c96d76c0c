/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the tables of lpm.bpf.c.
 */
#include "../../../examples/nfs/lpm.c"

#include "control.h"

/* Groups are numbered from 0 on; an entry of tbl24 names each. */
static size_t count_used_groups(void)
{
	size_t groups = 0;

	for (size_t i = 0; i < 1 << 24; i++)
		if (tbl24[i] & EXTENDED && (tbl24[i] & ~EXTENDED) >= (int)groups)
			groups = (tbl24[i] & ~EXTENDED) + 1u;
	return groups;
}

const char *fill_tables(find_table_function *find)
{
	memcpy(find("tbl24", sizeof(*tbl24) << 24), tbl24, sizeof(*tbl24) << 24);
	memcpy(find("tbl8", sizeof(*tbl8) * EXTENDED * GROUP), tbl8, count_used_groups() * GROUP * sizeof(*tbl8));
	COPY_TABLE(find, no_route_counter);
	COPY_TABLE(find, ttl_counter);
	COPY_TABLE(find, malformed_counter);
	COPY_TABLE(find, other_counter);
	return NULL;
}
