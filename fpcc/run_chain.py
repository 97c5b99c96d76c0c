"""Carries out a plan: one fphost, its events gathered and shown, and what came of it in one word."""

from __future__ import annotations

from pathlib import Path

from fpcc.errors import ToolError
from fpcc.host_process import FAILED, REFUSED, USAGE, HostProcess, start_host
from fpcc.run_live import LiveView, show_warning
from fpcc.run_plan import RunPlan
from fpcc.run_result import RunResult, read_manifest


def run_chain(plan: RunPlan, quiet: bool) -> RunResult:
    """Runs to the end of the input, or until Ctrl-C. `quiet`: logs and faults are gathered only.

    Raises InputError if fphost finds fault with the plan, ToolError if it fails itself.
    """
    result = RunResult(plan)
    unprotected = [node for node in plan.nodes if _is_unprotected(node.module)]
    if unprotected and not plan.allow_unprotected:
        result.outcome, result.error = "refused", _refuse(unprotected[0].module)
        return result
    for node in unprotected:
        show_warning(f"{node.name} is unprotected (mode `none`): nothing keeps it from the host's memory")
    _run(plan, result, quiet)
    return result


def _is_unprotected(module: Path) -> bool:
    manifest = read_manifest(module)
    return manifest is not None and manifest.mode == "none"


def _refuse(module: Path) -> str:
    return (
        f"{module}: refused: it is unprotected (mode `none`), so it could do anything to the host\n"
        "    build it with --mode=wonly or --mode=rw, or allow this: --allow-unprotected, or in a graph.toml "
        "allow_unprotected = true"
    )


def _run(plan: RunPlan, result: RunResult, quiet: bool) -> None:
    with start_host("run", plan.to_host()) as host, LiveView(plan, quiet) as view:
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
