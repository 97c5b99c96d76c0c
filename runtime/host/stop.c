/* SPDX-License-Identifier: Apache-2.0 */
#include "stop.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static volatile sig_atomic_t requested;

static void request(int number)
{
	(void)number;
	requested = 1;
}

int fp_stop_install(struct fp_error *error)
{
	/* The signal may arrive on a module's native stack: use the other one. */
	struct sigaction stop = {.sa_handler = request, .sa_flags = SA_ONSTACK | SA_RESTART | (int)SA_RESETHAND};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigfillset(&stop.sa_mask);
	if (sigaction(SIGINT, &stop, NULL) < 0 || sigaction(SIGTERM, &stop, NULL) < 0 ||
	    sigaction(SIGPIPE, &ignore, NULL) < 0)
		return fp_fail(error, "cannot install signal handlers: %s", strerror(errno));
	return 0;
}

bool fp_stop_requested(void)
{
	return requested;
}
