"""The ABI constants, read from the C headers that define them: no number of the ABI is written in Python.

`read_abi(directory)` parses `abi.h` and `imports.def` into one frozen value; `abi()` is that of this
installation. A header that breaks its own rule (a macro is one decimal, hexadecimal or string literal) is
our defect: InternalError.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from fpcc.errors import InternalError
from fpcc.paths import include_dir

T = TypeVar("T")

IMPORT_CLASSES = ("api", "bulk", "unguarded")

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DEFINE = re.compile(r"^#define[ \t]+(FP_\w+)[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+|0|[1-9][0-9]*")
_TEXT = re.compile(r'"([^"\\]*)"')
_IMPORT = re.compile(r"FP_IMPORT\(\s*(\w+)\s*,\s*(\w+)\s*,\s*(\w+ \([\w, ]*\))\s*\)")


@dataclass(frozen=True)
class Abi:
    """What compiler, module and host agree on. Names are the macros' names."""

    numbers: Mapping[str, int]
    texts: Mapping[str, str]
    imports: Mapping[str, str]  # symbol -> its class, one of IMPORT_CLASSES, in the order of imports.def
    signatures: Mapping[str, str]  # symbol -> its type, as LLVM writes it

    def number(self, name: str) -> int:
        return _lookup(self.numbers, name, "number")

    def text(self, name: str) -> str:
        return _lookup(self.texts, name, "string")

    def imports_of(self, *classes: str) -> tuple[str, ...]:
        """The symbols of these import classes, in the order of imports.def."""
        unknown = set(classes) - set(IMPORT_CLASSES)
        if unknown:
            raise InternalError("abi", f"no import class {sorted(unknown)}")
        return tuple(name for name, kind in self.imports.items() if kind in classes)


@functools.cache
def abi() -> Abi:
    """The ABI of this installation."""
    return read_abi(include_dir() / "fastpaas")


def read_abi(directory: Path) -> Abi:
    """Reads `abi.h` and `imports.def` in `directory`."""
    numbers, texts = parse_header(_read(directory / "abi.h"))
    imports = parse_imports(_read(directory / "imports.def"))
    classes = {name: kind for name, (kind, _) in imports.items()}
    signatures = {name: signature for name, (_, signature) in imports.items()}
    return Abi(
        MappingProxyType(numbers),
        MappingProxyType(texts),
        MappingProxyType(classes),
        MappingProxyType(signatures),
    )


def parse_header(header: str) -> tuple[dict[str, int], dict[str, str]]:
    """The numbers and the strings an ABI header defines, by macro name."""
    numbers: dict[str, int] = {}
    texts: dict[str, str] = {}
    for name, value in _DEFINE.findall(_COMMENT.sub(" ", header)):
        if name in numbers or name in texts:
            raise InternalError("abi", f"{name} is defined twice")
        if _NUMBER.fullmatch(value):
            numbers[name] = int(value, 0)
        elif text := _TEXT.fullmatch(value):
            texts[name] = text[1]
        else:
            raise InternalError("abi", f"{name} is neither a number nor a string literal: {value}")
    return numbers, texts


def parse_imports(table: str) -> dict[str, tuple[str, str]]:
    """The import table: symbol -> class and signature."""
    imports: dict[str, tuple[str, str]] = {}
    rest = _COMMENT.sub(" ", table)
    for name, kind, signature in _IMPORT.findall(rest):
        if kind not in IMPORT_CLASSES:
            raise InternalError("abi", f"import {name} has the unknown class {kind}")
        if name in imports:
            raise InternalError("abi", f"import {name} is listed twice")
        imports[name] = kind, signature
    if leftover := _IMPORT.sub("", rest).split():
        raise InternalError("abi", f"imports.def holds something else: {leftover[0]}")
    return imports


def _lookup(values: Mapping[str, T], name: str, what: str) -> T:
    if name not in values:
        raise InternalError("abi", f"abi.h defines no {what} {name}")
    return values[name]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InternalError("abi", f"cannot read {path.name}: {error.strerror}") from error
