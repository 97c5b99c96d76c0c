"""A diff as JSON (docs/reports.md)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from fpcc.diff import Diff, Entry
from passes.model import Decisions


def write_diff_json(diff: Diff, old: Decisions, new: Decisions, out: TextIO) -> None:
    report = {
        "old": _build(old),
        "new": _build(new),
        "added": [_entry(entry) for entry in diff.added],
        "removed": [_entry(entry) for entry in diff.removed],
        "changed": [_entry(entry) for entry in diff.changed],
    }
    json.dump(report, out, indent=2)
    out.write("\n")


def _build(build: Decisions) -> dict[str, str]:
    return {"nf": build.nf, "mode": build.mode, "lowering": build.lowering}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "what": entry.what,
        "subject": entry.subject,
        "function": entry.function,
        "expression": entry.expression,
        "old": asdict(entry.old) if entry.old else None,
        "new": asdict(entry.new) if entry.new else None,
        "properties": {name.replace(" ", "_"): value for name, value in entry.properties},
        "changes": [asdict(change) for change in entry.changes],
    }
