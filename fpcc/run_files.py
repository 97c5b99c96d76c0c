"""The files of a run: which it reads, which it writes, and that no output takes another one's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.run_plan import Node, RunPlan


def check_files(plan: RunPlan) -> None:
    """Raises InputError."""
    refuse_clashes(_list_inputs(plan), _list_outputs(plan))


def _list_inputs(plan: RunPlan) -> Iterator[FileUse]:
    if plan.graph:
        yield FileUse("the graph", plan.graph)
    for key in ("path", "pcap"):
        if key in plan.input:
            yield _use(plan, f"input.{key}", plan.input[key])
    for index, node in enumerate(plan.nodes):
        yield from _list_inputs_of(plan, index, node)


def _list_inputs_of(plan: RunPlan, index: int, node: Node) -> Iterator[FileUse]:
    yield _use(plan, f"chain[{index}].module", node.module)
    if node.args:
        yield _use(plan, f"chain[{index}].args", node.args)


def _list_outputs(plan: RunPlan) -> Iterator[FileUse]:
    if "path" in plan.output:
        yield _use(plan, "output.path", plan.output["path"])
    for index, node in enumerate(plan.nodes):
        if "fault_capture" in node.settings:
            yield _use(plan, f"chain[{index}].fault_capture", node.settings["fault_capture"])


def _use(plan: RunPlan, place: str, path: str | Path) -> FileUse:
    """Named as the plan's author named it."""
    return FileUse(str(plan.explain(place, "")).rstrip(), Path(path))
