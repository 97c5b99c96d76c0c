"""`fpcc diff`: what a change of the source, the mode or the compiler does to the guards."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.diff import diff_decisions
from fpcc.module_file import load_module_or_decisions
from fpcc.reports.diff_json import write_diff_json
from fpcc.reports.diff_terminal import write_diff
from fpcc.standard_output import open_output

DIFFERENT = 1


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.option("--exit-code", "status_wanted", is_flag=True, help="Exit with 1 if anything changed, else 0.")
@click.pass_context
def command(ctx: click.Context, old: Path, new: Path, json_wanted: bool, status_wanted: bool) -> None:
    """Compare two builds: guards, accesses, moved locals, imports, mode and lowering.

    OLD and NEW are modules or decisions files. A line that only moved is no change.
    """
    builds = (load_module_or_decisions(old), load_module_or_decisions(new))
    diff = diff_decisions(*builds)
    with open_output() as out:
        (write_diff_json if json_wanted else write_diff)(diff, *builds, out)
    if status_wanted and diff:
        ctx.exit(DIFFERENT)
