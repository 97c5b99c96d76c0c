"""`fpcc bench`: what protection costs on an NF."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from fpcc.abi import abi
from fpcc.benchmark.bench import Settings, bench_nf
from fpcc.benchmark.contest import Traffic
from fpcc.benchmark.report import Report
from fpcc.benchmark.table import write_table
from fpcc.benchmark.variants import Source, Variant, list_variants
from fpcc.build_arguments import split_arguments
from fpcc.compiler_command import CompilerCommand
from fpcc.doctor_toolchain import check_toolchain
from fpcc.errors import InputError
from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.flags import parse_flags
from fpcc.lowering_choice import runnable_lowerings
from fpcc.run_plan import check_file
from fpcc.standard_output import open_output
from fpcc.toolchain import check_source
from passes.lower.registry import LOWERINGS
from passes.modes import MODES

_FILE = click.Path(path_type=Path)

_HELP = """Measure what protection costs on the network function SOURCES.

Builds it in every mode and runs all builds in one process, on the same packets, turn by turn; every ten
rounds in a new process, with pages elsewhere. All builds must give the same packets, or no time counts. Shows
throughput relative to the unprotected build: the median over all rounds with its 95 % confidence interval;
and, as "none, again", what a second instance of the unprotected build makes: how much of a ratio is chance.
Compiler flags pass through, as for `fpcc build`.
"""


def _split(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    """A list with commas, each word one of those the option's table knows."""
    known = {"modes": tuple(MODES), "lowerings": tuple(LOWERINGS)}[parameter.name or ""]
    words = tuple(word.strip() for word in value.split(","))
    unknown = [word for word in words if word not in known]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(known)}")
    return words


@click.command(cls=CompilerCommand, help=_HELP)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="SOURCES... [FLAGS...]")
@click.option("--modes", default=",".join(MODES), callback=_split, show_default=True, help="What to compare.")
@click.option(
    "--lowerings",
    default=lambda: ",".join(runnable_lowerings()),
    callback=_split,
    show_default="all this processor can run",
    help="How guards work.",
)
@click.option("--pcap", type=_FILE, metavar="FILE", help="Use the first 4,096 packets of a capture.")
@click.option("--size", type=click.IntRange(60, 1500), help="Or bytes of generated UDP packets; default: 64.")
@click.option("--args", type=_FILE, metavar="FILE", help="The NF's argument file.")
@click.option("--rounds", type=click.IntRange(1, 100_000), default=101, show_default=True, help="At most.")
@click.option(
    "--until-precise", type=click.FloatRange(0.01, 50), metavar="PCT", help="Stop at so many percent."
)
@click.option("--batch", type=int, default=32, show_default=True, help="Packets of one call.")
@click.option("--no-build-time", is_flag=True, help="Do not time the build against clang.")
@click.option(
    "--json", "json_file", type=_FILE, metavar="FILE", help="Write the figures; - is standard output."
)
def command(
    arguments: tuple[str, ...],
    modes: tuple[str, ...],
    lowerings: tuple[str, ...],
    pcap: Path | None,
    size: int | None,
    args: Path | None,
    rounds: int,
    until_precise: float | None,
    batch: int,
    no_build_time: bool,
    json_file: Path | None,
) -> None:
    """Entry point of `fpcc bench`; its help is _HELP."""
    check_toolchain()
    source = Source(*split_arguments(arguments))
    _check(source, pcap, size, args, batch)
    _check_files(source, {"--pcap": pcap, "--args": args}, json_file)
    settings = Settings(
        traffic=Traffic(size or 64, pcap),
        args=args,
        batch=batch,
        rounds=rounds,
        until=None if until_precise is None else until_precise / 100,
        build_rounds=0 if no_build_time else 3,
    )
    _write(_bench(source, list_variants(modes, lowerings), settings), json_file)


def _check(source: Source, pcap: Path | None, size: int | None, args: Path | None, batch: int) -> None:
    """Everything that would be noticed late otherwise."""
    if not source.files:
        raise click.UsageError("name at least one C file")
    for file in source.files:
        check_source(file)
    if pcap and size:
        raise click.UsageError("--size has no meaning with --pcap: the capture's packets have theirs")
    if pcap:
        check_file(pcap, "--pcap ")
    if args:
        check_file(args, "--args ")
    limit = abi().number("FP_BATCH_MAX")
    if not 1 <= batch <= limit:
        raise click.UsageError(f"--batch is {batch}; allowed are 1 to {limit}")


def _check_files(source: Source, others: Mapping[str, Path | None], json_file: Path | None) -> None:
    inputs = [FileUse("source", file) for file in source.files]
    inputs += [FileUse(option, path) for option, path in others.items() if path]
    outputs = [FileUse("--json", json_file)] if json_file and json_file != Path("-") else []
    if any(flag.startswith("-MF") for flag in source.flags):  # each build writes it
        rules = parse_flags(source.flags).dependencies
        outputs += [FileUse("-MF", Path(rules.file))] if rules else []
    refuse_clashes(inputs, outputs)


def _bench(source: Source, variants: tuple[Variant, ...], settings: Settings) -> Report:
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} rounds"),
    )
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task(source.name, total=settings.rounds)
        return bench_nf(source, variants, settings, lambda done: progress.update(task, completed=done))


def _write(report: Report, json_file: Path | None) -> None:
    """The table, unless standard output is to have the JSON."""
    if json_file == Path("-"):
        with open_output() as out:
            out.write(report.to_json())
        return
    with open_output() as out:
        write_table(report, out)
    if json_file:
        try:
            json_file.write_text(report.to_json())
        except OSError as error:
            raise InputError(f"--json {json_file}: cannot be written: {error.strerror}") from error
