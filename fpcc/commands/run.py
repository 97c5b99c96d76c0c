"""`fpcc run`: packets through protected modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from fpcc.graph import read_graph
from fpcc.run_chain import run_chain
from fpcc.run_json import write_json
from fpcc.run_options import RunOptions, plan_run
from fpcc.run_plan import POLICIES
from fpcc.run_result import RunResult
from fpcc.run_summary import write_summary
from fpcc.standard_output import open_output

# Outcome -> exit status. The first two are the ones all commands share (fpcc/cli.py).
STATUSES = {"done": 0, "failed": 1, "refused": 4, "faulted": 4, "interrupted": 130}

_FILE = click.Path(path_type=Path)

_HELP = """Run the packets of a capture, interface or device through MODULES, in order, or as GRAPH.toml says.

Packets go from one module to the next; those that leave the last one are written to --out. Gates are counted,
but all lead to the next module. Modules' logs and faults go to standard error as they happen.

\b
Exit status: 0 done, 1 error, 4 a module faulted or was refused, 130 interrupted (after printing the counts).
"""


@click.command(help=_HELP)
@click.argument("modules", nargs=-1, required=True, type=_FILE, metavar="MODULE...|GRAPH.toml")
@click.option(
    "--args", multiple=True, metavar="[NAME=]FILE", help="Argument file, of the next module or of that NAME."
)
@click.option(
    "--in",
    "input_",
    metavar="FILE|af_packet:NAME|dpdk:NAME",
    help="Capture (pcap), network interface or device of DPDK the packets come from.",
)
@click.option(
    "--out", "output", metavar="FILE|af_packet:NAME|dpdk:NAME", help="Where they go to; default: nowhere."
)
@click.option("--packets", type=int, metavar="N", help="End after so many from an interface; default: never.")
@click.option("--idle-ms", type=int, metavar="N", help="End after so long without one; default: never.")
@click.option("--paced", is_flag=True, help="Packets of a capture come as far apart as they were captured.")
@click.option("--eal", metavar="WORDS", help="More of DPDK's own command line, in one argument.")
@click.option("--policy", type=click.Choice(POLICIES), help="What follows a fault; default: drop.")
@click.option("--budget-us", type=int, metavar="N", help="Processor time of one batch; default: 10000.")
@click.option(
    "--heap", "heap_bytes", type=int, metavar="BYTES", help="Heap of each module; default: 256 MiB."
)
@click.option(
    "--fault-capture", type=_FILE, metavar="FILE", help="Capture for batches that ended in a fault."
)
@click.option("--batch", type=int, metavar="N", help="Packets of one call; default: 32.")
@click.option("--allow-unprotected", is_flag=True, help="Also run modules of mode `none`.")
@click.option(
    "--allow-unverified", is_flag=True, help="Also run modules that `fpcc verify` refuses, with a warning."
)
@click.option("--json", "json_wanted", is_flag=True, help="Print one JSON document.")
@click.pass_context
def command(
    context: click.Context,
    modules: tuple[Path, ...],
    args: tuple[str, ...],
    input_: str | None,
    output: str | None,
    packets: int | None,
    idle_ms: int | None,
    paced: bool,
    eal: str | None,
    policy: str | None,
    budget_us: int | None,
    heap_bytes: int | None,
    fault_capture: Path | None,
    batch: int | None,
    allow_unprotected: bool,
    allow_unverified: bool,
    json_wanted: bool,
) -> None:
    """Entry point of `fpcc run`; its help is _HELP."""
    if any(path.suffix == ".toml" for path in modules):
        _refuse_company(context, modules)
        plan = replace(read_graph(modules[0]), allow_unverified=allow_unverified)
    else:
        settings = {"policy": policy, "budget_us": budget_us, "heap_bytes": heap_bytes}
        ends = {"packets": packets, "idle_ms": idle_ms}
        options = RunOptions(modules, args, input_, output, fault_capture, _given(settings), _given(ends))
        options = replace(options, paced=paced, eal=eal, batch=batch, allow_unprotected=allow_unprotected)
        plan = plan_run(replace(options, allow_unverified=allow_unverified))
    result = run_chain(plan, quiet=json_wanted)
    show(result, json_wanted)
    context.exit(STATUSES[result.outcome])


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None}


def show(result: RunResult, json_wanted: bool) -> None:
    """The result on standard output; what ended it early on standard error."""
    if result.error:
        click.echo(result.error, err=True)
    with open_output() as out:
        (write_json if json_wanted else write_summary)(result, out)


def _refuse_company(context: click.Context, modules: tuple[Path, ...]) -> None:
    """A graph.toml says everything; what else is given would be ignored."""
    if len(modules) > 1:
        raise click.UsageError("a graph.toml stands alone: it names its modules itself")
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        if given and parameter.name not in ("modules", "allow_unverified", "json_wanted"):
            raise click.UsageError(f"{parameter.opts[0]} belongs into {modules[0]}")
