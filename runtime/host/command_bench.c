/* SPDX-License-Identifier: Apache-2.0
 *
 * `fphost bench` and `fphost bench-crossing`.
 */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "command.h"
#include "event.h"
#include "options.h"
#include "watchdog.h"

#define WATCHDOG_PERIOD_NS 2500000

static int run_bench(const struct fp_bench_config *config)
{
	struct fp_bench *bench = aligned_alloc(64, (sizeof(*bench) + 63) / 64 * 64);
	struct fp_error error;
	int status = FP_STATUS_DONE;

	if (!bench || fp_command_prepare() < 0)
		return free(bench), FP_STATUS_FAILED;
	memset(bench, 0, sizeof(*bench));
	if (fp_watchdog_start(WATCHDOG_PERIOD_NS, &error) < 0 || fp_bench_create(bench, config, &error) < 0 ||
	    fp_bench_run(bench, &error) < 0)
		status = fp_command_fail(FP_STATUS_REFUSED, &error);
	fp_bench_destroy(bench);
	fp_watchdog_stop();
	free(bench);
	return status;
}

static int run_config(const json_t *root, const struct fp_control *control)
{
	struct fp_bench_config *config = calloc(1, sizeof(*config));
	struct fp_error error;
	int status;

	(void)control;
	if (!config)
		return fp_command_usage_error("no memory");
	if (fp_bench_config_read(config, root, &error) < 0)
		status = fp_command_usage_error(error.text);
	else
		status = run_bench(config);
	fp_bench_config_free(config);
	free(config);
	return status;
}

static int run(const char *path)
{
	return fp_command_configured("bench", path, run_config);
}

const struct fp_command fp_command_bench = {
	.name = "bench",
	.usage = "CONFIG.json|- compares builds of a module on the same packets, turn by turn",
	.run = run,
};
