"""The command line of `fpcc run MODULE...` as a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fpcc.errors import InputError
from fpcc.run_plan import Node, RunPlan, check_file, check_module_path
from fpcc.run_ports import add_eal, add_pace, read_input, read_output

# Key of fphost's configuration, less the node it is of -> option.
OPTIONS = {
    "module": "module",
    "args": "--args",
    "batch": "--batch",
    "budget_us": "--budget-us",
    "heap_bytes": "--heap",
    "fault_capture": "--fault-capture",
    "policy": "--policy",
    "input.path": "--in",
    "output.path": "--out",
    "input.interface": "--in",
    "output.interface": "--out",
    "input.type": "--in",
    "output.type": "--out",
    "input.device": "--in",
    "output.device": "--out",
    "input.eal": "--eal",
    "output.eal": "--eal",
    "input.packets": "--packets",
    "input.idle_ms": "--idle-ms",
    "input.paced": "--paced",
}


@dataclass(frozen=True)
class RunOptions:
    """The options as given; None or empty where they were not."""

    modules: tuple[Path, ...]
    args: tuple[str, ...] = ()
    input: str | Path | None = None
    output: str | Path | None = None
    fault_capture: Path | None = None
    settings: Mapping[str, Any] | None = None  # keys of node_plan.h, for every node
    ends: Mapping[str, int] | None = None  # keys of a live input: packets, idle_ms
    paced: bool = False
    eal: str | None = None  # of the command line of DPDK
    batch: int | None = None
    allow_unprotected: bool = False
    allow_unverified: bool = False


def plan_run(options: RunOptions) -> RunPlan:
    """Raises InputError for files that are not there and args that belong to nobody."""
    for module in options.modules:
        check_module_path(module, "")
    source = read_input(_word(options.input), options.ends or {})
    output = read_output(_word(options.output))
    add_pace(source, paced=options.paced)
    add_eal(source, output, options.eal)
    names = name_nodes(options.modules)
    args = assign_args(names, options.args)
    return RunPlan(
        input=source,
        output=output,
        nodes=tuple(
            Node(name, module, args.get(name), _settings(options, name, len(names)))
            for name, module in zip(names, options.modules, strict=True)
        ),
        batch=options.batch,
        allow_unprotected=options.allow_unprotected,
        allow_unverified=options.allow_unverified,
        explain=_explain,
    )


def _word(path: str | Path | None) -> str | None:
    return None if path is None else str(path)


def name_nodes(modules: tuple[Path, ...]) -> tuple[str, ...]:
    """The modules' file names without suffix; a second `nat` is `nat-2`."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for module in modules:
        name = module.stem
        while name in names or not seen[module.stem]:
            seen[module.stem] += 1
            number = seen[module.stem]
            name = module.stem if number == 1 else f"{module.stem}-{number}"
        names.append(name)
    return tuple(names)


def assign_args(names: tuple[str, ...], given: tuple[str, ...]) -> dict[str, Path]:
    """Which node gets which file: NAME=FILE goes to that node, a plain FILE to the next node in order."""
    assigned: dict[str, Path] = {}
    position = 0
    for text in given:
        name, separator, file = text.partition("=")
        if not separator or name not in names:
            _refuse_unknown_name(text, names)
            name, file = _take_position(text, position, names), text
            position += 1
        if name in assigned:
            raise InputError(f"--args {text}: {name} has been given {assigned[name]} already")
        check_file(Path(file), "--args ")
        assigned[name] = Path(file)
    return assigned


def _refuse_unknown_name(text: str, names: tuple[str, ...]) -> None:
    """A file whose name holds "=" is a file; anything else with a "=" means a module that is not there."""
    name, separator, _ = text.partition("=")
    if separator and not Path(text).exists():
        raise InputError(f"--args {text}: no module is named {name}; there are {', '.join(names)}")


def _take_position(text: str, position: int, names: tuple[str, ...]) -> str:
    if position >= len(names):
        raise InputError(
            f"--args {text}: one file too many: {position + 1} for {len(names)} "
            f"module{'s' if len(names) > 1 else ''}"
        )
    return names[position]


def _settings(options: RunOptions, name: str, count: int) -> dict[str, Any]:
    """Several nodes cannot write one capture: each gets a file of its own, NAME.NODE.pcap."""
    settings = dict(options.settings or {})
    capture = options.fault_capture
    if capture is not None:
        own = capture if count == 1 else capture.with_name(f"{capture.stem}.{name}{capture.suffix}")
        settings["fault_capture"] = str(own)
    return settings


def _explain(place: str, complaint: str) -> str:
    key = place.partition("].")[2] or place
    return f"{OPTIONS.get(key, place)} {complaint}"
