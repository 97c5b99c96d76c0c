/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"
static int run(const char *a){(void)a;return fp_command_usage_error("bench: not yet");}
const struct fp_command fp_command_bench = {.name = "bench", .usage = "CONFIG.json|-", .run = run};
