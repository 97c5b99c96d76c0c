"""Types a module cannot use: their arithmetic needs a library no module has, or they leave the arena."""

from __future__ import annotations

from typing import Any

from clang.cindex import TypeKind

from fpcc.libclang import library
from fpcc.refused_names import Refused

_X87 = Refused("long double arithmetic uses the x87 unit, which modules do not", "use double")
_SOFT = Refused("arithmetic of this type needs run-time functions that no module has", "use float or double")
_SEGMENT = Refused(
    "a pointer into another address space reaches the host's memory", "remove the address space qualifier"
)
_CONVENTION = Refused(
    "this calling convention is not one the host and the guards know",
    "remove the attribute: the platform's own convention is used",
)

# By libclang's number, since its Python binding lacks names for some.
_REFUSED_KINDS = {
    TypeKind.LONGDOUBLE.value: _X87,
    TypeKind.FLOAT128.value: _SOFT,
    TypeKind.HALF.value: _SOFT,
    TypeKind.COMPLEX.value: _SOFT,
    32: _SOFT,  # _Float16
    39: _SOFT,  # __bf16
}
_FUNCTIONS = (TypeKind.FUNCTIONPROTO.value, TypeKind.FUNCTIONNOPROTO.value)
_ARRAYS = (TypeKind.CONSTANTARRAY.value, TypeKind.INCOMPLETEARRAY.value, TypeKind.VARIABLEARRAY.value)
_PLAIN_CONVENTIONS = (0, 1)  # CXCallingConv_Default, CXCallingConv_C
_DEEPEST = 16  # pointers to pointers to ... that anyone writes


def find_type(given: Any) -> Refused | None:
    """Why the type of a declaration or expression is refused, if it is."""
    kind = library().clang_getCanonicalType(given)
    why = _REFUSED_KINDS.get(kind._kind_id)
    for _ in range(_DEEPEST):
        if why or kind._kind_id == TypeKind.INVALID.value:
            return why
        if library().clang_getAddressSpace(kind):
            return _SEGMENT
        kind, why = _look_inside(kind)
    return None


def _look_inside(kind: Any) -> tuple[Any, Refused | None]:
    """The next type inwards, and why this step is refused; values behind a pointer are checked where used."""
    if kind._kind_id in _ARRAYS:
        element = library().clang_getArrayElementType(kind)
        return element, _REFUSED_KINDS.get(element._kind_id)
    if kind._kind_id in _FUNCTIONS:
        plain = library().clang_getFunctionTypeCallingConv(kind) in _PLAIN_CONVENTIONS
        result = library().clang_getResultType(kind)
        return result, _REFUSED_KINDS.get(result._kind_id) if plain else _CONVENTION
    return library().clang_getPointeeType(kind), None  # invalid if it is no pointer
