/* SPDX-License-Identifier: Apache-2.0
 *
 * What a program that csmith generated includes, for a network function: its main() becomes
 * generated_main(), and instead of printing its checksum it leaves it in a variable. The arithmetic that
 * cannot overflow is csmith's own.
 */
#ifndef CSMITH_RUNTIME_H
#define CSMITH_RUNTIME_H

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#define main generated_main
#define printf(...) ((void)0)
#define STATIC static
#define UNDEFINED(value) (value)
#define LOG_INDEX
#define LOG_EXEC
#define FUNC_NAME(name) (safe_##name)
#include "safe_math.h"
#undef FUNC_NAME

extern uint64_t checksum; /* FNV-1a of every value the program reports */
extern uint64_t reported; /* how many those are */
uint64_t crc32_context;

static inline void platform_main_begin(void)
{
}

static inline void crc32_gentab(void)
{
}

static inline void transparent_crc_bytes(volatile void *bytes, int count, const char *name, int print)
{
	(void)name;
	(void)print;
	for (int i = 0; i < count; i++)
		checksum = (checksum ^ ((volatile uint8_t *)bytes)[i]) * 0x100000001b3;
	reported++;
}

static inline void transparent_crc(uint64_t value, const char *name, int print)
{
	transparent_crc_bytes(&value, sizeof(value), name, print);
}

static inline void platform_main_end(uint64_t crc, int print)
{
	(void)crc;
	(void)print;
}

#endif
