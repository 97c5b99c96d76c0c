"""Carries out a plan: one fphost, its events gathered and shown, and what came of it in one word."""

from __future__ import annotations

from pathlib import Path

from fpcc.errors import ToolError
from fpcc.host_process import FAILED, REFUSED, USAGE, HostProcess
from fpcc.run_files import check_files
from fpcc.run_live import LiveView, show_warning
from fpcc.run_plan import RunPlan
from fpcc.run_result import RunResult
from fpcc.verified_modules import ModuleRefused, start_run


def run_chain(plan: RunPlan, quiet: bool) -> RunResult:
    """Runs to the end of the input, or until Ctrl-C. `quiet`: logs and faults are gathered only.

    Raises InputError if an output would take another file's place, or fphost finds fault with the plan;
    ToolError if it fails itself.
    """
    check_files(plan)
    result = RunResult({node.name: node.module for node in plan.nodes})
    try:
        _run(plan, result, quiet)
    except ModuleRefused as refused:
        result.outcome, result.error = "refused", str(refused)
    return result


def _run(plan: RunPlan, result: RunResult, quiet: bool) -> None:
    with start_run(plan, show_warning) as host, LiveView(_total(plan), quiet) as view:
        follow(host, result, view)
        if host.status == USAGE:
            raise plan.complain(host.said())
        judge(host, result)


def follow(host: HostProcess, result: RunResult, view: LiveView) -> None:
    """Gathers and shows what the host says until it ends."""
    for event in host.events():
        result.add(event)
        view.show(event, result)
    view.finish()


def judge(host: HostProcess, result: RunResult) -> None:
    """Notes the gravest thing that happened. A host that says neither its counts nor an error has failed,
    unless it was stopped early: ToolError."""
    if not (result.done or result.error or host.was_stopped):
        raise ToolError(host.command, host.said() or "ended without saying its counts", host.status)
    outcomes = (
        ("refused", host.status == REFUSED),
        ("failed", host.status == FAILED),
        ("interrupted", host.stops > 0 or bool(result.done.get("interrupted"))),
        ("faulted", bool(result.faults)),
    )
    result.outcome = next((name for name, happened in outcomes if happened), "done")


def _total(plan: RunPlan) -> int | None:
    """Bytes of the input capture, or packets of a pool; None if unknown."""
    if "path" not in plan.input:
        return plan.input.get("packets")
    path = Path(plan.input["path"])
    return path.stat().st_size if path.is_file() else None
