"""`fpcc filter`: filters of a graph's edges as native code, and what becomes of them on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.output_file import write_output
from fpcc.standard_output import open_output

if TYPE_CHECKING:
    from fpcc.filters.program import Program
    from fpcc.module_file import ModuleFile

_DEFAULT_NAME = "filters"


@click.command()
@click.argument("expressions", nargs=-1, required=True, metavar="EXPRESSION...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the module, NAME.fpm.")
@click.option("--emit-c", is_flag=True, help="Also write NAME.c, what the module is built from.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def command(expressions: tuple[str, ...], output: Path | None, emit_c: bool, quiet: bool) -> None:
    """Build filters in tcpdump's syntax into a module that sends packets to gates.

    A packet leaves by gate 0 if the first EXPRESSION matches it, by gate 1 if not that but the second does,
    and so on; by the gate after the last if none does. Shows the BPF program and the C of each.
    """
    if emit_c and not output:
        raise click.UsageError("--emit-c writes NAME.c beside NAME.fpm: name it with -o")
    if emit_c and output:
        refuse_clashes([], [FileUse("-o", output), FileUse("--emit-c", output.with_suffix(".c"))])
    from fpcc.build_arguments import choose_name
    from fpcc.filters.build import build_programs, write_branch
    from fpcc.filters.compile import Branch, compile_branch
    from fpcc.module_file import parse_module

    node = choose_name(None, output) if output else _DEFAULT_NAME
    programs = compile_branch(Branch(node, expressions))
    module = build_programs(programs, node)
    if output:
        write_output(output, module)
    if output and emit_c:
        write_output(output.with_suffix(".c"), write_branch(programs, node).encode())
    if not quiet:
        with open_output() as out:
            out.writelines(_explain(programs, parse_module(module, str(output or node))))


def _explain(programs: Sequence[Program], module: ModuleFile) -> Iterator[str]:
    """Lines of what each filter became, and of the gates."""
    from fpcc.filters.libpcap import show_instruction
    from fpcc.filters.native import write_function

    texts = [" ".join(program.text.split()) for program in programs]
    for number, program in enumerate(programs):
        yield f"filter {number}: {texts[number]}\n\n"
        yield from (f"    {show_instruction(i, at)}\n" for at, i in enumerate(program.instructions))
        yield f"{write_function(program, number)}\n"
    yield from (f"gate {number}: {text}\n" for number, text in enumerate([*texts, "everything else"]))
    protection = module.manifest
    yield (
        f"{module.path}: mode {protection.mode}, lowering {protection.lowering}; "
        f"{module.layout.text_size:,} bytes of code, {module.size:,} in all\n"
    )
