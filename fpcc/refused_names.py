"""Names an NF may not use, with the reason and what to write instead: data for the front end's early errors.

The safety of a module does not rest on these lists: passes/ and the verifier allow by list, this explains
early. A name is here if an author may plausibly write it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Refused(NamedTuple):
    """Why a construct is refused, and what to do instead."""

    reason: str
    hint: str


_JUMP = Refused(
    "{name} would restore a stack and program counter from memory that the module can write",
    "hand an error code back through the calls instead",
)
_STACK = Refused("{name} reads the native stack, which a module may not see", "pass values as arguments")
_STATE = Refused("{name} touches processor state that belongs to the host", "remove it")

# Whole names of functions, called or not.
FUNCTIONS = (
    (r"(__builtin_|_|__)?(sig)?setjmp", _JUMP),
    (r"(__builtin_|_)?(sig)?longjmp", _JUMP),
    (r"__builtin_(return|frame|stack)_address|__builtin_(dwarf_cfa|sponentry|unwind_init)", _STACK),
    (
        r"__builtin_(extract_return_addr|frob_return_addr|eh_return.*|init_dwarf.*|call_with_static_chain)",
        _STACK,
    ),
    (r"__builtin_(set_)?thread_pointer|__builtin_ia32_(rd|wr)[fg]sbase(32|64)", _STATE),
    (
        r"__builtin_ia32_(readeflags|writeeflags|x?(save|rstor).*|fx(save|rstor).*|[rw]d?r?pkru|(ld|st)mxcsr)",
        _STATE,
    ),
)

_HIDDEN = Refused("a function that runs without being called escapes its guards", "do it in init() or fini()")
_CONVENTION = Refused(
    "the calling convention {name} is not one the host and the guards know",
    "remove the attribute: the platform's own convention is used",
)
_CODE = Refused("{name} makes code that cannot be checked", "write it in plain C without the attribute")
_LINKAGE = Refused(
    "{name} binds a symbol where the compiler cannot follow it", "define the function directly"
)
_CPU = Refused(
    "{name} allows instructions the host may not have",
    "remove the attribute; --march chooses the CPU for the whole module",
)
_PLACE = Refused("{name} puts code or data where the loader does not expect it", "remove the attribute")

# Attributes, without underscores around them.
ATTRIBUTES = {
    **dict.fromkeys(("constructor", "destructor", "init_priority"), _HIDDEN),
    **dict.fromkeys(("ifunc", "alias", "weakref", "weak_import", "cpu_dispatch", "cpu_specific"), _LINKAGE),
    **dict.fromkeys(("dllimport", "dllexport", "loader_uninitialized"), _LINKAGE),
    **dict.fromkeys(("section", "retain", "code_seg", "model", "tls_model", "address_space"), _PLACE),
    **dict.fromkeys(("naked", "musttail", "interrupt", "returns_twice", "nocf_check", "swift_async"), _CODE),
    **dict.fromkeys(
        ("no_caller_saved_registers", "xray_always_instrument", "patchable_function_entry"), _CODE
    ),
    **dict.fromkeys(("target", "target_clones", "target_version"), _CPU),
    **dict.fromkeys(
        ("ms_abi", "vectorcall", "regcall", "stdcall", "fastcall", "thiscall", "pascal"), _CONVENTION
    ),
    **dict.fromkeys(("preserve_most", "preserve_all", "preserve_none", "swiftcall"), _CONVENTION),
    **dict.fromkeys(("intel_ocl_bicc", "swiftasynccall", "regparm"), _CONVENTION),
}


@cache
def find_function(name: str) -> Refused | None:
    """Why the function `name` is refused, if it is."""
    return next((why for pattern, why in FUNCTIONS if re.fullmatch(pattern, name)), None)


def find_attribute(name: str) -> Refused | None:
    """Why the attribute `name` is refused, if it is; with or without underscores."""
    return ATTRIBUTES.get(name.strip("_"))
