"""The HTML page: self-contained, correctly linked, and deaf to what an author writes into it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from fpcc.reports.html import write_html
from fpcc.reports.legend import BOUNDS
from fpcc.reports.view import build_view
from passes.model import Check, Decisions, Location, Source
from tests.reports.builds import SHIPPED, load_shipped

VOID = {"meta", "input", "rect"}
OPTIONAL_END = {"th"}  # HTML lets a header cell end where the next begins


class Page(HTMLParser):
    """What a browser finds in the page: elements with attributes, their texts, and what was left open."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in OPTIONAL_END and self.open[-1] == tag:
            self.open.pop()
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1] in OPTIONAL_END and self.open[-1] != tag:
            self.open.pop()
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def render(build: Decisions, function: str = "") -> str:
    out = io.StringIO()
    write_html(build_view(build, function), out)
    return out.getvalue()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_access_has_one_marker_of_its_decision(name: str) -> None:
    build = load_shipped(name)
    page = Page(render(build))
    ids = Counter(page.attributes("id"))
    assert set(ids.values()) == {1}
    classes = {a["id"]: a.get("class", "") for _, a in page.elements if "id" in a}
    decisions = {a["id"]: a.get("data-decision", "") for _, a in page.elements if "id" in a}
    for access in build.accesses:
        anchor = f"a{access.id}"
        assert access.decision in classes[anchor].split() or decisions[anchor] == access.decision


def test_every_access_held_to_its_object_has_its_reason() -> None:
    place = Location("a.c", 1, 1)
    checks = tuple(
        Check(number, "f", place, "t[1]", "read", 4, decision, f"because_{number}")
        for number, decision in enumerate(BOUNDS)
    )
    source = Source("a.c", "0" * 64, "t[1];\n")
    page = Page(render(Decisions("nf", "pointer", "compare", (source,), ("f",), checks=checks)))
    items = [text for text in page.texts["li"] if "because_" in text]
    assert len(items) == len(checks)
    for check, text in zip(checks, items, strict=True):
        assert f"bounds {check.decision}" in text and check.reason in text
    values = [a["value"] for tag, a in page.elements if tag == "input" and a.get("name") == "decision"]
    assert set(BOUNDS) <= set(values), "and can be filtered"


@pytest.mark.parametrize("function", ["", "police", "calloc"])
def test_every_link_leads_somewhere_in_the_page(function: str) -> None:
    page = Page(render(load_shipped("limiter"), function))
    targets = set(page.attributes("id"))
    links = page.attributes("href")
    assert links
    assert {link for link in links if not (link.startswith("#") and link[1:] in targets)} == set()


def test_a_guard_links_to_all_it_serves() -> None:
    build = load_shipped("limiter")
    text = render(build)
    for guard in build.guards:
        row = text[text.index(f'<tr id="g{guard.id}">') :].split("</tr>")[0]
        served = {f"a{access.id}" for access in build.accesses if access.guard == guard.id}
        assert set(re.findall(r'href="#(a\d+)"', row)) == served


def test_every_reason_is_in_the_page_without_scripts() -> None:
    build = load_shipped("limiter")
    items = Page(render(build)).texts["li"]
    for access in build.accesses:
        assert any(access.reason in item and access.decision in item for item in items)


def test_nothing_is_loaded_and_all_is_closed() -> None:
    page = Page(render(load_shipped("limiter")))
    assert page.open == []
    assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object", "embed", "base"}
    assert not page.attributes("src") + page.attributes("style")
    assert not re.search(r"url\(|@import|https?:", "".join(page.texts["style"] + page.texts["script"]))


def test_the_policy_allows_exactly_the_page_s_own_script_and_style() -> None:
    text = render(load_shipped("limiter"))
    (policy,) = (
        a["content"] for _, a in Page(text).elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (content,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}';" in policy


HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "<!-- ",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "&lt;script&gt;",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_sources_are_only_text(text: str) -> None:
    """The page has the elements and attributes it has with harmless words, and shows the hostile ones."""
    hostile, harmless = (Page(render(_with(word))) for word in (text, "word"))
    assert _count_kinds(hostile) == _count_kinds(harmless)
    assert {(tag, *a) for tag, a in hostile.elements} == {(tag, *a) for tag, a in harmless.elements}
    assert hostile.attributes("href") == harmless.attributes("href")
    assert hostile.texts["script"] == harmless.texts["script"]
    for tag in ("h1", "h3", "span", "li", "code"):
        assert any(text in shown for shown in hostile.texts[tag]), tag


def _count_kinds(page: Page) -> Counter[tuple[str, ...]]:
    """Elements by tag and attributes, but those that colour the source: their number depends on the words."""
    return Counter((tag, *a) for tag, a in page.elements if tag not in ("mark", "span"))


def _with(word: str) -> Decisions:
    """The word wherever an author can put one."""
    build = load_shipped("limiter")
    path = f"{word}.c"
    places = {
        access.location.line: access for access in build.accesses if access.location.file == "nfs/limiter.c"
    }
    lines = [word if number + 1 in places else "" for number in range(80)]
    accesses = tuple(
        replace(
            access,
            function=word,
            expression=word,
            reason=word,
            operation=word,
            root=word,
            location=replace(access.location, file=path, column=1),
        )
        for access in build.accesses
    )
    return replace(
        build,
        nf=word,
        mode=word,
        lowering=word,
        sources=(Source(path, word, "\n".join(lines)), Source(f"{word}2", word, word)),
        functions=(word,),
        accesses=accesses,
        guards=tuple(
            replace(g, function=word, expression=word, placement=word, root=word) for g in build.guards
        ),
        imports=(word,),
        moved_locals=(f"{word}:{word}: {word}",),
    )
