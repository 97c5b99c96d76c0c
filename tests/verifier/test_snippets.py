"""The corpus of snippets: what breaks a rule is refused for it, and where; what breaks none is not."""

from __future__ import annotations

import pytest

from fpcc.verifier.verify import verify_module
from tests.verifier.snippet import Snippet, find_marked, read_snippets

RULES = {"instruction", "branch", "memory", "stack", "file", "guard"}
SOUND, UNSOUND = read_snippets("pass"), read_snippets("fail")


@pytest.mark.parametrize("snippet", SOUND, ids=str)
def test_a_sound_snippet_passes(snippet: Snippet) -> None:
    assert verify_module(snippet.build()).violations == ()


@pytest.mark.parametrize("snippet", UNSOUND, ids=str)
def test_an_unsound_snippet_is_refused_for_the_rule_it_breaks(snippet: Snippet) -> None:
    module = snippet.build()
    violations = verify_module(module).violations
    assert {violation.rule for violation in violations} == {snippet.rule}
    marked = find_marked(module)
    assert not marked or {violation.address for violation in violations} == marked


def test_every_rule_has_snippets_that_break_it() -> None:
    assert {snippet.rule for snippet in UNSOUND} == RULES


def test_no_two_snippets_are_the_same() -> None:
    assert len({(snippet.code, snippet.mode, snippet.lowering) for snippet in SOUND + UNSOUND}) == len(
        SOUND + UNSOUND
    )
