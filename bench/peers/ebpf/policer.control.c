/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills the tables of policer.bpf.c; the buckets begin empty.
 */
#include "../../../examples/nfs/policer.c"

#include "control.h"

const char *fill_tables(find_table_function *find)
{
	COPY_TABLE(find, classes);
	COPY_TABLE(find, class_count);
	COPY_TABLE(find, excess_counter);
	COPY_TABLE(find, malformed_counter);
	COPY_TABLE(find, shared_counter);
	return NULL;
}
