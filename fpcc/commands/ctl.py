"""`fpcc ctl`: looks at a running graph and changes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from fpcc.control.client import ControlClient
from fpcc.control.sampling import take_rates
from fpcc.control.socket_path import default_socket
from fpcc.standard_output import open_output

_FILE = click.Path(path_type=Path)
_JSON = click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document.")
_INTERVAL = click.option(
    "--interval", type=click.FloatRange(min=0), default=1.0, help="Seconds that rates are taken over; 1."
)
_UNVERIFIED = click.option(
    "--allow-unverified", is_flag=True, help="Also run modules that `fpcc verify` refuses, with a warning."
)


@click.group()
@click.option("--control", type=_FILE, metavar="PATH", help="Control socket, as of `fpcc serve`.")
@click.pass_context
def command(context: click.Context, control: Path | None) -> None:
    """Look at the graph that `fpcc serve` runs, and change it."""
    context.obj = ControlClient(control or default_socket())


@command.command()
@_INTERVAL
@_JSON
@click.pass_obj
def show(client: ControlClient, interval: float, json_wanted: bool) -> None:
    """Tables by worker, tenant and node: packets, rates, cycles, queues, drops, faults."""
    from dataclasses import asdict

    from fpcc.control.tables import write_tables

    rates = take_rates(client, interval)
    with open_output() as out:
        if json_wanted:
            out.write(_to_json(asdict(rates)))
        else:
            write_tables(rates, out)


@command.command()
@_INTERVAL
@click.option("--dot", "form", flag_value="dot", help="As text for graphviz.")
@click.option("--svg", "form", flag_value="svg", help="As a picture; needs graphviz.")
@click.option("--json", "form", flag_value="json", help="As it was sent to the host.")
@click.pass_obj
def graph(client: ControlClient, interval: float, form: str | None) -> None:
    """The graph in force, with rates."""
    from fpcc.control.graph_forms import draw_graph

    wanted = client.graph()
    text = (
        _to_json(wanted)
        if form == "json"
        else draw_graph(wanted, take_rates(client, interval), form or "text")
    )
    with open_output() as out:
        out.write(text)


@command.command()
@click.argument("path", type=_FILE, metavar="GRAPH.toml")
@_UNVERIFIED
@click.option(
    "--discard", is_flag=True, help="Take away what GRAPH.toml does not have: rights, tenants' nodes."
)
@_JSON
@click.pass_obj
def update(
    client: ControlClient, path: Path, allow_unverified: bool, discard: bool, json_wanted: bool
) -> None:
    """Put another graph in force, between two batches: what stays the same in it goes on as it is.

    What tenants have put into the one in force stays in it. A file that begins with `tenant = "NAME"` is that
    tenant's part of the graph; all else stays.
    """
    from fpcc.control.change import Allowed, send_graph

    reply = send_graph(client, path, Allowed(allow_unverified, discard))
    _show_reply(reply, json_wanted, f"{path} is in force")


@command.command()
@click.argument("node")
@click.argument("module", type=_FILE, metavar="MODULE.fpm")
@_UNVERIFIED
@_JSON
@click.pass_obj
def upgrade(
    client: ControlClient, node: str, module: Path, allow_unverified: bool, json_wanted: bool
) -> None:
    """Replace the module of a node; its state begins anew, all others go on as they are."""
    from fpcc.control.change import upgrade_module

    reply = upgrade_module(client, node, module, allow_unverified)
    _show_reply(reply, json_wanted, f"{node} runs {module}")


@command.command()
@click.argument("name", metavar="[INPUT]", default="")
@click.option("--group", "groups", type=int, multiple=True, help="A flow group to move; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Move all flow groups.")
@click.option("--to", type=int, metavar="WORKER", help="The worker that serves them from now on.")
@_INTERVAL
@_JSON
@click.pass_obj
def steer(client: ControlClient, /, name: str, interval: float, json_wanted: bool, **wanted: Any) -> None:
    """Show which worker serves which flow groups of an input, or move some.

    The hash of a flow's addresses and ports says which of 128 groups it is in. The host goes on balancing by
    itself. Without INPUT: all inputs that several workers serve.
    """
    from fpcc.control.steering import Move, measure_steering, move_groups, write_steering

    move = Move(name, **wanted)
    if reason := move.find_mistake():
        raise click.UsageError(reason)
    if move.to is not None:
        _show_reply(move_groups(client, move), json_wanted, str(move))
        return
    found = measure_steering(client, name, interval)
    with open_output() as out:
        if json_wanted:
            out.write(_to_json([table.to_json() for table in found]))
        else:
            write_steering(found, out, by_group=bool(name))


@command.command()
@_JSON
@click.pass_obj
def stop(client: ControlClient, json_wanted: bool) -> None:
    """End the host once what is under way has gone through."""
    _show_reply(client.ask({"do": "stop"}), json_wanted, "stopping")


@command.command()
@_JSON
@click.pass_obj
def report(client: ControlClient, json_wanted: bool) -> None:
    """What has happened since the start: as tables, or the host's own JSON."""
    from fpcc.control.rates import measure
    from fpcc.control.tables import write_tables

    found = client.report()
    with open_output() as out:
        if json_wanted:
            out.write(_to_json(found))
        else:
            write_tables(measure(found), out)


def _show_reply(reply: dict[str, Any], json_wanted: bool, words: str) -> None:
    click.echo(json.dumps(reply) if json_wanted else words)


def _to_json(value: object) -> str:
    return json.dumps(value, indent=2) + "\n"
