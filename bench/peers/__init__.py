"""The example NFs as a user could run them otherwise today, measured beside ours: `python -m bench.peers`.

Every peer is optional: found, or skipped with what is missing and how to get it. All of an NF run on the
same 64-byte packets in batches of 32, turn by turn; before any time counts, each must have left every packet
(gate, length, bytes) and every counter as ours did.

What a time holds. All peers but eBPF get the same struct fp_batch, 32 descriptors and their packets in a
pool of 2 KiB buffers, and their process() is called once a batch by driver/driver.c. Copying packets back to
what they were, between passes, is not counted for anyone. Ratios are relative to `none`, the C source without
any protection, which takes its turns in the same process.

ours      modules in fphost, as `fpcc bench` runs them. What entering and leaving a module costs (measured by
          fphost, some 36 ns a batch) is taken off protected and unprotected times alike, since no peer pays
          anything of the kind here: ratios are worse for us than those of `fpcc bench`.
none      the C source by clang 22 -O2 for x86-64-v3, a shared object; `gcc` is the same by gcc -O2: how much
          two compilers differ.
rust      rust/NF.rs: safe Rust, the same algorithms and tables, by rustc -O3 for the same processor. The C
          descriptors are used as they are. A panic aborts.
wasm      the unchanged C source by clang for wasm32 with SIMD, run by wasmtime with its defaults (Cranelift,
          optimising for speed; bounds by guard pages). The loop over batches runs inside; packets and
          descriptors live in the instance's memory: no copy into it or out of it is counted. Counters are
          calls out to the host.
bounds    the C source by clang 22 -O2 -fsanitize=bounds,object-size, trapping: checks only what the compiler
          knows the size of.
asan      the C source by gcc -O2 -fsanitize=address, in a process of its own, since its runtime replaces
          malloc for all; `none` runs there, too. The packet pool has no red zones between packets.
ebpf      ebpf/NF.bpf.c: XDP programs, compiled by the running kernel, with tables in an array map that the
          NF's own C source fills; run by BPF_PROG_TEST_RUN. There are no batches. The kernel repeats a
          program on one buffer, so one copies the next frame into it, then calls the NF; the time of one that
          copies and calls nothing is taken off. So neither a cache miss on the packet nor entering the
          program counts, and the gate is only returned, not redirected to: all in favour of eBPF. Its ratio
          is relative to `none, hot packets`: the unprotected object on packets copied into the same 32
          buffers right before each batch, less the time of the copying. Tables are for one processor, without
          locks.
"""
