"""`fpcc doctor`: is everything there, and what does not work without it?"""

from __future__ import annotations

import json

import click
from rich.console import Console

from fpcc.doctor import as_json, can_work, print_findings, run_checks


@click.command()
@click.option("--json", "json_wanted", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def command(ctx: click.Context, json_wanted: bool) -> None:
    """Check tools, libraries, processor and kernel.

    Exits with 0 if modules can be built and run here, else with 1.
    """
    findings = run_checks()
    if json_wanted:
        click.echo(json.dumps(as_json(findings), indent=2))
    else:
        print_findings(findings, Console())
    ctx.exit(0 if can_work(findings) else 1)
