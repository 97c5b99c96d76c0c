/* SPDX-License-Identifier: Apache-2.0
 *
 * What a BPF program must be to be run: libpcap's interpreter aborts the process at an opcode it does not know,
 * loops, and reads scratch memory that nobody has written, and its bpf_validate() lets all three pass.
 */
#ifndef FASTPAAS_HOST_FILTER_CHECK_H
#define FASTPAAS_HOST_FILTER_CHECK_H

#include <pcap/pcap.h>

#include "error.h"

/* Control only goes forward and ends at a return; opcodes, scratch memory and constants are as in
 * fpcc/filters/program.py, which checks the same. */
int fp_filter_check(const struct bpf_program *program, struct fp_error *error);

#endif
