/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash network cards spread flows by ("RSS hashing types", Microsoft, Windows driver documentation; the key is the
 * one its verification suite uses, which cards and drivers have as their default).
 */
#ifndef FASTPAAS_HOST_ENGINE_TOEPLITZ_H
#define FASTPAAS_HOST_ENGINE_TOEPLITZ_H

#include <stdint.h>

#define FP_TOEPLITZ_INPUT 36 /* bytes: two IPv6 addresses and two ports */

/* Must be called once before the others. */
void fp_toeplitz_prepare(void);

/* Of `len` <= FP_TOEPLITZ_INPUT bytes that begin at byte `first` of the input. XOR the hashes of the input's parts. */
uint32_t fp_toeplitz(const uint8_t *bytes, uint32_t len, uint32_t first);

/* Of a frame's addresses and, with TCP, UDP, UDP-Lite and SCTP, ports; 0 if it is no IP packet. */
uint32_t fp_toeplitz_frame(const uint8_t *frame, uint32_t len);

#endif
