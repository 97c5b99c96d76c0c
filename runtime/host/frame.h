/* SPDX-License-Identifier: Apache-2.0
 *
 * Made-up frames for measuring.
 */
#ifndef FASTPAAS_HOST_FRAME_H
#define FASTPAAS_HOST_FRAME_H

#include <stdint.h>

/* Writes a valid Ethernet, IPv4, UDP frame of `size` >= FP_TRAFFIC_FRAME_MIN bytes whose addresses and
 * ports are a fixed scramble of `number`. */
void fp_frame_make_udp(uint8_t *frame, uint32_t size, uint32_t number);

#endif
