/* SPDX-License-Identifier: Apache-2.0
 *
 * The numbers compiler, module and host agree on. This file is their only source: fpcc reads it
 * (fpcc/abi.py), so a macro here is a plain decimal, hexadecimal or string literal, nothing else.
 */
#ifndef FASTPAAS_ABI_H
#define FASTPAAS_ABI_H

/* Version of everything below and of the structures in nf.h; a module of another version is refused. */
#define FP_ABI_VERSION 1

/* ---- Arena ----------------------------------------------------------------------------------
 * One 4 GiB-aligned range of 4 GiB per module instance. Only the lower half ever holds a mapping:
 * a compare guard is then one addition and one comparison against a 32-bit immediate. The upper
 * half stays unmapped, so a confined 32-bit offset (segment lowering) that strays faults.
 * All offsets are bytes from the arena's base. */
#define FP_ARENA_SIZE 0x100000000
#define FP_ARENA_REACH 0x7fffffff /* a root passes a guard iff root - base <= this, unsigned */

/* Bytes around every region that are never mapped. A guard proves one byte; every access whose
 * bytes all lie within this distance of a proved byte stays in the arena or faults. */
#define FP_GUARD_ZONE 0x10000

#define FP_IMAGE_OFFSET 0x00010000 /* text RX, rodata R, GOT R, data RW: the module's own segments */
#define FP_IMAGE_LIMIT 0x1fff0000  /* first byte the image may not reach */
#define FP_IMAGE_SHIFT_MAX 0xf000  /* an image lies 0 to so many bytes, whole pages, higher than its file says */
#define FP_HEAP_OFFSET 0x20000000  /* RW */
#define FP_HEAP_LIMIT 0x4fff0000
#define FP_STACK_OFFSET 0x50000000 /* RW; module stacks, one slot per worker thread */
#define FP_STACK_SLOT 0x00200000   /* distance between two slots; the stack fills the top of its slot */
#define FP_STACK_SIZE 0x00100000   /* mapped bytes at the top of a slot */
#define FP_STACK_SLOTS 63 /* the room of one more keeps the batches at a distance */
#define FP_STACK_LIMIT 0x58000000
#define FP_BATCH_OFFSET 0x58000000 /* RW; struct fp_batch, one slot per worker thread */
#define FP_BATCH_SLOT 0x00020000   /* distance between two slots, all but the batch itself unmapped */
#define FP_BATCH_LIMIT 0x58800000
#define FP_ARGS_OFFSET 0x59000000 /* R; struct fp_args followed by the argument file */
#define FP_ARGS_LIMIT 0x5fff0000
#define FP_PACKETS_OFFSET 0x60000000 /* RW, shared by all arenas of a tenant */
#define FP_PACKETS_LIMIT 0x6fff0000
#define FP_PACKETS_SLOT 0x00030000 /* distance between two groups of FP_BATCH_MAX buffers, FP_GUARD_ZONE of it unmapped */
#define FP_STATE_OFFSET 0x70000000 /* R or RW, per column */
#define FP_STATE_LIMIT 0x7fff0000

/* Bound registers of lowering mpx, and the region each holds the bounds of: lowest byte and last byte, to which
 * a pointer past the end is added where nothing is mapped. */
#define FP_BOUNDS_PACKETS 0 /* the buffers of the batch's packets */
#define FP_BOUNDS_OBJECTS 1 /* FP_IMAGE_OFFSET .. FP_HEAP_LIMIT */
#define FP_BOUNDS_STACK 2   /* the module stack */
#define FP_BOUNDS_ARENA 3   /* 0 .. FP_ARENA_REACH */
/* In mode pointer this one moves bounds of objects to and from the processor's table (bndldx, bndstx), and is no
 * region's: checks against it prove nothing. */
#define FP_BOUNDS_MOVING 2

/* ---- Packets -------------------------------------------------------------------------------- */
#define FP_BATCH_MAX 64       /* packets in one call of process() */
#define FP_PACKET_BUFFER 2048 /* bytes of one packet buffer in the pool, headroom included */
#define FP_PACKET_HEADROOM 128 /* bytes before the frame when the host hands it in */
#define FP_GATES 64           /* gates are 0 .. FP_GATES - 1, and FP_DROP */
#define FP_DROP 0xffff        /* the gate that drops the packet */

/* ---- Filters of a graph's edges -------------------------------------------------------------- */
#define FP_FILTER_INSTRUCTIONS 4096 /* of one BPF program, at most */

/* ---- Frames --------------------------------------------------------------------------------- */
#define FP_NATIVE_FRAME_MAX 4096 /* bytes of locals one native frame may keep; the rest moves to the module stack */
#define FP_NATIVE_STACK 0x100000 /* bytes of native stack a module call runs on */
#define FP_API_STACK 0x10000     /* bytes of it a host API call must find free */

/* ---- Module file ---------------------------------------------------------------------------- */
#define FP_NOTE_NAME "FastPaas" /* owner of the manifest note, in a PT_NOTE segment */
#define FP_NOTE_MANIFEST 1      /* note type: the manifest, UTF-8 JSON */
#define FP_SECTION_DECISIONS ".fastpaas.decisions" /* not loaded: decisions.json, zlib stream */

/* Symbols of the host that only guarded code emitted by fpcc refers to. */
#define FP_SYM_STACK_POINTER "__fp_stack_pointer" /* initial-exec TLS, void *: module stack pointer */
#define FP_SYM_STACK_LIMIT "__fp_stack_limit"     /* initial-exec TLS, void *: lowest byte of the module stack */
/* Initial-exec TLS, size_t: what added to an address gives its distance from the lowest byte of the batch's
 * packet buffers; and how far from there their end is. */
#define FP_SYM_WINDOW "__fp_window"
#define FP_SYM_WINDOW_REACH "__fp_window_reach"

/* Guard traps: `ud1q ID(%root), %root`; ID (disp32) is the guard's number in decisions.json. Other
 * traps of ours are `ud1l KIND(%eax), %eax` with one of these kinds (disp8 or disp32). */
#define FP_TRAP_UNREACHABLE 1   /* control reached a place the source says it cannot */
#define FP_TRAP_CALL_TARGET 2   /* an indirect call to nothing this module offers under that type */
#define FP_TRAP_STACK 3         /* the module stack is exhausted */
#define FP_TRAP_ABORT 4         /* abort(), a failed assert() */
#define FP_TRAP_BOUNDS 5        /* mode pointer: an access outside its pointer's object; passes/bounds/runtime.py */

#endif
