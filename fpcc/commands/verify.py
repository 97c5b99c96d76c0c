"""`fpcc verify`: proves a module safe from its machine code, or says what speaks against it."""

from __future__ import annotations

from pathlib import Path

import click

from fpcc.standard_output import open_output

REFUSED = 3


@click.command()
@click.argument("module", type=click.Path(path_type=Path))
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON.")
@click.pass_context
def command(context: click.Context, module: Path, json_wanted: bool) -> None:
    """Prove from a module's machine code alone that it keeps the rules of its mode.

    Trusts neither the compiler nor anything the file says of itself. Exits with 0 and a summary, or with 3
    and each violation: rule, address, bytes, instruction, and function and source line where they are known.
    """
    from fpcc.reports.bounded_places import place_verdict
    from fpcc.reports.verdict_json import write_verdict_json
    from fpcc.reports.verdict_terminal import write_verdict
    from fpcc.verifier.verify import verify_module

    data = module.read_bytes()
    verdict = place_verdict(verify_module(data), data)
    write = write_verdict_json if json_wanted else write_verdict
    with open_output() as out:
        write(verdict, str(module), out)
    context.exit(REFUSED if verdict.violations else 0)
