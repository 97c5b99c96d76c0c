"""`fpcc top`: what flows through a running graph, live."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.control.client import ControlClient
from fpcc.control.socket_path import default_socket
from fpcc.standard_output import open_output


@click.command()
@click.option(
    "--control", type=click.Path(path_type=Path), metavar="PATH", help="Control socket, as of `fpcc serve`."
)
@click.option(
    "--interval",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    help="Seconds between two looks; default: 1.",
)
@click.option("--once", is_flag=True, help="Show one interval and end.")
def command(control: Path | None, interval: float, once: bool) -> None:
    """Show what flows by worker, tenant and node, live; q or Ctrl-C ends it.

    Packets a second, cycles a packet, mean batch, queue, drops by reason, faults.
    """
    from fpcc.control.sampling import take_rates
    from fpcc.control.tables import write_tables
    from fpcc.control.top_view import watch

    client = ControlClient(control or default_socket())
    if not once:
        watch(client, interval)
        return
    rates = take_rates(client, interval)
    with open_output() as out:
        write_tables(rates, out)
