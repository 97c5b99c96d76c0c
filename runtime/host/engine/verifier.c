/* SPDX-License-Identifier: Apache-2.0 */
#include "verifier.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MODULE_FD 3
#define MODULE_PATH "/dev/fd/3"
#define PATIENCE_S 60 /* of processor time: a module must not keep the verifier busy for ever */

extern char **environ;

/* Standard output is the operator's events: nothing else may write there. */
static int prepare(posix_spawn_file_actions_t *actions, int fd)
{
	int status = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);

	if (status == 0)
		status = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	return status ? status : posix_spawn_file_actions_adddup2(actions, fd, MODULE_FD);
}

static int start(pid_t *pid, char *const words[], int fd)
{
	posix_spawn_file_actions_t actions;
	int status = posix_spawn_file_actions_init(&actions);

	if (status)
		return status;
	status = prepare(&actions, fd);
	if (status == 0)
		status = posix_spawnp(pid, words[0], &actions, NULL, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	return status;
}

static int wait_for(pid_t pid, const char *program, struct fp_error *error)
{
	const struct rlimit limit = {.rlim_cur = PATIENCE_S, .rlim_max = PATIENCE_S};
	int status;

	prlimit(pid, RLIMIT_CPU, &limit, NULL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fp_fail(error, "%s: %s", program, strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	if (WIFSIGNALED(status))
		return fp_fail(error, "%s was ended by signal %d", program, WTERMSIG(status));
	return fp_fail(error, "%s refused it with status %d", program, WEXITSTATUS(status));
}

int fp_verifier_run(const json_t *command, int fd, struct fp_error *error)
{
	size_t count = json_array_size(command);
	const char **words = calloc(count + 2, sizeof(*words));
	pid_t pid;
	int status;

	if (!words)
		return fp_fail(error, "no memory to run the verifier");
	for (size_t i = 0; i < count; i++)
		words[i] = json_string_value(json_array_get(command, i));
	words[count] = MODULE_PATH;
	status = start(&pid, (char *const *)words, fd);
	if (status)
		status = fp_fail(error, "%s: %s", words[0], strerror(status));
	else
		status = wait_for(pid, words[0], error);
	free(words);
	return status;
}
