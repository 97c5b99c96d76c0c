/* SPDX-License-Identifier: Apache-2.0
 *
 * The control plane of an XDP program: the NF's own C source, which reads the argument file and makes the
 * tables, and fill_tables(), which copies them into the program's globals before it is loaded.
 *
 * The object carries the program, too, so that the driver loads one file.
 */
#ifndef BENCH_PEERS_CONTROL_H
#define BENCH_PEERS_CONTROL_H

#include <stddef.h>
#include <string.h>

/* The program's global `name` of exactly `size` bytes; ends the driver if there is none. */
typedef void *find_table_function(const char *name, size_t size);

/* After init(). NULL, or why the program cannot hold what the arguments ask for. */
const char *fill_tables(find_table_function *find);

#define COPY_TABLE(find, name) memcpy((find)(#name, sizeof(name)), &(name), sizeof(name))

#endif
