/* SPDX-License-Identifier: Apache-2.0
 *
 * Says of each state MPX can be in whether its self-test finds it to work; the last words are a thread's.
 */
#include <cpuid.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "mpx.h"
#include "contain.h"
#include "context.h"

#define BNDCSR 4 /* component of the XSAVE area */

static void say(const char *what, int status, const struct fp_error *error)
{
	printf("%s: %s\n", what, status == 0 ? "works" : error->text);
}

/* Writes BNDCFGU; bit 0 turns MPX on, bit 1 has plain branches keep the bounds. */
static void configure(uint64_t value)
{
	_Alignas(64) uint8_t area[4096] = {0};
	const uint64_t held = 1u << BNDCSR;
	unsigned eax, offset, ecx, edx;

	__cpuid_count(13, BNDCSR, eax, offset, ecx, edx);
	memcpy(area + 512, &held, sizeof(held));
	memcpy(area + offset, &value, sizeof(value));
	__asm__ volatile("xrstor64 %0" : : "m"(area), "a"(1u << BNDCSR), "d"(0));
}

static void *prepare(void *name)
{
	struct fp_error error;

	if (fp_context_create(&error) < 0 || fp_contain_install(&error) < 0) {
		say(name, -1, &error);
		return NULL;
	}
	say(name, fp_mpx_prepare(&error), &error);
	fp_context_destroy();
	return NULL;
}

int main(void)
{
	static const char *const names[] = {"off", "forgets at branches", "off, keeps", "on"};
	struct fp_error error;
	pthread_t thread;

	if (fp_context_create(&error) < 0 || fp_contain_install(&error) < 0)
		return 1;
	say("prepared", fp_mpx_prepare(&error), &error);
	for (unsigned value = 0; value < 4 && fp_context.mpx_ready; value++) {
		configure(value);
		say(names[value], fp_mpx_try(&error), &error);
	}
	fflush(stdout);
	if (pthread_create(&thread, NULL, prepare, "thread") != 0)
		return 1;
	pthread_join(thread, NULL);
	return 0;
}
