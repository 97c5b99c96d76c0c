"""What `fpcc top` shows, again and again, until q or Ctrl-C."""

from __future__ import annotations

import select
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Group
from rich.live import Live
from rich.text import Text

from fpcc.control.client import ControlClient
from fpcc.control.rates import Rates, measure
from fpcc.control.tables import make_tables
from fpcc.reports.console import ReportConsole


def watch(client: ControlClient, interval: float) -> None:
    """Shows the rates of each interval of that many seconds. Raises InputError once the host has gone."""
    before = client.report()
    view = Live(console=ReportConsole(sys.stdout), screen=sys.stdout.isatty(), auto_refresh=False)
    with _keys(), view:
        view.update(Text("measuring"), refresh=True)
        while not _is_quit(interval):
            now = client.report()
            view.update(_show(measure(now, before)), refresh=True)
            before = now


def _show(rates: Rates) -> Group:
    return Group(*make_tables(rates), Text("q: quit", "dim"))


@contextmanager
def _keys() -> Iterator[None]:
    """Keys arrive as they are pressed, if there is a terminal."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _is_quit(seconds: float) -> bool:
    """Waits; whether q was pressed meanwhile."""
    end = time.monotonic() + seconds
    while sys.stdin.isatty() and (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([sys.stdin], [], [], left)
        if ready and sys.stdin.read(1) in ("q", "Q", ""):
            return True
    time.sleep(max(end - time.monotonic(), 0))
    return False
