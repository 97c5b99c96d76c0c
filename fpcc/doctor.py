"""What FastPaas needs of this machine, what is there, and what each missing thing disables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fpcc.doctor_finding import Check, Finding
from fpcc.doctor_host import HOST_CHECKS
from fpcc.doctor_toolchain import TOOLCHAIN_CHECKS

CHECKS: tuple[Check, ...] = (*TOOLCHAIN_CHECKS, *HOST_CHECKS)


def run_checks(checks: Sequence[Check] = CHECKS) -> list[Finding]:
    return [check() for check in checks]


def can_work(findings: Sequence[Finding]) -> bool:
    """Whether modules can be built and run."""
    return all(finding.ok for finding in findings if finding.required)


def as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as JSON values: {"ok": bool, "checks": [fields of Finding, ...]}."""
    return {"ok": can_work(findings), "checks": [asdict(finding) for finding in findings]}


def print_findings(findings: Sequence[Finding], console: Console) -> None:
    """A table of the findings, and below it what to make of them."""
    table = Table("", "check", box=None, pad_edge=False)
    table.add_column("found", overflow="fold")
    table.add_column("without it", overflow="fold")
    for finding in findings:
        table.add_row(_mark(finding), finding.name, Text(finding.found), _loss(finding))
    console.print(table)
    console.print()
    if can_work(findings):
        console.print("fpcc can build and run modules here.")
    else:
        console.print("fpcc cannot work fully here: see the lines marked with an x.")


def _mark(finding: Finding) -> Text:
    if finding.ok:
        return Text("ok", style="green")
    return Text("x", style="bold red") if finding.required else Text("-", style="yellow")


def _loss(finding: Finding) -> Text:
    return Text("") if finding.ok else Text(f"no {finding.disables}")
