"""What fpcc knows of LLVM's intrinsics and of the C functions it maps onto the host.

An intrinsic that no table here names is refused. Names are given without the type suffix: "llvm.umax" stands
for llvm.umax.i32 and llvm.umax.v8i16.
"""

from __future__ import annotations

import re

# Instructions of x86 in the names of their sets, up to x86-64-v3, that work on integer registers alone.
_X86 = {
    "bmi": "bextr bzhi pdep pext",
    "sse": "movmsk.ps",
    "sse2": "movmsk.pd pmovmskb.128 packuswb.128 packsswb.128 packssdw.128",
    "sse2 avx2": "psll.w psll.d psll.q psrl.w psrl.d psrl.q psra.w psra.d"
    " pslli.w pslli.d pslli.q psrli.w psrli.d psrli.q psrai.w psrai.d"
    " pavg.b pavg.w pmulh.w pmulhu.w pmadd.wd psad.bw",
    "ssse3 avx2": "phadd.w phadd.d phadd.sw phsub.w phsub.d phsub.sw psign.b psign.w psign.d"
    " pmadd.ub.sw pmul.hr.sw pshuf.b",
    "sse41 avx2": "mpsadbw pblendvb packusdw",
    "sse41": "phminposuw ptestz ptestc ptestnzc",
    "sse42": "crc32 pcmpestri128 pcmpistri128 pcmpestrm128 pcmpistrm128",
    "avx": "ptestz.256 ptestc.256 ptestnzc.256",
    "avx2": "permd psllv.d psllv.q psrlv.d psrlv.q psrav.d pmovmskb packuswb packsswb packssdw",
}

# No memory, no control flow, and code generation needs no call of a library for them on x86-64.
PURE = frozenset(
    f"llvm.{name}"
    for name in (
        "abs smax smin umax umin ctpop ctlz cttz bswap bitreverse fshl fshr"
        " sadd.sat uadd.sat ssub.sat usub.sat"
        " sadd.with.overflow uadd.with.overflow ssub.with.overflow usub.with.overflow"
        " smul.with.overflow umul.with.overflow"
        " fabs copysign minnum maxnum minimum maximum sqrt fma fmuladd floor ceil trunc rint nearbyint"
        " roundeven canonicalize is.fpclass fptoui.sat fptosi.sat ucmp scmp"
        " vector.reduce.add vector.reduce.mul vector.reduce.and vector.reduce.or vector.reduce.xor"
        " vector.reduce.smax vector.reduce.smin vector.reduce.umax vector.reduce.umin"
        " vector.reduce.fadd vector.reduce.fmul vector.reduce.fmax vector.reduce.fmin"
        " ptrmask vector.extract vector.insert vector.reverse vector.splice vector.interleave2"
        " vector.deinterleave2"
    ).split()
) | frozenset(
    f"llvm.x86.{isa}.{name}" for sets, names in _X86.items() for isa in sets.split() for name in names.split()
)

# Dropped: hints and facts an author could falsify, and optimiser bookkeeping.
DROPPED = frozenset(
    f"llvm.{name}"
    for name in (
        "assume experimental.noalias.scope.decl invariant.start invariant.end donothing sideeffect"
        " pseudoprobe var.annotation dbg.declare dbg.value dbg.label dbg.assign fake.use"
    ).split()
)

# Replaced by their first argument.
FORWARDED = frozenset({"llvm.expect", "llvm.expect.with.probability", "llvm.launder.invariant.group",
                       "llvm.strip.invariant.group", "llvm.ssa.copy", "llvm.arithmetic.fence"})  # fmt: skip

TRAPS = frozenset({"llvm.trap", "llvm.ubsantrap", "llvm.debugtrap"})
LIFETIME = frozenset({"llvm.lifetime.start", "llvm.lifetime.end"})
# Reads ahead into a cache: it never faults and moves no value into a register.
HINTS = frozenset({"llvm.prefetch"})
STACK = frozenset({"llvm.stacksave", "llvm.stackrestore"})

# Memory intrinsics: (index of a pointer argument, kind) each. Arguments: destination, source or byte, length.
BULK = {
    "llvm.memcpy": ((0, "write"), (1, "read")),
    "llvm.memcpy.inline": ((0, "write"), (1, "read")),
    "llvm.memmove": ((0, "write"), (1, "read")),
    "llvm.memset": ((0, "write"),),
    "llvm.memset.inline": ((0, "write"),),
}
# Vector accesses with a mask: index of the pointer argument, kind; they touch [pointer, pointer + vector).
MASKED = {"llvm.masked.load": (0, "read"), "llvm.masked.store": (1, "write")}

# Bulk intrinsics of a constant length up to this many bytes become loads and stores; longer ones, and those
# of unknown length, become calls of the host, which checks both ranges.
INLINE_BULK_MAX = 128
# All of a memmove is loaded before anything is stored, and code generation calls memmove() rather than hold
# more than eight registers of it.
INLINE_MOVE_MAX = 64

# C functions the host offers under a checked name in guarded modes.
CHECKED_NAMES = {
    "memcpy": "fp_memcpy",
    "memmove": "fp_memmove",
    "memset": "fp_memset",
    "memcmp": "fp_memcmp",
    "memchr": "fp_memchr",
    "bcmp": "fp_memcmp",  # the optimiser's name for a memcmp that is only compared with zero
}


def base_name(name: str) -> str:
    """ "@llvm.memcpy.p0.p0.i64" -> "llvm.memcpy": drops the type suffixes of an overloaded name."""
    parts = name.removeprefix("@").split(".")
    end = len(parts)
    while ".".join(parts[:end]) not in _KNOWN and end > 1 and _SUFFIX.fullmatch(parts[end - 1]):
        end -= 1
    return ".".join(parts[:end])


# A type or width in an intrinsic's name: i64, p0, v4f32, 128; not "element" in llvm.memcpy.element.unordered.
_SUFFIX = re.compile(r"(?:[ipfva]|bf)?\d\w*|sl_\w+")
_KNOWN = PURE | DROPPED | FORWARDED | TRAPS | LIFETIME | HINTS | STACK | set(BULK) | set(MASKED)
