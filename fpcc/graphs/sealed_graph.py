"""A graph on its way to the host: its modules verified and sealed, one file for all that are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from fpcc.errors import InputError
from fpcc.graphs.model import GraphNode, Json, ServeGraph
from fpcc.verified_modules import Allowances, check_built, check_module, seal

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
    modules = _check_modules(graph.nodes, Trust(graph.allow_unprotected, allow_unverified), warn)
    with _seal_modules(modules) as (sealed, files):
        yield graph.to_host(sealed, allow_unverified), files


@contextmanager
def seal_part(
    part: ServeGraph, allow_unverified: bool, warn: Callable[[str], None]
) -> Iterator[tuple[Json, Sequence[int]]]:
    """The same of a tenant's part, as the request to put it in force.

    Every module goes along, also one that is not verified: what a tenant may run the operator has said, and
    the host sees to it.
    """
    modules = _check_modules(part.nodes, trust_of_tenant(allow_unverified), warn)
    for node in part.nodes:
        if node.module:
            modules[node.name] = modules[node.name] or node.module.read_bytes()
    with _seal_modules(modules) as (sealed, files):
        yield part.to_update(sealed), files


def trust_of_tenant(allow_unverified: bool) -> Trust:
    """What a tenant lets be sent, in whatever mode it is."""
    return Trust(allow_unprotected=allow_unverified, allow_unverified=allow_unverified)


@contextmanager
def _seal_modules(modules: Mapping[str, bytes]) -> Iterator[tuple[dict[str, int], Sequence[int]]]:
    """The numbers of the files by node, and the files; modules that are empty are in none."""
    different = list(dict.fromkeys(data for data in modules.values() if data))
    if len(different) > MOST_FILES:
        raise InputError(f"the graph has {len(different)} different modules; fphost takes {MOST_FILES}")
    numbers = {data: number for number, data in enumerate(different)}
    with ExitStack() as stack:
        files = [stack.enter_context(seal(data)) for data in different]
        yield {name: numbers[data] for name, data in modules.items() if data}, files


def _check_modules(
    nodes: Sequence[GraphNode], trust: Allowances, warn: Callable[[str], None]
) -> dict[str, bytes]:
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
