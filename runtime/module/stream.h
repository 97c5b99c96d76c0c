/* SPDX-License-Identifier: Apache-2.0
 *
 * stdout and stderr of an NF: lines of the host's log.
 */
#ifndef FASTPAAS_MODULE_STREAM_H
#define FASTPAAS_MODULE_STREAM_H

#include "library.h"

#include <stdio.h>

#define FP_LINE_MAX 1024 /* bytes; what fp_log() keeps. A longer line becomes several */

struct _IO_FILE {
	int level; /* of enum fp_level */
	size_t used;
	char line[FP_LINE_MAX];
};

void fp_stream_write(FILE *file, const char *text, size_t len);

#endif
