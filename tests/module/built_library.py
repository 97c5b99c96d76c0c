"""The module C library as a shared object of this machine, built as a module is: same compiler, same headers.

`checked` finds undefined behaviour; `whole` is optimised as one program, the way fpcc does it, which is where
a function could be turned into a call of itself.
"""

from __future__ import annotations

import ctypes
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from fpcc.paths import module_dir
from fpcc.toolchain import TRIPLE, header_flags, run_tool, zig_program

HOST = Path(__file__).parent / "host.c"
WARNINGS = ("-std=gnu11", "-Wall", "-Wextra", "-Werror")
COMMON = ("-target", TRIPLE, "-march=x86-64-v3", "-fPIC", "-ffreestanding", "-fno-stack-protector")
UNDEFINED = ("-fsanitize=undefined", "-fno-sanitize=function", "-fsanitize-minimal-runtime")
BUILDS: dict[str, tuple[str, ...]] = {
    "checked": ("-O1", *UNDEFINED),
    "whole": ("-O2", "-flto"),
}


def sources() -> list[Path]:
    """Every C file of the library."""
    return sorted(module_dir().glob("*.c"))


def build(name: str, directory: Path) -> Path:
    """Compiles and links the library as BUILDS[name] says; returns the shared object."""

    def compile_one(source: Path) -> Path:
        output = directory / f"{source.stem}.o"
        flags = COMMON if source == HOST else (*COMMON[:3], *COMMON[4:], *BUILDS[name])
        run_tool([zig_program(), "clang", *flags, *WARNINGS, *header_flags(), "-c", source, "-o", output])
        return output

    with ThreadPoolExecutor(2) as pool:
        objects = list(pool.map(compile_one, [HOST, *sources()]))
    library = directory / f"{name}.so"
    run_tool([zig_program(), "ld.lld", "-shared", "-Bsymbolic", "--lto-O2", *objects, "-o", library])
    return library


class Library(ctypes.CDLL):
    """One loaded copy of the library, with its own static data."""

    def log(self) -> list[str]:
        """The lines logged since the last call, each `LEVEL TEXT`."""
        used = ctypes.c_size_t.in_dll(self, "test_log_used")
        text = (ctypes.c_char * used.value).in_dll(self, "test_log").raw if used.value else b""
        used.value = 0
        return text.decode(errors="replace").splitlines()

    def undefined(self) -> str:
        """What undefined behaviour was met so far, or ""."""
        times = ctypes.c_uint.in_dll(self, "test_undefined").value
        kind = ctypes.c_char_p.in_dll(self, "test_undefined_kind").value
        return f"{kind.decode()}, {times} times" if kind else ""

    def errno(self) -> int:
        return self._errno_cell().value

    def clear_errno(self) -> None:
        self._errno_cell().value = 0

    def _errno_cell(self) -> ctypes.c_int:
        location = self["__errno_location"]
        location.restype = ctypes.POINTER(ctypes.c_int)
        cell: ctypes.c_int = location().contents
        return cell


_copies = count()


def load_copy(path: Path) -> Library:
    """A fresh copy: its heap has never been used. Call close_copy() on it."""
    copy = path.with_name(f"{path.stem}-{next(_copies)}.so")
    shutil.copy(path, copy)
    library = Library(str(copy))
    copy.unlink()
    return library


def close_copy(library: Library) -> None:
    """Unmaps its heap and unloads it."""
    library.test_close()
    loader = ctypes.CDLL(None)
    loader.dlclose.argtypes = [ctypes.c_void_p]
    loader.dlclose(library._handle)
