"""What `fpcc run` is to do: the nodes of a chain, between an input and an output.

A plan comes from the command line (fpcc/run_options.py) or from a graph.toml (fpcc/graph.py). Ranges of
numbers are fphost's to check; its complaints are put in the words of whoever wrote the plan (`explain`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fpcc.errors import InputError

POLICIES = ("drop", "bypass", "restart")


@dataclass(frozen=True)
class Node:
    """One module instance. `settings` are keys of runtime/host/node_plan.h other than these three."""

    name: str
    module: Path
    args: Path | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def to_host(self, sealed: Mapping[Path, int]) -> dict[str, Any]:
        args = None if self.args is None else str(self.args)
        module = {"sealed": sealed[self.module]} if self.module in sealed else {}
        return {"name": self.name, "module": str(self.module), **module, "args": args, **self.settings}


def _same_words(place: str, complaint: str) -> str:
    return f"{place} {complaint}"


@dataclass(frozen=True)
class RunPlan:
    """The configuration of fphost (runtime/host/config.h), and how to speak of it."""

    input: Mapping[str, Any]
    output: Mapping[str, Any]
    nodes: tuple[Node, ...]
    batch: int | None = None  # None: fphost's default
    allow_unprotected: bool = False
    allow_unverified: bool = False  # the operator's own decision: no graph.toml can say so
    graph: Path | None = None  # the file it was read from, if any
    # Says in the user's words what is wrong at a place of the configuration ("chain[0].budget_us", "is ...").
    explain: Callable[[str, str], str] = _same_words

    def to_host(self, sealed: Mapping[Path, int]) -> dict[str, Any]:
        """`sealed` are the modules that go along as files, by their number; the others are not verified."""
        batch = {} if self.batch is None else {"batch": self.batch}
        return {
            "input": dict(self.input),
            "output": dict(self.output),
            "chain": [node.to_host(sealed) for node in self.nodes],
            "allow_unprotected": self.allow_unprotected,
            "allow_unverified": self.allow_unverified or self.allow_unprotected,
            **batch,
        }

    def complain(self, said: str) -> InputError:
        """What fphost said against the configuration, as an error of the plan."""
        found = re.fullmatch(r"configuration: ([\w.\[\]]+) (.*)", said, re.DOTALL)
        return InputError(self.explain(found[1], found[2]) if found else said)


def check_module_path(path: Path, place: str) -> None:
    """Raises InputError unless `path` can be a module: `place` says who named it."""
    if path.suffix == ".c":
        raise InputError(
            f"{place}{path}: this is C source, and modules run\n    build it first: fpcc build {path}, "
            f"then run {path.stem}.fpm"
        )
    check_file(path, place)


def check_file(path: Path, place: str) -> None:
    """Raises InputError unless `path` is a file (or a pipe, for captures from a decompressor)."""
    if not path.exists():
        raise InputError(f"{place}{path}: no such file")
    if path.is_dir():
        raise InputError(f"{place}{path}: is a directory")
