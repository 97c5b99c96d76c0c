"""`fpcc inspect`: what a module file is, without loading it."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.module_claims import find_disagreements
from fpcc.module_file import read_module
from fpcc.reports.inspect_json import write_inspection_json
from fpcc.reports.inspect_terminal import write_inspection
from fpcc.standard_output import open_output


@click.command()
@click.argument("module", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
def command(module: Path, json_wanted: bool) -> None:
    """Show a module's manifest, segments, relocations, imports, entry points, digests and sizes.

    Where the manifest and the file itself disagree, it says so.
    """
    found = read_module(module)
    write = write_inspection_json if json_wanted else write_inspection
    with open_output() as out:
        write(found, find_disagreements(found), out)
