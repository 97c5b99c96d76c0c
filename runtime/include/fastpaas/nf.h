/* SPDX-License-Identifier: Apache-2.0
 *
 * What a network function sees of its host. An NF defines process(), and init() and fini() if it
 * wants them, and is built by `fpcc build`.
 */
#ifndef FASTPAAS_NF_H
#define FASTPAAS_NF_H

#include <stddef.h>
#include <stdint.h>

#include <fastpaas/abi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One packet. `data`, `len` and `gate` are the NF's to change; the host validates all three when
 * process() returns: the frame must lie inside the packet's own buffer (FP_PACKET_HEADROOM bytes
 * are free before it on arrival), the gate must exist. A packet that fails is dropped and counted. */
struct fp_packet {
	uint8_t *data;      /* first byte of the frame, an Ethernet header */
	uint32_t len;       /* bytes of the frame */
	uint16_t gate;      /* where it leaves; 0 when handed in, FP_DROP to drop */
	uint16_t port;      /* the input port it came from */
	uint64_t timestamp; /* arrival, nanoseconds since the epoch */
	uint32_t flow;      /* hash of the 5-tuple; the same for both directions' addresses only by chance */
	uint32_t room;      /* bytes of the buffer from `data` on, on arrival */
};

struct fp_batch {
	uint32_t count; /* packets, 1 .. FP_BATCH_MAX */
	uint32_t reserved;
	struct fp_packet packet[FP_BATCH_MAX];
};

/* What init() gets: the argument file, byte for byte, followed by a NUL. Read-only. */
struct fp_args {
	const char *text;
	size_t len;       /* bytes of text, without the NUL; 0 if no file was given */
	const char *name; /* this instance's name in the graph */
};

/* ---- Entry points, defined by the NF ---------------------------------------------------------- */
int init(const struct fp_args *args); /* 0, or anything else to refuse to start */
void process(struct fp_batch *batch);
void fini(void);

/* ---- Host API ---------------------------------------------------------------------------------
 * Every pointer must lie in the module's arena; anything else ends the call as a fault. */

enum fp_level { FP_ERROR = 0, FP_WARNING = 1, FP_INFO = 2, FP_DEBUG = 3 };

/* Logs `len` bytes of `text` (at most 1,024 are kept) under the instance's name. */
void fp_log(int level, const char *text, size_t len);

/* The same, printf-style; at most 1,023 bytes after formatting. */
void fp_logf(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Nanoseconds since the epoch; the same for all packets of a batch unless called again. */
uint64_t fp_now(void);

/* Opens the counter `name` (1 to 31 characters of [a-z0-9_.]) and returns its number, or -1 if the
 * name is malformed or the instance already has 64 counters. Opening a name twice gives one counter. */
int fp_counter(const char *name);

/* Adds `n` to counter `id`; a number that fp_counter() did not return is ignored and counted as misuse. */
void fp_count(int id, uint64_t n);

#ifdef __cplusplus
}
#endif

#endif
