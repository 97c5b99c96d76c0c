"""A graph on its way to the host: its modules verified and sealed, one file for all that are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fpcc.errors import InputError
from fpcc.graphs.model import GraphNode, Json, ServeGraph
from fpcc.verified_modules import check_built, check_module, seal

# FP_CONTROL_FILES of runtime/host/control.h.
MOST_FILES = 64


@dataclass(frozen=True)
class Trust:
    """What the operator lets run."""

    allow_unprotected: bool
    allow_unverified: bool


@contextmanager
def seal_graph(
    graph: ServeGraph, allow_unverified: bool, warn: Callable[[str], None]
) -> Iterator[tuple[Json, Sequence[int]]]:
    """The graph as the host reads it, and the open files that go along. Raises ModuleRefused, InputError."""
    trust = Trust(graph.allow_unprotected, allow_unverified)
    modules = _check_modules(graph.nodes, trust, warn)
    different = list(dict.fromkeys(data for data in modules.values() if data))
    if len(different) > MOST_FILES:
        raise InputError(f"the graph has {len(different)} different modules; fphost takes {MOST_FILES}")
    numbers = {data: number for number, data in enumerate(different)}
    with ExitStack() as stack:
        files = [stack.enter_context(seal(data)) for data in different]
        sealed = {name: numbers[data] for name, data in modules.items() if data}
        yield graph.to_host(sealed, allow_unverified), files


def _check_modules(nodes: Sequence[GraphNode], trust: Trust, warn: Callable[[str], None]) -> dict[str, bytes]:
    """The bytes of each module by node; each file is read once, empty if it is to be read by the host."""
    read: dict[Path, bytes] = {}
    modules = {}
    for node in nodes:
        if node.built:
            modules[node.name] = check_built(node.name, node.built)
        if node.module and node.module not in read:
            read[node.module] = check_module(node.module, trust, warn)
        if node.module:
            modules[node.name] = read[node.module]
    return modules
