"""The words of fault reports: what each kind of fault the host tells apart means, and what to look at."""

from __future__ import annotations

# By the event's kind; {access} is "write of 8 bytes" or the like.
CAUSES = {
    "guard": "{access} through a pointer that leaves the module's memory",
    "bounds": "{access} {miss}",
    "memory": "{access} {missed}",
    "arithmetic": "division by zero, or a quotient that does not fit its type",
    "illegal instruction": "an instruction that traps",
    "call target": "indirect call to something that is no function of that type in this module",
    "unreachable": "control reached a place that the source says it cannot reach",
    "stack exhausted": "the module's stack is exhausted",
    "native stack exhausted": "the native stack is exhausted",
    "abort": "abort() or a failed assert()",
    "time budget": "a call took longer than its time budget",
    "api": "a host function refused its arguments",
}

_POINTER = "check the pointer and the index against the packet's or the table's length before this line"
ADVICE = {
    "guard": _POINTER,
    "bounds": "check the pointer and the index against the object's size before this line",
    "memory": _POINTER,
    "arithmetic": "check the divisor before this line",
    "call target": "check that the function pointer is set, and that its type matches the function's",
    "unreachable": "look for undefined behaviour on the way here: a missing return, __builtin_unreachable()",
    "stack exhausted": "look for recursion without an end, and for large local arrays",
    "native stack exhausted": "look for recursion without an end",
    "time budget": "look for a loop that does not end on this input",
    "api": "the host checks every pointer and length that a module hands it",
}

# By the event's region, where the name alone says little.
REGIONS = {
    "null page": "a null pointer, or a small offset from one",
    "guard zone": "between two regions of the module",
    "args": "the argument file, which is read-only",
    "outside the arena": "not the module's memory at all",
}

# Decisions after which the address that faulted is not the one the program computed.
CUT = {"confined": "only the lower 32 bits of the pointer count: it may have led anywhere"}

NULL_CUT = {"confined": "only the lower 32 bits of the pointer count"}

# What an image holds that may only be read: whether it is code.
READ_ONLY = {
    False: "constants of the module, which are read-only",
    True: "code of the module, which is read-only",
}

# What the processor or a guard refused, by the event's access or the decision's kind.
ACCESSES = {"execute": "jump", "unknown": "access", "update": "atomic update"}

# Kinds whose detail, as the host words it, says nothing that the cause does not say.
PLAIN = ("abort", "call target", "stack exhausted", "unreachable")
