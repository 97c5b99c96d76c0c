/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the tables of lb.bpf.c.
 */
#include "../../../examples/nfs/lb.c"

#include "control.h"

const char *fill_tables(find_table_function *find)
{
	COPY_TABLE(find, backends);
	COPY_TABLE(find, table_size);
	COPY_TABLE(find, other_counter);
	COPY_TABLE(find, malformed_counter);
	memcpy(find("table", TABLE_LARGE), table, table_size);
	return NULL;
}
