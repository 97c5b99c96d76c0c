/* SPDX-License-Identifier: Apache-2.0
 *
 * Included before an NF's source when it is compiled for wasm: the host API as imports, and the protocol
 * numbers that WASI's <netinet/in.h> leaves out.
 */
#ifndef BENCH_PEERS_IMPORTS_H
#define BENCH_PEERS_IMPORTS_H

#include <fastpaas/nf.h>

#define IPPROTO_HOPOPTS 0
#define IPPROTO_ROUTING 43
#define IPPROTO_FRAGMENT 44
#define IPPROTO_AH 51
#define IPPROTO_DSTOPTS 60
#define IPPROTO_ICMPV6 58

#define IMPORT(function) __attribute__((import_module("fastpaas"), import_name(#function)))

IMPORT(fp_log) void fp_log(int level, const char *text, size_t len);
IMPORT(fp_now) uint64_t fp_now(void);
IMPORT(fp_counter) int fp_counter(const char *name);
IMPORT(fp_count) void fp_count(int id, uint64_t n);

#endif
