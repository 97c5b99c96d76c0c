"""The few functions of libclang that its Python binding lacks or wraps too slowly, on its own types.

Kept apart from the binding's library object, so that no prototype of ours changes how the binding behaves.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

from clang import cindex

STOP, CONTINUE, RECURSE = 0, 1, 2  # what a visitor answers
VISITOR = ctypes.CFUNCTYPE(ctypes.c_int, cindex.Cursor, cindex.Cursor, ctypes.c_void_p)

_PLACE = [ctypes.POINTER(ctypes.c_void_p), *[ctypes.POINTER(ctypes.c_uint)] * 3]
_PROTOTYPES: dict[str, tuple[list[Any], Any]] = {
    "clang_visitChildren": ([cindex.Cursor, VISITOR, ctypes.c_void_p], ctypes.c_uint),
    "clang_getCursorExtent": ([cindex.Cursor], cindex.SourceRange),
    "clang_getCursorLocation": ([cindex.Cursor], cindex.SourceLocation),
    "clang_getRangeStart": ([cindex.SourceRange], cindex.SourceLocation),
    "clang_getRangeEnd": ([cindex.SourceRange], cindex.SourceLocation),
    "clang_getFileLocation": ([cindex.SourceLocation, *_PLACE], None),
    "clang_getExpansionLocation": ([cindex.SourceLocation, *_PLACE], None),
    "clang_getLocationForOffset": ([ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint], cindex.SourceLocation),
    "clang_Location_isInSystemHeader": ([cindex.SourceLocation], ctypes.c_int),
    "clang_getCursorBinaryOperatorKind": ([cindex.Cursor], ctypes.c_int),
    "clang_getCanonicalCursor": ([cindex.Cursor], cindex.Cursor),
    "clang_isCursorDefinition": ([cindex.Cursor], ctypes.c_uint),
    "clang_getCursorLinkage": ([cindex.Cursor], ctypes.c_int),
    "clang_getCursorTLSKind": ([cindex.Cursor], ctypes.c_int),
    "clang_getCursorType": ([cindex.Cursor], cindex.Type),
    "clang_getCanonicalType": ([cindex.Type], cindex.Type),
    "clang_getPointeeType": ([cindex.Type], cindex.Type),
    "clang_getArrayElementType": ([cindex.Type], cindex.Type),
    "clang_getResultType": ([cindex.Type], cindex.Type),
    "clang_getAddressSpace": ([cindex.Type], ctypes.c_uint),
    "clang_getFunctionTypeCallingConv": ([cindex.Type], ctypes.c_int),
}


@cache
def library() -> Any:
    """libclang with our prototypes."""
    loaded = ctypes.CDLL(cindex.conf.lib._name)
    for name, (arguments, result) in _PROTOTYPES.items():
        function = getattr(loaded, name)
        function.argtypes, function.restype = arguments, result
    return loaded


def children(cursor: Any) -> list[Any]:
    """The nodes directly below `cursor`."""
    found: list[Any] = []

    def keep(child: Any, _parent: Any, _data: Any) -> int:
        found.append(child)
        return CONTINUE

    library().clang_visitChildren(cursor, VISITOR(keep), None)
    return found
