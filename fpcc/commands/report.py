"""`fpcc report`: every access of a build, guarded or not, and why."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.module_file import load_module_or_decisions
from fpcc.reports.formats import FORMATS
from fpcc.reports.view import View, build_view
from fpcc.standard_output import open_output


@click.command()
@click.argument("module", type=click.Path(path_type=Path), metavar="MODULE|DECISIONS")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write one self-contained page."
)
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON (the same as --format=json).")
@click.option("--format", "shown", type=click.Choice(list(FORMATS)), help="How to print the report.")
@click.option("--function", default="", metavar="NAME", help="Only this function, and the lines around it.")
def command(module: Path, html: Path | None, json_wanted: bool, shown: str | None, function: str) -> None:
    """Show what a build decided about every memory access, and why.

    Takes a module (NAME.fpm) or the NAME.decisions.json written beside it.
    """
    if json_wanted and shown not in (None, "json"):
        raise click.UsageError("--json and --format ask for different things")
    if html:
        refuse_clashes([FileUse("input", module)], [FileUse("--html", html)])
    view = build_view(load_module_or_decisions(module), function)
    if html:
        _write_file(view, html)
    if json_wanted or shown or not html:
        with open_output() as out:
            FORMATS["json" if json_wanted else shown or "terminal"](view, out)


def _write_file(view: View, path: Path) -> None:
    with path.open("w", encoding="utf-8", errors="replace") as file:
        FORMATS["html"](view, file)
    click.echo(f"wrote {path}", err=True)
