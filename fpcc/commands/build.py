"""`fpcc build`: C sources to a protected module."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fpcc.build_arguments import choose_name, split_arguments
from fpcc.build_outputs import BuildOutputs, check_outputs, name_outputs
from fpcc.compiler_command import CompilerCommand
from fpcc.early_compile import begin
from fpcc.flags import parse_flags
from fpcc.judges import start_judges
from fpcc.lowering_choice import AUTO, choose_lowering
from fpcc.toolchain import write_dependencies
from passes.lower.registry import LOWERINGS
from passes.modes import MODES

if TYPE_CHECKING:
    from fpcc.stages.state import Build
    from passes.model import Decisions

_HELP = """Compile the C files SOURCES of one network function into a protected module.

Compiler flags pass through: -I -D -U -O -g -std= -W -f -include -isystem -MD -MF (and -MMD -MP -MT). Flags
that could weaken the protection are refused by name.

Writes NAME.fpm and, beside it, NAME.decisions.json: every memory access, whether it is guarded, and why.
"""


_MODE: dict[str, Any] = {"type": click.Choice(list(MODES)), "default": "wonly", "show_default": True}
_LOWERING: dict[str, Any] = {
    "type": click.Choice([AUTO, *LOWERINGS]),
    "default": AUTO,
    "show_default": True,
}


@click.command(cls=CompilerCommand, help=_HELP)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="SOURCES... [FLAGS...]")
@click.option("--mode", **_MODE, help="What to guard.")
@click.option("--lowering", **_LOWERING, help="How a guard works.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Module file; default: NAME.fpm here.")
@click.option("--name", help="The NF's name in manifest and reports; default: the first source's.")
@click.option("-march", "march", default="", help="Processor: x86-64-v2 or x86-64-v3 (default).")
@click.option("--emit-ir", is_flag=True, help="Also write NAME.ll, the protected IR.")
@click.option("--emit-asm", is_flag=True, help="Also write NAME.s, the final assembly.")
@click.option("--count-bounds", is_flag=True, help="Mode pointer: counters bounds.* of what it does.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def command(
    arguments: tuple[str, ...],
    mode: str,
    lowering: str,
    output: Path | None,
    name: str | None,
    march: str,
    emit_ir: bool,
    emit_asm: bool,
    count_bounds: bool,
    quiet: bool,
) -> None:
    """Entry point of `fpcc build`; its help is _HELP."""
    gc.disable()  # the process ends with the build, and what it makes is in use until then
    sources, flags = split_arguments(arguments)
    if not sources:
        raise click.UsageError("name at least one C file")
    if count_bounds and not MODES[mode].bounded:
        raise click.UsageError("--count-bounds counts what --mode=pointer does")
    parsed = parse_flags(flags, march)
    texts = {".ll": "--emit-ir"} if emit_ir else {}
    outputs = name_outputs(output, sources[0], parsed, texts | ({".s": "--emit-asm"} if emit_asm else {}))
    check_outputs(outputs, sources)
    judges = click.get_current_context().with_resource(start_judges())
    begun = begin(sources, parsed, judges)
    from fpcc.doctor_toolchain import check_toolchain  # these take as long to load as clang takes
    from fpcc.pipeline import run_pipeline
    from fpcc.stages.state import BuildOptions

    check_toolchain()
    options = BuildOptions(
        sources=sources,
        name=choose_name(name, sources[0]),
        mode=mode,
        lowering=choose_lowering(lowering),
        flags=parsed,
        count_bounds=count_bounds,
    )
    build = run_pipeline(options, begun=begun)
    check_outputs(outputs, build.facts.files)
    write_dependencies(sources, options.flags, outputs.module.path)
    decisions = _write(outputs, build)
    if not quiet:
        click.echo(summarise(outputs.module.path, decisions))


def _write(outputs: BuildOutputs, build: Build) -> Decisions:
    """The module, and what goes with it."""
    from fpcc.decisions_file import save_decisions
    from fpcc.output_file import write_output

    assert build.decisions is not None and build.protected is not None
    write_output(outputs.module.path, build.module)
    save_decisions(build.decisions, outputs.decisions.path)
    texts = {".ll": build.protected.text, ".s": build.assembly}
    for suffix, use in outputs.texts.items():
        write_output(use.path, texts[suffix].encode())
    return build.decisions


def summarise(output: Path, decisions: Decisions) -> str:
    """One line: what was built, and what became of its accesses."""
    from fpcc.manifest import count_guards
    from fpcc.reports.wording import describe_checks

    counts = count_guards(decisions)
    bounds = f"; bounds of objects: {describe_checks(decisions.checks)}" if decisions.checks else ""
    return (
        f"{output}: mode {decisions.mode}, lowering {decisions.lowering}, {counts.checks:,} guards; "
        f"{counts.accesses:,} accesses: {counts.describe() or 'none'}{bounds}"
    )
