"""What the C sources of an NF say: entry points, refused constructs, functions used, expressions.

Run it on sources that clang has accepted: of others it sees only a part, and clang explains better what is
wrong with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from fpcc.deep_stack import call_deep
from fpcc.entry_points import EntryPoint, EntryPointList, check_entry_points
from fpcc.errors import Position, SourceErrors
from fpcc.expressions import ExpressionTable, collect_expressions
from fpcc.flags import CompileFlags
from fpcc.function_uses import FunctionUses
from fpcc.refusals import RefusalList
from fpcc.syntax_tree import Tree, Visitor, parse_sources, walk_own_files
from passes.model import Source


@dataclass(frozen=True)
class Facts:
    """What later stages and reports need to know of the sources."""

    sources: tuple[Source, ...]  # every file of the NF that was read, its own headers included
    entry_points: tuple[EntryPoint, ...]  # init, process, fini, as far as they are defined
    calls: Mapping[str, tuple[Position, ...]]  # function called or named, to the first places
    expressions: Mapping[tuple[str, int, int], str]  # see expressions.py
    files: tuple[Path, ...]  # where the NF's own sources and headers are


def collect_facts(sources: Sequence[Path], flags: CompileFlags) -> Facts:
    """Reads `sources`. Raises SourceErrors with all that is refused, InputError without a process()."""
    return call_deep(lambda: _collect_facts(sources, flags))


def _collect_facts(sources: Sequence[Path], flags: CompileFlags) -> Facts:
    refusals, entries, uses, table = RefusalList(), EntryPointList(), FunctionUses(), ExpressionTable()
    visitors = _merge(refusals.visitors, entries.visitors, uses.visitors, table.visitors)
    trees = parse_sources(sources, flags)
    for tree in trees:
        walk_own_files(tree, visitors)
    errors = [*refusals.found.values(), *check_entry_points(entries)]
    if errors:
        raise SourceErrors(tuple(sorted(errors, key=lambda error: _order(error.position))))
    return Facts(
        _read_sources(trees),
        entries.require(sources),
        uses.first_places(),
        collect_expressions(table),
        tuple(Path(file.path) for tree in trees for file in tree.own_files),
    )


def _merge(*tables: Mapping[int, tuple[Visitor, ...]]) -> dict[int, tuple[Visitor, ...]]:
    kinds = {kind for table in tables for kind in table}
    return {kind: tuple(visitor for table in tables for visitor in table.get(kind, ())) for kind in kinds}


def _read_sources(trees: Sequence[Tree]) -> tuple[Source, ...]:
    files = {file.name: file for tree in trees for file in tree.own_files}
    return tuple(
        Source(name, sha256(file.data).hexdigest(), file.data.decode(errors="replace"))
        for name, file in files.items()
    )


def _order(position: Position) -> tuple[str, int, int]:
    return position.file, position.line, position.column
