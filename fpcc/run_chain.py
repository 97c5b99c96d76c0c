"""Carries out a plan: one fphost, its events gathered and shown, and what came of it in one word."""

from __future__ import annotations

from fpcc.errors import ToolError
from fpcc.host_process import FAILED, REFUSED, USAGE, HostProcess
from fpcc.run_live import LiveView, show_warning
from fpcc.run_plan import RunPlan
from fpcc.run_result import RunResult
from fpcc.verified_modules import ModuleRefused, start_run


def run_chain(plan: RunPlan, quiet: bool) -> RunResult:
    """Runs to the end of the input, or until Ctrl-C. `quiet`: logs and faults are gathered only.

    Raises InputError if fphost finds fault with the plan, ToolError if it fails itself.
    """
    result = RunResult(plan)
    try:
        _run(plan, result, quiet)
    except ModuleRefused as refused:
        result.outcome, result.error = "refused", str(refused)
    return result


def _run(plan: RunPlan, result: RunResult, quiet: bool) -> None:
    with start_run(plan, show_warning) as host, LiveView(plan, quiet) as view:
        for event in host.events():
            result.add(event)
            view.show(event, result)
        view.finish()
        if host.status == USAGE:
            raise plan.complain(host.said())
        _expect_an_end(host, result)
        result.outcome = _judge(result, host)


def _expect_an_end(host: HostProcess, result: RunResult) -> None:
    """A host that says neither its counts nor an error has failed, unless it was stopped early."""
    if not (result.done or result.error or host.was_stopped):
        raise ToolError(host.command, host.said() or "ended without saying its counts", host.status)


def _judge(result: RunResult, host: HostProcess) -> str:
    """The gravest thing that happened."""
    outcomes = (
        ("refused", host.status == REFUSED),
        ("failed", host.status == FAILED),
        ("interrupted", host.stops > 0 or bool(result.done.get("interrupted"))),
        ("faulted", bool(result.faults)),
    )
    return next((name for name, happened in outcomes if happened), "done")
