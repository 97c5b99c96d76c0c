"""Clang's part of a build, begun before the rest of fpcc is loaded: both take a tenth of a second."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from fpcc.flags import CompileFlags
from fpcc.toolchain import compile_to_ir


def start_compiling(sources: Sequence[Path], flags: CompileFlags) -> tuple[Future[str], ...]:
    """The IR of each source, once it is there; a result raises what compile_to_ir raises."""
    pool = ThreadPoolExecutor(len(sources))
    units = tuple(pool.submit(compile_to_ir, source, flags) for source in sources)
    pool.shutdown(wait=False)
    return units
