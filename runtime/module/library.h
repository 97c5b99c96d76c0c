/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the module C library share. Include it first: it selects the C library's
 * extensions before any system header is read.
 *
 * This library is linked into every module and guarded like the NF's own code, so it trusts nothing
 * and is trusted by no one. It calls only what fastpaas/imports.def lists. Each file must not let the
 * compiler turn a body into a call of itself: FP_NOT_AS(name) says so where that could happen.
 */
#ifndef FASTPAAS_MODULE_LIBRARY_H
#define FASTPAAS_MODULE_LIBRARY_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1
#endif

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fastpaas/nf.h>

/* Keeps the optimiser from recognising a body as, or combining calls in it into, the function NAME. */
#define FP_NOT_AS(...) __attribute__((no_builtin(__VA_ARGS__)))
#define FP_NOINLINE __attribute__((noinline))

/* Around the functions of a file. Printing and reading text is much code that runs rarely: inlined into
 * the NF and unrolled it would make every build slow and bury the NF's own code in its report. So it
 * stays apart, and what does not divide is made small rather than fast. */
#define FP_APART_BEGIN _Pragma("clang attribute push(__attribute__((noinline)), apply_to = function)")
#define FP_SMALL_BEGIN _Pragma("clang attribute push(__attribute__((minsize, noinline)), apply_to = function)")
#define FP_END _Pragma("clang attribute pop")

/* Around the functions of a file that reach, on purpose, beyond the object a pointer belongs to: an
 * allocator's into its headers. Mode `pointer` does not check them (passes/bounds/exempt.py). */
#define FP_EXEMPT_BEGIN \
	_Pragma("clang attribute push(__attribute__((disable_sanitizer_instrumentation)), apply_to = function)")

/* fpcc lowers a call of this to the FP_TRAP_ABORT trap. */
_Noreturn void __fp_abort(void);

/* Logs what is pending on stdout and stderr, then `reason` as an error, then traps. */
_Noreturn void fp_fatal(const char *reason);

/* Logs the unfinished lines of stdout and stderr. */
void fp_stream_flush(void);

#endif
