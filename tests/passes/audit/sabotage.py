"""Ways to break protected IR, each giving every mutant it can make of a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

Sabotage = Callable[[str], Iterator[str]]


def substitute(pattern: str, replacement: str) -> Sabotage:
    """Replaces one match after the other."""

    def mutants(text: str) -> Iterator[str]:
        for match in re.finditer(pattern, text, re.MULTILINE):
            yield text[: match.start()] + match.expand(replacement) + text[match.end() :]

    return mutants


def insert_before(pattern: str, line: str) -> Sabotage:
    """Puts a line before one match after the other."""
    return substitute(rf"^(?P<found>{pattern})", rf"  {line}\n\g<found>")


_GUARD = r"(%fp\.g\d+)"

SABOTAGES: Mapping[str, Sabotage] = {
    # guards
    "a guard that never fails": substitute(
        rf"{_GUARD}\.outside = icmp ugt i64 .*", r"\1.outside = icmp ugt i64 \1.distance, -1"
    ),
    "a guard ignored": substitute(
        rf"br i1 {_GUARD}\.outside, (label \S+), (label %[^,\s]+)", r"br i1 false, \2, \3"
    ),
    "a guard turned around": substitute(
        rf"br i1 {_GUARD}\.outside, (label \S+), (label %[^,\s]+)", r"br i1 \1.outside, \3, \2"
    ),
    "a guard of a larger arena": substitute(rf"({_GUARD}\.outside = icmp ugt i64 \S+) \d+", r"\1 4294967295"),
    "a signed guard": substitute(rf"({_GUARD}\.outside = icmp) ugt", r"\1 sgt"),
    "a guard of another pointer": substitute(
        rf"({_GUARD}\.address = ptrtoint ptr) .* to i64", r"\1 @__ehdr_start to i64"
    ),
    "a guard of a pointer 64 KiB off": substitute(
        rf"({_GUARD})\.address = ptrtoint ptr (%\S+) to i64",
        r"\1.far = getelementptr i8, ptr \3, i64 131072\n  \1.address = ptrtoint ptr \1.far to i64",
    ),
    "another base": substitute(r"(%fp\.image = and i64 .*), 4294967295", r"\1, 8589934591"),
    "a base that moves": substitute(r"%fp\.negated = sub i64 %fp\.image", "%fp.negated = sub i64 0"),
    "no base": substitute(r"%fp\.negated = sub i64 %fp\.image, .*", "%fp.negated = sub i64 %fp.image, 0"),
    "a distance from elsewhere": substitute(rf"({_GUARD}\.distance = add i64) \S+ %fp\.negated", r"\1 0, 0"),
    "a trap that goes on": substitute(
        r"(?s)(fp\.g\d+)\.trap:\n  call void asm [^\n]*\n  unreachable", r"\1.trap:\n  br label %\1.passed"
    ),
    # loops
    "a touch that may be dropped": substitute(r"(load|store|atomicrmw) volatile", r"\1"),
    "a stride beyond the zone": substitute(r"(%(?:next|one|two|r1) = add i64 %\w+ ,) \d+", r"\1 2147483648"),
    "a pointer's stride beyond the zone": substitute(r"(ptr %p , i64) -16$", r"\1 -65536"),
    # accesses
    "an offset beyond the zone": substitute(r"(getelementptr i8 , ptr %\w+ , i64) -?\d+$", r"\1 4294967296"),
    "a longer access": substitute(
        r"load (?:i8|i32|i64) , (ptr %\w+ , align \d+)", r"load [268435457 x i64] , \1"
    ),
    # control flow
    "no trap before unreachable": substitute(
        r"^  call void @llvm\.ubsantrap\(i8 \d+\)\n(  unreachable)", r"\1"
    ),
    "a call through a pointer": insert_before(r"  ret ", "call void null()"),
    "inline assembly": insert_before(r"  ret ", 'call void asm sideeffect "syscall", "~{memory}"()'),
    "assembly like a guard's": insert_before(
        r"  ret ", r'call void asm sideeffect "ud2; ud1q ${1:c}($0), $0", "r,i"(i64 0, i32 0)'
    ),
    "a function of libc": substitute(
        r"^(define (?s:.*?)^)(  ret )", r"declare void @exit(i32)\n\1  call void @exit(i32 0)\n\2"
    ),
    "a function called as another type": substitute(
        r"call i32 @(twice|one|never_taken|fp\.dispatch\.\d+)\(.*\)", r"call i32 @\1()"
    ),
    "a function called by another convention": substitute(
        r"call (i32 @(?:twice|one|sum)\()", r"call coldcc \1"
    ),
    "an unknown intrinsic": insert_before(r"  ret ", "call void @llvm.eh.unwind.init()"),
    "a long inline copy": substitute(
        r"(memcpy\.inline\.p0\.p0\.i64\([^)]*), i64 \d+, i1", r"\1, i64 129, i1"
    ),
    "an unchecked copy": insert_before(
        r"  ret ", "call void @llvm.memset.p0.i64(ptr null, i8 0, i64 4294967296, i1 false)"
    ),
    # defined values
    "undef": substitute(r"(store i\d+) \d+ ,", r"\1 undef ,"),
    "poison flags": substitute(r"= add i64 (%\w+ , )", r"= add nuw i64 \1"),
    "an inbounds address": substitute(
        r"= getelementptr (\[|i8|i32|i64|ptr|%)", r"= getelementptr inbounds \1"
    ),
    "a partial conversion": insert_before(r"  ret ", "%sabotage = fptoui float 1.0 to i32"),
    # attributes
    "other attributes": substitute(r"(define .*) #0( !dbg !\d+)? \{", r"\1 #1\2 {"),
    "no attributes": substitute(r"(define .*) #0( !dbg !\d+)? \{", r"\1\2 {"),
    "jump tables": substitute(r'"no-jump-tables"="true"', '"no-jump-tables"="false"'),
    "no stack probes": substitute(r' "probe-stack"="inline-asm"', ""),
    # the stacks
    "a native local given away": substitute(
        r"(  (%\w+) = alloca .*\n)", r"\1  store ptr \2, ptr @__fp_stack_limit, align 8\n"
    ),
    "a native local passed on": substitute(
        r"(  (%\w+) = alloca .*\n)", r"\1  call void @llvm.prefetch.p0(ptr \2, i32 0, i32 3, i32 1)\n"
    ),
    "a native local returned": substitute(
        r"(?s)(  (%\w+) = alloca .*?)ret i32 %\w+",
        r"\1%sabotage = ptrtoint ptr \2 to i32\n  ret i32 %sabotage",
    ),
    "a native local too large": substitute(r"alloca \[ \d+ x", "alloca [ 100000 x"),
    "a native local of variable size": substitute(
        r"define (.*)i64 (%\w+)(.*\n\w+:\n)", r"define \1i64 \2\3  %sabotage = alloca i8, i64 \2\n"
    ),
    "a native local not cleared": substitute(
        r"^  call void @llvm\.memset\.inline\.p0\.i64\(ptr %\w+, i8 0.*\n", ""
    ),
    "a native local left by index": substitute(r"(ptr %set , i64 0 , i64) 7\b", r"\1 8"),
    "a wild stack pointer": insert_before(r"  ret ", "store ptr null, ptr @__fp_stack_pointer, align 8"),
    "the limit lowered": insert_before(r"  ret ", "store ptr null, ptr @__fp_stack_limit, align 8"),
    "the stack pointer's address": insert_before(
        r"  ret ", "%sabotage = ptrtoint ptr @__fp_stack_pointer to i64"
    ),
    "a frame not checked": substitute(
        r"br i1 %fp\.frame\.outside, (label \S+), (label \S+),", r"br i1 false, \1, \2,"
    ),
    "a frame checked too late": substitute(
        r"(%fp\.frame\.address = ptrtoint ptr) %fp\.frame", r"\1 %fp.caller"
    ),
    "a frame checked at one end": substitute(r"(%fp\.frame\.outside = icmp) ugt", r"\1 sgt"),
    "a frame of a larger stack": substitute(
        r"(%fp\.frame\.outside = icmp ugt i64 \S+) \d+", r"\1 4294967296"
    ),
    "a frame at a distance from elsewhere": substitute(
        r"(%fp\.frame\.distance = sub i64) \S+ \S+", r"\1 0, 0"
    ),
    "a frame of another place": substitute(r"(%fp\.lowered = getelementptr i8, ptr) %fp\.caller", r"\1 null"),
    "a frame of elsewhere": substitute(r"%fp\.frame = freeze ptr .*", "%fp.frame = freeze ptr null"),
    "a frame masked from elsewhere": substitute(r"(ptrmask\.p0\.i64\(ptr) %fp\.lowered", r"\1 %fp.caller"),
    "a frame of larger steps": substitute(r"(%fp\.lowered = getelementptr) i8", r"\1 [4096 x i8]"),
    "a frame around the address space": substitute(
        r"(ptr %fp\.caller, i64) -\d+", r"\1 -9223372036854775808"
    ),
    "a limit from elsewhere": substitute(
        r"%fp\.frame\.limit = load ptr, ptr @\w+, align 8", "%fp.frame.limit = freeze ptr null"
    ),
    "a caller's frame from elsewhere": substitute(r"%fp\.caller = load .*", "%fp.caller = freeze ptr null"),
    "a frame used before its check": insert_before(
        r"  br i1 %fp\.frame\.outside", "store i8 0, ptr %fp.frame, align 1"
    ),
    "a frame used though exhausted": substitute(
        r"^(fp\.overflow:\n)", r"\1  store i8 0, ptr %fp.frame, align 1\n"
    ),
    "an overflow that goes on": substitute(
        r"^(fp\.overflow:\n).*\n  unreachable", r"\1  br label %fp.framed"
    ),
    "a smaller frame": substitute(r"(ptr %fp\.caller, i64) -\d+", r"\1 0"),
    "memory taken unchecked": substitute(r"br i1 %(much|under), (label \S+),", r"br i1 false, \2,"),
    "memory given back unchecked": substitute(r"br i1 %bad, (label \S+),", r"br i1 false, \1,"),
    "memory taken from elsewhere": substitute(r"ret ptr %new", "ret ptr null"),
}
