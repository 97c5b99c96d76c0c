"""The report as JSON (docs/reports.md): counts, functions, guards with what they serve, accesses."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from fpcc.reports.bounds_view import BoundsRow, count_bounds, sort_checks
from fpcc.reports.legend import BOUNDS
from fpcc.reports.view import FunctionRow, GuardRow, View, sort_accesses


def write_json(view: View, out: TextIO) -> None:
    json.dump(_report(view), out, indent=2, ensure_ascii=True)
    out.write("\n")


def _report(view: View) -> dict[str, Any]:
    facts = view.decisions
    return {
        "nf": facts.nf,
        "mode": facts.mode,
        "lowering": facts.lowering,
        "total": _row(view.total),
        "functions": [{"name": row.name, **_row(row)} for row in (*view.functions, *view.library)],
        "guards": [_guard(row) for row in view.guards],
        "accesses": [asdict(access) for access in sort_accesses(facts.accesses)],
        "bounds": [
            {"name": row.name, **dict(zip(BOUNDS, row.counts, strict=True))} for row in _bounds_rows(view)
        ],
        "checks": [asdict(check) for check in sort_checks(facts.checks)],
        "sites": [asdict(site) for site in facts.sites],
        "imports": list(facts.imports),
        "moved_locals": list(facts.moved_locals),
        "sources": [{"path": source.path, "sha256": source.sha256} for source in facts.sources],
    }


def _bounds_rows(view: View) -> tuple[BoundsRow, ...]:
    """All functions', the same way as `functions`."""
    names = dict.fromkeys(check.function for check in view.decisions.checks)
    return tuple(count_bounds(n, (c for c in view.decisions.checks if c.function == n)) for n in names)


def _row(row: FunctionRow) -> dict[str, int]:
    return {"accesses": row.accesses, "checks": row.checks, **{s.decision: s.count for s in row.shares}}


def _guard(row: GuardRow) -> dict[str, Any]:
    return {**asdict(row.guard), "serves": [access.id for access in row.serves]}
