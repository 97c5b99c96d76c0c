"""Carries out `fpcc serve`: a graph's modules verified, one fphost that runs it, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fpcc.errors import InputError
from fpcc.file_uses import FileUse, refuse_clashes
from fpcc.graphs.complaints import explain_complaint, is_of_graph
from fpcc.graphs.document import Document
from fpcc.graphs.edge_filters import insert_filters
from fpcc.graphs.model import ServeGraph
from fpcc.graphs.reader import is_part, read_part, read_serve_graph
from fpcc.graphs.sealed_graph import seal_graph
from fpcc.host_process import REFUSED, USAGE, HostProcess, start_host
from fpcc.run_chain import follow, judge
from fpcc.run_live import LiveView, show_warning
from fpcc.run_result import RunResult
from fpcc.verified_modules import ModuleRefused

# Kind of node -> the option that names a file it writes. What else the graph reads and writes the host
# compares: only it knows the whole of a running one (runtime/host/engine/plan_files.c).
_WRITTEN = {"output": "path", "mirror": "path", "module": "fault_capture"}


@dataclass(frozen=True)
class LoadedGraph:
    """A graph as its file has it, and as it runs: filters are nodes."""

    document: Document
    source: ServeGraph
    graph: ServeGraph

    def explain(self, said: str) -> InputError:
        """The host's words against the graph, in those of the file."""
        return explain_complaint(said, self.source, self.document)


@dataclass(frozen=True)
class ServeOptions:
    control: Path
    allow_unverified: bool = False
    quiet: bool = False  # logs and faults are gathered only


def load_graph(path: Path) -> LoadedGraph:
    """Reads and checks; builds the filters. Raises InputError."""
    document = Document(path)
    if is_part(document):
        raise document.error(
            ("tenant",),
            "this is one tenant's part of a graph, which `fpcc ctl update` puts into one that runs; a graph "
            "has a table [[tenant]] for each",
        )
    return _insert(document, read_serve_graph(document))


def load_change(path: Path) -> LoadedGraph:
    """The same of what `fpcc ctl update` takes: a graph, or a tenant's part of one."""
    document = Document(path)
    return _insert(document, (read_part if is_part(document) else read_serve_graph)(document))


def _insert(document: Document, source: ServeGraph) -> LoadedGraph:
    refuse_clashes([FileUse("the graph", document.path)], _list_outputs(document, source))
    return LoadedGraph(document, source, insert_filters(source, document))


def _list_outputs(document: Document, graph: ServeGraph) -> Iterator[FileUse]:
    for index, node in enumerate(graph.nodes):
        key = _WRITTEN.get(node.kind, "")
        if key in node.options:
            yield FileUse(document.where(("node", index, key)), Path(node.options[key]))


def serve_graph(loaded: LoadedGraph, options: ServeOptions) -> RunResult:
    """Runs until all inputs have ended, somebody stops the host, or Ctrl-C or SIGTERM.

    Raises InputError if fphost finds fault with the graph, ToolError if it fails itself.
    """
    result = RunResult(loaded.graph.modules)
    try:
        _serve(loaded, options, result)
    except ModuleRefused as refused:
        result.outcome, result.error = "refused", str(refused)
    return result


def _serve(loaded: LoadedGraph, options: ServeOptions, result: RunResult) -> None:
    graph = loaded.graph
    with seal_graph(graph, options.allow_unverified, show_warning) as (wanted, files):
        configuration = {"graph": wanted, "control": str(options.control), "forever": graph.forever}
        with start_host("serve", configuration, files) as host, LiveView(None, options.quiet) as view:
            follow(host, result, view)
            _raise_complaint(host, loaded)
            judge(host, result)


def _raise_complaint(host: HostProcess, loaded: LoadedGraph) -> None:
    """What is wrong with the graph, not with a module."""
    said = host.said()
    if host.status == USAGE or (host.status == REFUSED and is_of_graph(said)):
        raise loaded.explain(said)
