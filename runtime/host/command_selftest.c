/* SPDX-License-Identifier: Apache-2.0
 *
 * `fphost selftest`: what this machine can do for the host.
 */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "arena.h"
#include "mpx.h"
#include "command.h"
#include "context.h"
#include "event.h"
#include "port.h"
#include "segment.h"

static bool can_reserve_arena(void)
{
	struct fp_arena arena;
	struct fp_error error;

	if (fp_arena_create(&arena, 4096, &error) < 0)
		return false;
	fp_arena_destroy(&arena);
	return true;
}

static json_t *address_space_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_AS, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY)
		return json_null();
	return json_integer((json_int_t)limit.rlim_cur);
}

/* Why modules of lowering `mpx` cannot run here, null if they can. */
static json_t *missing_mpx(void)
{
	struct fp_error error;

	return fp_mpx_prepare(&error) == 0 ? json_null() : json_string(error.text);
}

/* Why there are no devices of DPDK, null if there are. */
static json_t *missing_dpdk(void)
{
	return fp_port_no_dpdk ? json_string(fp_port_no_dpdk) : json_null();
}

/* Why there are no interfaces of the kernel, null if there are. */
static json_t *missing_interfaces(void)
{
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return json_string(errno == EPERM ? "fphost has not the capability CAP_NET_RAW" : strerror(errno));
	close(fd);
	return json_null();
}

static int selftest(const char *argument)
{
	json_t *event;

	if (argument)
		return fp_command_usage_error("selftest: takes no argument");
	if (fp_command_prepare() < 0)
		return FP_STATUS_FAILED;
	event = json_pack("{s:s, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o}", "event", "selftest", "fsgsbase",
			  fp_segment_is_fast(), "avx2", __builtin_cpu_supports("avx2") != 0, "bmi2",
			  __builtin_cpu_supports("bmi2") != 0, "arena", can_reserve_arena(), "address_space_limit",
			  address_space_limit(), "no_mpx", missing_mpx(), "no_dpdk", missing_dpdk(), "no_interfaces",
			  missing_interfaces());
	fp_event_emit(event);
	fp_context_destroy();
	return FP_STATUS_DONE;
}

const struct fp_command fp_command_selftest = {
	.name = "selftest",
	.usage = "                what this machine offers, as JSON",
	.run = selftest,
};
