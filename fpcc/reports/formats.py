"""The report formats: a name and the function that writes a view in it. A new format is one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from fpcc.reports.html import write_html
from fpcc.reports.json import write_json
from fpcc.reports.markdown import write_markdown
from fpcc.reports.terminal import write_terminal
from fpcc.reports.view import View

FORMATS: dict[str, Callable[[View, TextIO], None]] = {
    "terminal": write_terminal,
    "html": write_html,
    "json": write_json,
    "markdown": write_markdown,
}
