"""A verdict as JSON (docs/reports.md)."""

from __future__ import annotations

import json
from typing import Any, TextIO

from fpcc.verifier.model import Violation
from fpcc.verifier.verdict import Verdict


def write_verdict_json(verdict: Verdict, path: str, out: TextIO) -> None:
    """`verified`, what the module is, and every violation."""
    summary = verdict.summary
    report: dict[str, Any] = {
        "path": path,
        "verified": not verdict.violations,
        "mode": summary.mode,
        "lowering": summary.lowering,
        "text_size": summary.text_size,
        "instructions": summary.instructions,
        "functions": summary.functions,
        "accesses": dict(summary.accesses),
        "violations": [_violation(violation) for violation in verdict.violations],
    }
    json.dump(report, out, indent=2)
    out.write("\n")


def _violation(violation: Violation) -> dict[str, Any]:
    return {
        "rule": violation.rule,
        "address": violation.address,
        "bytes": violation.bytes.hex(),
        "instruction": violation.instruction,
        "function": violation.function,
        "source": violation.source,
        "message": violation.message,
    }
