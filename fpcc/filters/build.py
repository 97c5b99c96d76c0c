"""A branching point as a module: built as any other, in mode `rw`, and kept in the user's cache.

What comes from the cache is the same as what was built: its name is a digest of the source, of everything
of fpcc that takes part, and of the compilers. It is no proof: whoever runs a module verifies it, wherever it
is from (fpcc/verified_modules.py).
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from fpcc.filters.compile import Branch, compile_branch
from fpcc.filters.native import write_source
from fpcc.filters.program import Program
from fpcc.lowering_choice import AUTO, choose_lowering
from fpcc.paths import PACKAGE, include_dir, module_dir
from fpcc.user_cache import read_cached, store_cached

MODE = "rw"
_COMPILERS = ("ziglang", "llvmlite", "libclang")


def build_branch(branch: Branch, lowering: str = AUTO) -> bytes:
    """The module that gives packets the gate of the first filter that matches.

    Raises FilterError if a filter cannot be used, and what a build raises.
    """
    return build_programs(compile_branch(branch), branch.node, lowering)


def build_programs(programs: Sequence[Program], node: str, lowering: str = AUTO) -> bytes:
    """The same of programs; `node` names the module. Raises what a build raises."""
    source, lowering = write_branch(programs, node), choose_lowering(lowering)
    name = f"filters-{_digest(source, node, lowering)}.fpm"
    if cached := read_cached(name):
        return cached
    module = _build(source, node, lowering)
    store_cached(name, module)
    return module


def write_branch(programs: Sequence[Program], node: str) -> str:
    """The C that is built."""
    return write_source(programs, f"The filters of {node}")


def _build(source: str, node: str, lowering: str) -> bytes:
    from fpcc.doctor_toolchain import check_toolchain  # slow to load, and not needed for what is cached
    from fpcc.pipeline import run_pipeline
    from fpcc.stages.state import BuildOptions

    check_toolchain()
    with tempfile.TemporaryDirectory(prefix="fpcc-filters-") as directory:
        path = Path(directory, f"{_name_module(node)}.c")
        path.write_text(source)
        return run_pipeline(BuildOptions((path,), path.stem, MODE, lowering)).module


def _name_module(node: str) -> str:
    """The node's name, without what a module's must not hold."""
    return re.sub(r"[^\w-]", "_", node, flags=re.ASCII)[:63] or "_"


def _digest(source: str, node: str, lowering: str) -> str:
    return sha256("\0".join((_compiler_digest(), source, node, lowering)).encode()).hexdigest()


@functools.cache
def _compiler_digest() -> str:
    """Of all that makes a module of a source."""
    digest = sha256(" ".join(version(name) for name in _COMPILERS).encode())
    parts = (PACKAGE, PACKAGE.parent / "passes", include_dir() / "fastpaas", module_dir())
    for path in (path for part in parts for path in sorted(part.rglob("*.*"))):
        if path.suffix in (".py", ".c", ".h", ".def"):
            digest.update(f"{path.name}\0".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
