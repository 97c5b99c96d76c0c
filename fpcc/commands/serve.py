"""`fpcc serve`: a graph of several tenants' nodes on several cores."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.control.socket_path import default_socket, make_directory
from fpcc.run_result import RunResult
from fpcc.serve_graph import ServeOptions, load_graph, serve_graph
from fpcc.serve_summary import write_serve_json, write_serve_summary
from fpcc.standard_output import open_output

# Outcome -> exit status, as of `fpcc run`.
STATUSES = {"done": 0, "failed": 1, "refused": 4, "faulted": 4, "interrupted": 130}

_FILE = click.Path(path_type=Path)

_HELP = """Run the graph of nodes in GRAPH.toml, for several tenants, on a worker for each core.

Goes on until all inputs have ended, `fpcc ctl stop`, Ctrl-C or SIGTERM; what is under way goes through then.
Modules' logs and faults go to standard error as they happen. docs/control.md has the keys of GRAPH.toml.

\b
Exit status: 0 done, 1 error, 4 a module faulted or was refused, 130 interrupted (after printing the counts).
"""


@click.command(help=_HELP)
@click.argument("graph", type=_FILE, metavar="GRAPH.toml")
@click.option("--control", type=_FILE, metavar="PATH", help="Control socket; default: a place of your own.")
@click.option(
    "--allow-unverified", is_flag=True, help="Also run modules that `fpcc verify` refuses, with a warning."
)
@click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document at the end.")
@click.pass_context
def command(
    context: click.Context, graph: Path, control: Path | None, allow_unverified: bool, json_wanted: bool
) -> None:
    """Entry point of `fpcc serve`; its help is _HELP."""
    loaded = load_graph(graph)
    path = control or loaded.graph.control
    if path is None:
        path = default_socket()
        make_directory(path.parent)
    result = serve_graph(loaded, ServeOptions(path.absolute(), allow_unverified, quiet=json_wanted))
    show(result, json_wanted)
    context.exit(STATUSES[result.outcome])


def show(result: RunResult, json_wanted: bool) -> None:
    """The result on standard output; what ended it early on standard error."""
    if result.error:
        click.echo(result.error, err=True)
    with open_output() as out:
        (write_serve_json if json_wanted else write_serve_summary)(result, out)
