/* SPDX-License-Identifier: Apache-2.0
 *
 * Why something was refused.
 */
#ifndef FASTPAAS_HOST_ERROR_H
#define FASTPAAS_HOST_ERROR_H

/* Why something was refused, in words an operator can act on. Functions that can fail return 0, or
 * -1 with this filled in. */
struct fp_error {
	char text[512];
};

/* Formats into `error` and returns -1, so that a check reads `return fp_fail(error, "...")`.
 * Control characters become '?': the text is one line and safe on a terminal. */
int fp_fail(struct fp_error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
