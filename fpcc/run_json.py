"""A run as one JSON document. Schema 1:

{"schema", "outcome": "done" | "interrupted" | "faulted" | "refused" | "failed", "error"?,
 "in", "out", "truncated", "drops": {reason: packets}, "seconds", "cpu_seconds", "packets_per_second",
 "ns_per_packet", "worst_recovery_ns"?, "incomplete", "nodes": [{"node", "module", "name", "mode",
 "lowering", "policy", "image_bytes", "heap_bytes", "guards"? (as in the manifest), "in", "gates",
 "bypassed", "drops", "faults", "restarts", "ns_per_packet", "counters", "misuse"}],
 "faults": [event, with "report"; and in place of "evidence" with "suspect"?, the number of the packet that
 it points to], "logs", "suppressed", "restarts", "invalid_packets"}

Fields from "in" on, and "nodes" from "in" on, are there once packets have flowed. The meaning of each is in
runtime/host/event.h.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TextIO

from fpcc.run_result import RunResult, read_manifest

SCHEMA = 1


def write_json(result: RunResult, out: TextIO) -> None:
    document: dict[str, Any] = {"schema": SCHEMA, "outcome": result.outcome, "error": result.error or None}
    document |= {
        key: value for key, value in result.done.items() if key not in ("event", "nodes", "interrupted")
    }
    document |= {"nodes": [_add_guards(node) for node in result.nodes], **list_happenings(result)}
    json.dump(document, out, indent=2)
    out.write("\n")


def list_happenings(result: RunResult) -> dict[str, Any]:
    """Faults, logs and what else was said while packets flowed."""
    events = {
        "faults": [{**fault.event, "report": fault.report} for fault in result.faults],
        "logs": result.logs,
        "suppressed": dict(result.suppressed),
        "restarts": result.restarts,
        "invalid_packets": result.invalid_packets,
    }
    return _without_kinds(events)


def _add_guards(node: dict[str, Any]) -> dict[str, Any]:
    manifest = read_manifest(Path(node["module"]))
    return {**node, "guards": None if manifest is None else vars(manifest.guards)}


def _without_kinds(document: dict[str, Any]) -> dict[str, Any]:
    """Events in a list all have the same "event"; the list's name says it."""
    return {
        key: [{k: v for k, v in item.items() if k != "event"} for item in value]
        if isinstance(value, list)
        else value
        for key, value in document.items()
    }
