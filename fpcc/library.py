"""The module C library as IR: compiled and optimised once a CPU, kept in a cache, picked from by symbol.

Members are picked as a static linker picks from an archive: a file comes in when a name is missing that it
defines. Its definitions are weak, so an NF that brings its own function of a name has its way.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from fpcc.flags import CompileFlags
from fpcc.optimizer import finish_large_functions, optimise
from fpcc.paths import PACKAGE, include_dir, module_dir
from fpcc.toolchain import clang_version, compile_to_ir
from fpcc.user_cache import read_cached, store_cached

_DEFINES = re.compile(
    r"^define (?!internal).*?@([-\w$.]+)\(|^@([-\w$.]+) = (?!internal|private|external)", re.M
)
_NEEDS = re.compile(r"^declare .*?@([-\w$.]+)\(|^@([-\w$.]+) = external", re.M)
_STRONG = re.compile(r"^define (dso_local |hidden )*(?!internal|weak|available_externally)(?=\S)", re.M)
# Functions of up to this many lines of IR may be inlined into the NF; larger ones are optimised once, here.
_INLINED_MAX = 10
# The files that no packet should have to wait for are made small rather than fast: -O levels, -O2 for others.
_LEVELS = dict.fromkeys(("ether", "inet_format", "stream"), "z") | dict.fromkeys(
    ("heap_blocks", "sort", "strtol"), "s"
)


@dataclass(frozen=True)
class Member:
    """One file of the library."""

    name: str
    ir: str
    defines: tuple[str, ...]
    needs: tuple[str, ...]


def pick_members(texts: Iterable[str], cpu: str, also: Iterable[str] = ()) -> tuple[list[str], set[str]]:
    """IR of the members that the modules in `texts`, and the names in `also`, need; all names they define."""
    by_name = {name: member for member in load_library(cpu) for name in member.defines}
    texts = tuple(texts)
    if not any(_passes_real(text) for text in texts):
        by_name |= {name: _NO_REALS for name in _NO_REALS.defines}
    defined = {name for text in texts for name in _names(_DEFINES, text)}
    pending = [name for text in texts for name in _names(_NEEDS, text)] + list(also)
    picked: dict[str, Member] = {}
    while pending:
        name = pending.pop()
        member = by_name.get(name)
        if member is None or name in defined or member.name in picked:
            continue
        picked[member.name] = member
        pending += member.needs
    return [m.ir for m in picked.values()], set(by_name)


# Printing reals takes a fifth of all the code of an NF that logs. Where no call passes one, nothing can be
# printed as one: a format that says so all the same gives a question mark.
_NO_REALS = Member(
    "no reals",
    """declare void @fp_sink_fill(ptr, i8 signext, i64)
define weak hidden void @fp_format_double(ptr %sink, ptr %conversion, double %value) {
  call void @fp_sink_fill(ptr %sink, i8 signext 63, i64 1)
  ret void
}
""",
    ("fp_format_double",),
    ("fp_sink_fill",),
)


def _passes_real(text: str) -> bool:
    """Whether a variadic function is called with a real number among its arguments."""
    return any("...)" in line and "double " in line and "call " in line for line in text.splitlines())


@functools.cache
def load_library(cpu: str) -> tuple[Member, ...]:
    """Every member, from the cache if its sources, the compiler and `cpu` are the same."""
    sources = sorted(module_dir().glob("*.c"))
    name = f"library-{_digest(sources, cpu)}.json"
    if cached := read_cached(name):
        return tuple(Member(**fields) for fields in json.loads(cached))
    members = _compile_library(sources, cpu)
    store_cached(name, json.dumps([asdict(m) for m in members]).encode())
    return members


def _compile_library(sources: list[Path], cpu: str) -> tuple[Member, ...]:
    flags = CompileFlags(arguments=(f"-I{module_dir()}",), cpu=cpu)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        texts = pool.map(lambda source: compile_to_ir(source, flags), sources)
        return tuple(
            _make_member(source.name, optimise(text, _LEVELS.get(source.stem, "2"), cpu))
            for source, text in zip(sources, texts, strict=True)
        )


def _make_member(name: str, text: str) -> Member:
    weak = finish_large_functions(_STRONG.sub("define weak hidden ", text), _INLINED_MAX)
    return Member(name, weak, tuple(_names(_DEFINES, weak)), tuple(_names(_NEEDS, weak)))


def _names(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[1] or match[2] for match in pattern.finditer(text)]


def _digest(sources: list[Path], cpu: str) -> str:
    headers = [*module_dir().glob("*.h"), *(include_dir() / "fastpaas").glob("*")]
    headers += [
        PACKAGE / f"{part}.py"
        for part in ("library", "optimizer", "toolchain", "source_paths", "flags", "user_cache")
    ]
    digest = sha256(f"2 {clang_version()} {cpu}".encode())
    for file in [*sources, *sorted(headers)]:
        digest.update(f"{file.name}\0".encode() + sha256(file.read_bytes()).digest())
    return digest.hexdigest()
