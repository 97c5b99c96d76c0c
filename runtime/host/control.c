/* SPDX-License-Identifier: Apache-2.0 */
#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"

#define TEXT_MAX ((size_t)16 << 20)
#define CHUNK 65536
#define PATIENCE_NS 10000000000 /* of who is to be configured */
#define SEALS (F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)

bool fp_control_is_socket(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

/* Takes one file; one that finds no place is closed. */
static bool keep_file(struct fp_control *control, int fd)
{
	if (control->files < FP_CONTROL_FILES) {
		control->file[control->files++] = fd;
		return true;
	}
	close(fd);
	return false;
}

/* Takes the files of one message; false if there are too many. */
static bool keep_files(struct fp_control *control, struct msghdr *message)
{
	bool fits = !(message->msg_flags & MSG_CTRUNC);

	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
		size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(part) + i * sizeof(fd), sizeof(fd));
			fits &= keep_file(control, fd);
		}
	}
	return fits;
}

/* One message: 1 for more to come, 0 for the end, -1 with `error` set. */
static int receive_some(struct fp_control *control, int fd, struct fp_error *error)
{
	char space[CMSG_SPACE(sizeof(int) * FP_CONTROL_FILES)];
	struct iovec place = {.iov_base = control->text + control->len, .iov_len = CHUNK};
	struct msghdr message = {
		.msg_iov = &place, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof(space)};
	ssize_t got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);

	if (got < 0)
		return errno == EINTR ? 1 : fp_fail(error, "control socket: %s", strerror(errno));
	if (!keep_files(control, &message))
		return fp_fail(error, "control socket: more than %d files", FP_CONTROL_FILES);
	control->len += (size_t)got;
	return got > 0;
}

/* Waits until there is something to receive. */
static int wait_for_more(int fd, uint64_t deadline_ns, struct fp_error *error)
{
	struct pollfd poll_for = {.fd = fd, .events = POLLIN};
	uint64_t now = fp_clock_ns();

	if (now < deadline_ns && poll(&poll_for, 1, (int)((deadline_ns - now) / 1000000) + 1) > 0)
		return 0;
	return fp_fail(error, "control socket: the request did not come to its end in time");
}

static int receive_all(struct fp_control *control, int fd, uint64_t deadline_ns, struct fp_error *error)
{
	int more = 1;

	while (more > 0) {
		char *larger = control->len < TEXT_MAX ? realloc(control->text, control->len + CHUNK) : NULL;

		if (!larger)
			return fp_fail(error, "control socket: a configuration of more than %zu bytes", control->len);
		control->text = larger;
		if (wait_for_more(fd, deadline_ns, error) < 0)
			return -1;
		more = receive_some(control, fd, error);
	}
	return more;
}

int fp_control_receive_until(struct fp_control *control, int fd, uint64_t deadline_ns, struct fp_error *error)
{
	*control = (struct fp_control){0};
	if (receive_all(control, fd, deadline_ns, error) == 0)
		return 0;
	fp_control_free(control);
	return -1;
}

int fp_control_receive(struct fp_control *control, int fd, struct fp_error *error)
{
	return fp_control_receive_until(control, fd, fp_clock_ns() + PATIENCE_NS, error);
}

void fp_control_free(struct fp_control *control)
{
	for (unsigned i = 0; i < control->files; i++)
		close(control->file[i]);
	free(control->text);
	*control = (struct fp_control){0};
}

int fp_control_read(const struct fp_control *control, size_t index, struct fp_file *file, struct fp_error *error)
{
	int seals;

	if (index >= control->files)
		return fp_fail(error, "file %zu of the control socket: only %u were sent", index, control->files);
	seals = fcntl(control->file[index], F_GET_SEALS);
	if (seals < 0 || (seals & SEALS) != SEALS)
		return fp_fail(error, "file %zu of the control socket is not sealed: what was verified could still change",
			       index);
	return fp_file_read_open(file, control->file[index], error);
}
