"""What is known of functions that are not instrumented themselves: the allocator, the host's, intrinsics.

Sizes are given by the numbers of arguments whose product they are.
"""

from __future__ import annotations

# Functions of the module C library that return a new object.
ALLOCATES: dict[str, tuple[int, ...]] = {
    "malloc": (0,),
    "calloc": (0, 1),
    "realloc": (1,),
    "reallocarray": (1, 2),
    "aligned_alloc": (1,),
    "memalign": (1,),
}
# The same, through their first argument: number of the argument with the size.
ALLOCATES_AT: dict[str, int] = {"posix_memalign": 2}
# Library functions that allocate by malloc(): what they return belongs to their caller's line.
FRESH = frozenset({"strdup", "strndup"})

# Memory that functions of the host touch: (argument, kind, argument with the length).
TOUCHES: dict[str, tuple[tuple[int, str, int], ...]] = {
    "memcpy": ((0, "write", 2), (1, "read", 2)),
    "memmove": ((0, "write", 2), (1, "read", 2)),
    "memset": ((0, "write", 2),),
    "memcmp": ((0, "read", 2), (1, "read", 2)),
    "bcmp": ((0, "read", 2), (1, "read", 2)),
    "fp_log": ((1, "read", 2),),
    "llvm.memcpy": ((0, "write", 2), (1, "read", 2)),
    "llvm.memcpy.inline": ((0, "write", 2), (1, "read", 2)),
    "llvm.memmove": ((0, "write", 2), (1, "read", 2)),
    "llvm.memset": ((0, "write", 2),),
    "llvm.memset.inline": ((0, "write", 2),),
}
# Functions that stop where they find something: what they have touched is known from what they return.
SEARCHES = frozenset({"memchr", "strlen", "strnlen"})

COPIES = frozenset({"memcpy", "memmove", "llvm.memcpy", "llvm.memcpy.inline", "llvm.memmove"})
# Functions that return their first argument, or something in the same object.
RETURNS_FIRST = frozenset({"memcpy", "memmove", "memset", "memchr"})
