"""What of a build begins before the rest of fpcc is loaded, which takes a tenth of a second: clang's part,
and the process of the judges."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fpcc.flags import CompileFlags
from fpcc.toolchain import compile_to_ir, path_maps


@dataclass(frozen=True)
class Begun:
    """A build under way: the IR of each source, once clang is done, and who judges the outcome."""

    compiling: tuple[Future[str], ...]
    judges: Executor


def begin(sources: Sequence[Path], flags: CompileFlags, judges: Executor) -> Begun:
    """Starts clang on each source; a result raises what compile_to_ir raises."""
    pool = ThreadPoolExecutor(len(sources))
    maps = zip(sources, path_maps(sources, flags), strict=True)
    compiling = tuple(pool.submit(compile_to_ir, source, flags, paths) for source, paths in maps)
    pool.shutdown(wait=False)
    return Begun(compiling, judges)
