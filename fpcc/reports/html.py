"""The report as one HTML page: nothing is loaded from anywhere, it prints, and it works without scripts.

Everything in it comes from the NF's author, so: jinja2 escapes every value, invisible characters are made
visible, and a content security policy names the digests of the page's own style and script, the only ones a
browser will then run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fpcc.reports.legend import BOUNDS, LEGEND
from fpcc.reports.view import View
from fpcc.reports.visible import make_visible
from fpcc.reports.wording import count, describe_access, describe_check, describe_place


def write_html(view: View, out: TextIO) -> None:
    environment = make_environment()
    style, script = (_own_text(environment, name) for name in ("report.css", "report.js"))
    template = environment.get_template("report.html.j2")
    own = f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    policy = f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"
    for part in template.generate(view=view, legend=LEGEND, style=style, script=script, policy=policy):
        out.write(part)


def make_environment() -> Environment:
    """Jinja2 as every HTML report needs it."""
    environment = Environment(
        loader=PackageLoader("fpcc.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "visible": make_visible,
        "code": _visible_code,
        "what": lambda access: make_visible(describe_access(access)),
        "touched": describe_check,
        "place": describe_place,
    }
    environment.filters |= filters
    environment.globals |= {"count": count, "bounds_legend": BOUNDS}
    return environment


def _visible_code(text: str) -> str:
    """Tabs stay: the page aligns them."""
    return "\t".join(make_visible(part) for part in text.split("\t"))


def _own_text(environment: Environment, name: str) -> Markup:
    """A file of ours, to stand in the page as it is."""
    return Markup(environment.get_template(name).render())


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
