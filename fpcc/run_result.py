"""What a run has said so far, event by event, in the order and with the names of runtime/host/event.h."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fpcc.errors import FpccError, InputError
from fpcc.host_process import Event
from fpcc.manifest import Manifest
from fpcc.module_file import read_module
from fpcc.symbolize import describe_fault, find_suspect


@dataclass(frozen=True)
class Fault:
    """A fault as fphost saw it, and its report."""

    event: Event
    report: str


@dataclass
class RunResult:
    """Filled while events arrive; complete once the run has ended."""

    modules: Mapping[str, Path]  # by node
    outcome: str = "done"  # or "interrupted", "faulted", "refused", "failed": what the exit status tells
    ready: Event = field(default_factory=dict)
    done: Event = field(default_factory=dict)
    error: str = ""  # why the run could not go on, or did not begin
    faults: list[Fault] = field(default_factory=list)
    logs: list[Event] = field(default_factory=list)
    restarts: list[Event] = field(default_factory=list)
    invalid_packets: list[Event] = field(default_factory=list)
    suppressed: Counter[str] = field(default_factory=Counter)  # log lines, by node
    counters: dict[str, Event] = field(default_factory=dict)  # by node
    refused: Counter[str] = field(default_factory=Counter)  # requests to a running host, by user id

    def add(self, event: Event) -> None:
        """Takes one event; those of unknown kinds and progress leave no trace."""
        keep = _KEEPERS.get(event["event"])
        if keep is not None:
            keep(self, event)

    @property
    def nodes(self) -> tuple[dict[str, Any], ...]:
        """What "ready", "counters" and "done" say of each node, in one."""
        first = {node["node"]: dict(node) for node in self.ready.get("nodes", ())}
        for node in self.done.get("nodes", ()):
            counters = self.counters.get(node["node"], {})
            first.setdefault(node["node"], {}).update(
                node, counters=counters.get("counters", {}), misuse=counters.get("misuse", 0)
            )
        return tuple(first.values())

    def _add_fault(self, event: Event) -> None:
        """What the evidence leads to is kept, not the evidence: a module may fault on every packet."""
        kept = {key: value for key, value in event.items() if key != "evidence"}
        self.faults.append(Fault({**kept, "suspect": self._find_suspect(event)}, self._describe(event)))

    def _find_suspect(self, event: Event) -> int | None:
        module = self.modules.get(event["node"])
        try:
            return find_suspect(module, event) if module else None
        except FpccError:
            return None

    def _note_graph(self, graph: Event) -> None:
        modules = (node for node in graph["nodes"] if node["kind"] == "module")
        self.modules = {node["name"]: Path(node["options"]["module"]) for node in modules}

    def _describe(self, event: Event) -> str:
        module = self.modules.get(event["node"])
        return describe(module, event) if module else f"{_say_fault(event)}\n  a module without a file"

    def _add_counters(self, event: Event) -> None:
        """A node on several workers says its counters once for each."""
        before = self.counters.get(event["node"], {"counters": {}, "misuse": 0})
        counters = dict(before["counters"])
        for name, value in event["counters"].items():
            counters[name] = counters.get(name, 0) + value
        self.counters[event["node"]] = {
            **event,
            "counters": counters,
            "misuse": before["misuse"] + event["misuse"],
        }


def read_manifest(module: Path) -> Manifest | None:
    """None if there is none to be read: what is wrong with the module is fphost's to say."""
    try:
        return read_module(module).manifest
    except InputError:
        return None


def describe(module: Path, event: Event) -> str:
    """A fault's report, shorter if the module file has been replaced or removed meanwhile."""
    try:
        return describe_fault(module, None, event)
    except FpccError as error:
        return f"{_say_fault(event)}\n  no source position: {error}"


def _say_fault(event: Event) -> str:
    return f"{event['node']}: fault: {event['kind']}: {event['detail']}"


_KEEPERS: Mapping[str, Callable[[RunResult, Event], None]] = {
    "ready": lambda result, event: setattr(result, "ready", event),
    "done": lambda result, event: setattr(result, "done", event),
    "error": lambda result, event: setattr(result, "error", event["text"]),
    "log": lambda result, event: result.logs.append(event),
    "log suppressed": lambda result, event: result.suppressed.update({event["node"]: event["lines"]}),
    "restart": lambda result, event: result.restarts.append(event),
    "invalid packet": lambda result, event: result.invalid_packets.append(event),
    "refused": lambda result, event: result.refused.update({str(event["uid"]): 1}),
    "refusals suppressed": lambda result, event: result.refused.update(
        {str(event["uid"]): event["requests"]}
    ),
    "counters": lambda result, event: result._add_counters(event),
    "graph": lambda result, event: result._note_graph(event["graph"]),
    "fault": lambda result, event: result._add_fault(event),
}
