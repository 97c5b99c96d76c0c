"""What is shown while a run goes on, on standard error: logs, faults, restarts, and a progress bar.

The bar comes only on a terminal, and only for runs of more than a second.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from fpcc.host_process import Event
from fpcc.reports.console import ReportConsole
from fpcc.reports.visible import make_visible
from fpcc.run_result import Fault, RunResult

REPORTS = 3  # faults of one node that are shown in full
PATIENCE = 1.0  # seconds before the bar appears


class LiveView:
    """Shows events as they arrive. A context: the bar is gone after it."""

    def __init__(self, total: int | None, quiet: bool) -> None:
        """`total`: of the bar, in what "progress" counts; None if nobody knows."""
        self.console = ReportConsole(sys.stderr)
        self.quiet = quiet  # what a JSON document will hold is not shown, too
        self.total = total
        self.started = time.monotonic()
        self.progress = _make_bar(self.console)
        self.shown: Counter[str] = Counter()  # faults, by node

    def __enter__(self) -> LiveView:
        return self

    def __exit__(self, *_: object) -> None:
        if self.progress.tasks:  # a bar that never began would leave an empty line
            self.progress.stop()

    def show(self, event: Event, result: RunResult) -> None:
        """`result` holds the event already."""
        if event["event"] == "progress":
            self._show_progress(event)
        elif not self.quiet and (write := _WRITERS.get(event["event"])):
            write(self, event, result)

    def finish(self) -> None:
        """Says what was not shown."""
        for node, count in self.shown.items():
            if count > REPORTS and not self.quiet:
                self.print(f"{node}: {count - REPORTS:,} more faults, not shown", "red")

    def print(self, text: str, style: str = "") -> None:
        """`text` may have several lines; whatever else is no printing character is made visible."""
        for line in text.split("\n"):
            self.console.print(Text(make_visible(line.expandtabs()), style), soft_wrap=True)

    def _show_progress(self, event: Event) -> None:
        if not self.console.is_terminal or time.monotonic() - self.started < PATIENCE:
            return
        if not self.progress.tasks:
            self.progress.add_task("packets", total=self.total)
            self.progress.start()
        at = event["read_bytes"] if event["read_bytes"] > 0 else event["in"]
        packets = f"{event['in']:,} packets in, {event['out']:,} out, {event['dropped']:,} dropped"
        self.progress.update(self.progress.tasks[0].id, completed=at, description=packets)

    def _show_fault(self, fault: Fault) -> None:
        node = fault.event["node"]
        self.shown[node] += 1
        if self.shown[node] <= REPORTS:
            self.print(fault.report, "red")


def show_warning(text: str) -> None:
    ReportConsole(sys.stderr).print(Text(f"warning: {text}", "yellow"), soft_wrap=True)


def _make_bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _show_log(view: LiveView, event: Event, _: RunResult) -> None:
    style = {"error": "red", "warning": "yellow"}.get(event["level"], "dim")
    view.print(f"{event['node']}: {event['level']}: {event['text']}", style)


def _show_suppressed(view: LiveView, event: Event, _: RunResult) -> None:
    view.print(f"{event['node']}: {event['lines']:,} lines came too fast to be shown", "dim")


def _show_fault(view: LiveView, _: Event, result: RunResult) -> None:
    view._show_fault(result.faults[-1])


def _show_restart(view: LiveView, event: Event, _: RunResult) -> None:
    outcome = "runs again" if event["ok"] else f"did not start again: {event['text']}"
    view.print(
        f"{event['node']}: restart {event['attempt']} after {event['waited_ms']:.0f} ms: {outcome}", "dim"
    )


def _show_invalid(view: LiveView, event: Event, _: RunResult) -> None:
    view.print(
        f"{event['node']}: left packet {event['packet']:,} invalid: {event['reason']}; "
        "such packets are dropped and counted",
        "yellow",
    )


def _show_graph(view: LiveView, event: Event, _: RunResult) -> None:
    graph = event["graph"]
    view.print(
        f"another graph is in force: {len(graph['nodes']):,} nodes, {len(graph['edges']):,} edges", "dim"
    )


def _show_refused(view: LiveView, event: Event, _: RunResult) -> None:
    words = [event["request"], event["tenant"] and f"of tenant {event['tenant']}", event["reason"]]
    who = f"user {event['uid']}, process {event['pid']}"
    view.print(f"refused: {': '.join([who, *filter(None, words)])}", "yellow")


def _show_more_refused(view: LiveView, event: Event, _: RunResult) -> None:
    view.print(f"refused: {event['requests']:,} more of user {event['uid']}", "yellow")


_WRITERS: Mapping[str, Callable[[LiveView, Event, RunResult], None]] = {
    "log": _show_log,
    "log suppressed": _show_suppressed,
    "fault": _show_fault,
    "restart": _show_restart,
    "invalid packet": _show_invalid,
    "warning": lambda view, event, _: view.print(f"warning: {event['text']}", "yellow"),
    "graph": _show_graph,
    "refused": _show_refused,
    "refusals suppressed": _show_more_refused,
}
