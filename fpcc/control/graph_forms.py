"""The forms a graph can be drawn in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fpcc.control.graph_dot import write_dot, write_svg
from fpcc.control.graph_text import write_text
from fpcc.control.rates import Rates
from fpcc.graphs.model import Json

_FORMS: Mapping[str, Callable[[Json, Rates], str]] = {
    "text": write_text,
    "dot": write_dot,
    "svg": lambda graph, rates: write_svg(write_dot(graph, rates)),
}


def draw_graph(graph: Json, rates: Rates, form: str) -> str:
    """Raises InputError or ToolError if the form needs a program that is not here, or fails."""
    return _FORMS[form](graph, rates)
