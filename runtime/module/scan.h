/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of sscanf(): the input, a conversion read from the format, and one function for each kind
 * of value.
 */
#ifndef FASTPAAS_MODULE_SCAN_H
#define FASTPAAS_MODULE_SCAN_H

#include "library.h"

struct fp_scan {
	const char *start; /* of the input */
	const char *at;
	int stored; /* values, what sscanf() returns */
	va_list arguments;
};

struct fp_scan_conversion {
	bool discard; /* a * was given: nothing is stored */
	size_t width; /* most bytes of input; SIZE_MAX if none was given */
	char length;  /* 'H' for hh, 'q' for ll, or h l j z t, or 0 */
	char type;
	const char *set; /* of %[: what follows the bracket, up to `set_end` */
	const char *set_end;
};

/* What came of one conversion. */
enum fp_scan_result { FP_SCAN_DONE, FP_SCAN_MISMATCH, FP_SCAN_NO_INPUT };

enum fp_scan_result fp_scan_integer(struct fp_scan *scan, const struct fp_scan_conversion *conversion);
enum fp_scan_result fp_scan_real(struct fp_scan *scan, const struct fp_scan_conversion *conversion);
enum fp_scan_result fp_scan_text(struct fp_scan *scan, const struct fp_scan_conversion *conversion);

#endif
