/* SPDX-License-Identifier: Apache-2.0 */
#include "shared_capture.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "capture.h"
#include "open.h"

struct fp_shared_capture {
	struct fp_shared_capture *next;
	struct fp_user user;
	unsigned owners;
	struct fp_capture *capture;
	pthread_mutex_t writing;
	uint64_t written; /* packets; guarded by `writing` */
	char path[];
};

/* Guards the list and `owners`. */
static pthread_mutex_t listing = PTHREAD_MUTEX_INITIALIZER;
static struct fp_shared_capture *list;

static struct fp_shared_capture *find(const char *path, const struct fp_user *user)
{
	struct fp_shared_capture *shared = list;

	while (shared && (strcmp(shared->path, path) != 0 || !fp_user_is(&shared->user, user)))
		shared = shared->next;
	return shared;
}

static struct fp_shared_capture *create(const char *path, const struct fp_user *user, struct fp_error *error)
{
	struct fp_shared_capture *shared = calloc(1, sizeof(*shared) + strlen(path) + 1);

	if (!shared) {
		fp_fail(error, "cannot write %s: no memory", path);
		return NULL;
	}
	shared->capture = fp_capture_open(path, error);
	if (!shared->capture)
		return free(shared), NULL;
	strcpy(shared->path, path);
	shared->user = *user;
	pthread_mutex_init(&shared->writing, NULL);
	shared->next = list;
	return list = shared;
}

struct fp_shared_capture *fp_shared_capture_open(const char *path, struct fp_error *error)
{
	const struct fp_user *user = fp_open_user();
	struct fp_shared_capture *shared;

	pthread_mutex_lock(&listing);
	shared = find(path, user);
	if (!shared)
		shared = create(path, user, error);
	if (shared)
		shared->owners++;
	pthread_mutex_unlock(&listing);
	return shared;
}

int fp_shared_capture_write(struct fp_shared_capture *shared, const struct fp_burst *burst, uint64_t *first,
			    struct fp_error *error)
{
	int status;

	pthread_mutex_lock(&shared->writing);
	*first = shared->written + 1;
	shared->written += burst->count;
	status = fp_capture_write(shared->capture, burst, error);
	pthread_mutex_unlock(&shared->writing);
	return status;
}

int fp_shared_capture_flush(struct fp_shared_capture *shared, struct fp_error *error)
{
	int status;

	pthread_mutex_lock(&shared->writing);
	status = fp_capture_flush(shared->capture, error);
	pthread_mutex_unlock(&shared->writing);
	return status;
}

static void forget(const struct fp_shared_capture *shared)
{
	struct fp_shared_capture **at = &list;

	while (*at != shared)
		at = &(*at)->next;
	*at = shared->next;
}

static int destroy(struct fp_shared_capture *shared, struct fp_error *error)
{
	int status = fp_capture_close(shared->capture, error);

	pthread_mutex_destroy(&shared->writing);
	free(shared);
	return status;
}

int fp_shared_capture_close(struct fp_shared_capture *shared, struct fp_error *error)
{
	int status;

	if (!shared)
		return 0;
	pthread_mutex_lock(&listing);
	if (--shared->owners > 0) {
		status = fp_shared_capture_flush(shared, error);
	} else {
		forget(shared);
		status = destroy(shared, error);
	}
	pthread_mutex_unlock(&listing);
	return status;
}
