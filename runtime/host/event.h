/* SPDX-License-Identifier: Apache-2.0
 *
 * What the host tells whoever started it: one JSON object a line on standard output. Fields marked ?
 * may be null. Numbers of packets count from 0 in the order of the input.
 *
 * {"event":"ready", "nodes":[{"node","module","name","mode","lowering","image_bytes","heap_bytes","policy"}...]}
 *     all modules are loaded and initialised; packets flow from here on
 * {"event":"log", "node", "level":"error|warning|info|debug", "text"}
 *     text is valid UTF-8; control characters and stray bytes are shown as \xNN
 * {"event":"log suppressed", "node", "lines"}
 *     so many lines came faster than they are shown
 * {"event":"progress", "in", "out", "dropped", "read_bytes"}
 *     at most every 100 ms. read_bytes: of the input file so far, to compare with its size; not positive if there is none
 * {"event":"fault", "node", "call":"init|process|fini", "kind", "access"?, "guard"?, "pc"?, "address"?, "region"?,
 *  "region_offset"?, "detail", "stack", "bounds"?, "packet"?, "packets", "capture"?, "captured_from"?, "evidence"?, "policy", "consequence"}
 *     kind: guard, bounds, memory, arithmetic, illegal instruction, call target, unreachable, stack exhausted, native
 *     stack exhausted, abort, time budget, api. access: read, write, execute, unknown. guard: number in
 *     decisions.json; address is then its root. pc: offset in the module file; for a host function, of the
 *     call. stack: {"size", "words":[[offset, address]...]}: words of the native stack that may be return addresses, for
 *     they point behind a call in the module's text; the first 128, lowest first. offset: bytes above the stack pointer
 *     at pc; address: offset in the module file; size: bytes from the stack pointer to the return address of the
 *     entry point, -1 if the stack pointer is not on that stack. Stale words are among them, and what the module left
 *     there: which ones are return addresses is for the reader to prove (fpcc/call_chain.py). address: "0x..." as the
 *     module saw it. region: image, heap, stack, batch, args, packets, state, guard zone, null page,
 *     native stack, outside the arena. packet and packets: first of the faulting batch, and how many; any
 *     of them may be the cause. bounds: {"check", "site", "object_size", "offset", "size"} if a check of mode
 *     pointer failed: numbers of the check and of the object's site (0: unknown) in decisions.json, bytes of
 *     the object, offset of the access from its begin, bytes of the access. capture: file that got the batch, its
 *     bytes as the module left them. captured_from: how manieth packet of that file the batch's first is, from 1.
 *     evidence, if there was a batch: {"registers": what the 16 held, by their numbers in machine code, as signed
 *     64-bit numbers, none if they are not known; "operands": what a memory function of the host was to work on, if it
 *     happened in one; "descriptors": address of batch->packet; "buffers": address of each packet's buffer; "numbers":
 *     of the packets, null if they follow one another}.
 * {"event":"restart", "node", "ok", "attempt", "waited_ms", "text"?}
 *     text: why it failed; it will be tried again
 * {"event":"invalid packet", "node", "packet", "reason"}
 *     the first packet an instance left invalid; the others are only counted
 * {"event":"counters", "node", "counters":{name: value}, "misuse"}
 * {"event":"done", "in", "out", "truncated", "drops":{reason: packets}, "nodes":[{"node","in","gates":{gate:
 *  packets}, "bypassed", "drops":{reason: packets}, "faults", "restarts", "ns_per_packet"}], "seconds",
 *  "cpu_seconds", "packets_per_second", "ns_per_packet", "worst_recovery_ns"?, "interrupted", "incomplete": the
 *  output failed, and may have lost packets of "out", too}
 *     in = out + the sum of drops. cpu_seconds: processor time of input, modules and output, the kernel's part of it
 *     included; seconds: wall time. ns_per_packet: time in modules. worst_recovery_ns: from a fault to the next
 *     call of another module
 * {"event":"refused", "uid", "pid", "tenant"?, "request", "reason"}
 *     of `fphost serve`: who asked for what over the control socket and did not get it. request: empty if it was not read
 * {"event":"refusals suppressed", "uid", "requests"}
 *     so many of the user's came faster than they are said
 * {"event":"error", "text"}
 *     the run cannot go on; "done" still follows if packets had begun to flow
 */
#ifndef FASTPAAS_HOST_EVENT_H
#define FASTPAAS_HOST_EVENT_H

#include <stdint.h>

#include <jansson.h>

#include "error.h"
#include "node.h"

/* Writes one line and gives up the reference to `event`. */
void fp_event_emit(json_t *event);

/* True once a line could not be written: nobody listens any more. */
bool fp_event_lost(void);

/* Whether somebody still reads standard output, as far as can be told without writing to it. */
bool fp_event_has_reader(void);

void fp_event_error(const char *text);
void fp_event_log(const struct fp_node *node, int level, const char *text, uint32_t len);
void fp_event_suppressed(const struct fp_node *node, uint64_t lines);
void fp_event_invalid(const struct fp_node *node, uint64_t packet, const char *reason);
void fp_event_restart(const struct fp_node *node, uint64_t waited_ns, const char *failure);
void fp_event_counters(const struct fp_node *node);

/* fp_context.fault of the instance's call of `call`; `burst` is the batch, NULL outside process(). `captured`: how manieth
 * packet of the capture file the batch's first is, from 1; 0 if it was not written. */
void fp_event_fault(const struct fp_node *node, const char *call, const struct fp_burst *burst, uint64_t captured);

#endif
