/* SPDX-License-Identifier: Apache-2.0
 *
 * `fphost serve`: a graph of nodes, on a worker for each core, until its inputs have ended or somebody stops it.
 *
 * {"graph": see engine/plan.h, "control": path of the control socket, default none,
 *  "forever": whether to go on when all inputs have ended, default false}
 *
 * Events as in event.h: "ready" {"control"?}, then what happens, "graph" {"graph"} whenever another one is
 * in force, at the end "done" {"report", "interrupted"}.
 */
#include "command.h"
#include "engine/requests.h"
#include "event.h"
#include "options.h"
#include "stop.h"
#include "watchdog.h"

#define WATCHDOG_PERIOD_NS 1000000
#define WAIT_MS 20

struct service {
	const char *control_path;
	bool forever;
	struct fp_module_store store;
	struct fp_engine engine;
	struct fp_requests requests;
};

static void warn(const char *text)
{
	fp_event_emit(json_pack("{s:s, s:s}", "event", "warning", "text", text));
}

static void serve(struct service *service)
{
	fp_event_emit(json_pack("{s:s, s:s?}", "event", "ready", "control", service->control_path));
	while (!fp_stop_requested() && !service->requests.stop && !fp_event_lost() && fp_event_has_reader()) {
		fp_requests_serve(&service->requests, WAIT_MS);
		fp_engine_tend(&service->engine);
		if (!service->forever && fp_engine_is_done(&service->engine))
			return;
	}
	fp_engine_drain(&service->engine);
}

static int start(struct service *service, struct fp_plan *plan, struct fp_error *error)
{
	if (fp_engine_start(&service->engine, plan, warn, error) < 0)
		return FP_STATUS_FAILED;
	if (fp_engine_update(&service->engine, plan, error) < 0)
		return FP_STATUS_REFUSED;
	if (service->control_path && fp_requests_open(&service->requests, service->control_path, error) < 0)
		return FP_STATUS_FAILED;
	return FP_STATUS_DONE;
}

static int run_service(struct service *service, struct fp_plan *plan)
{
	struct fp_error error;
	int status;

	if (fp_command_prepare() < 0 || fp_watchdog_start(WATCHDOG_PERIOD_NS, &error) < 0)
		return FP_STATUS_FAILED;
	service->requests = (struct fp_requests){.listener = -1, .engine = &service->engine, .store = &service->store};
	status = start(service, plan, &error);
	if (status == FP_STATUS_DONE) {
		serve(service);
		fp_refusals_tell(&service->requests.refusals, UINT64_MAX);
		fp_event_emit(json_pack("{s:s, s:o, s:b}", "event", "done", "report", fp_engine_report(&service->engine),
					"interrupted", fp_stop_requested()));
	} else {
		fp_command_fail(status, &error);
	}
	fp_requests_close(&service->requests);
	fp_engine_stop(&service->engine);
	fp_watchdog_stop();
	return status;
}

static int run_config(const json_t *root, const struct fp_control *control)
{
	struct service service = {0};
	const json_t *graph;
	int status;
	const struct fp_module_sources sources = {.control = control};
	struct fp_error error;
	struct fp_plan plan;
	const struct fp_option rows[] = {
		{"graph", FP_OPTION_OBJECT, &graph, true, 0, 0},
		{"control", FP_OPTION_PATH, &service.control_path, false, 0, 0},
		{"forever", FP_OPTION_BOOLEAN, &service.forever, false, 0, 0},
	};

	if (fp_options_read(root, "", rows, sizeof(rows) / sizeof(rows[0]), &error) < 0 ||
	    fp_module_store_adopt(&service.store, json_object_get(graph, "nodes"), &sources, &error) < 0 ||
	    fp_plan_read(&plan, (json_t *)graph, &service.store, &error) < 0)
		status = fp_command_usage_error(error.text);
	else
		status = run_service(&service, &plan);
	fp_module_store_tidy(&service.store, NULL);
	return status;
}

static int run(const char *path)
{
	return fp_command_configured("serve", path, run_config);
}

const struct fp_command fp_command_serve = {
	.name = "serve",
	.usage = "CONFIG.json|- runs a graph of nodes on several cores, events on standard output",
	.run = run,
};
