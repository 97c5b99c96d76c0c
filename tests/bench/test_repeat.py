"""Two runs are compared build by build, and what differs by more than the aim is said."""

from __future__ import annotations

import pytest

from bench import repeat
from bench.repeat import AIM, Difference, describe, main


def test_a_difference_has_no_direction() -> None:
    for pair in ((1.0, 1.03), (1.03, 1.0)):
        assert Difference("nf", "rw compare", *pair).share == pytest.approx(0.03)


def test_what_exceeds_the_aim_is_marked() -> None:
    rows = [
        Difference("nf", "rw compare", 0.9, 0.9 * (1 + AIM + 0.001)),
        Difference("nf", "wonly segment", 1, 1),
    ]
    title, far, near, verdict = describe(rows)
    assert far.endswith("more than aimed at") and near.endswith("0.00%")
    assert verdict == "nf: at most 2.10% (rw compare); the aim is 2%"
    assert title.startswith("nf: ")


def test_two_runs_of_an_nf_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """No figure is judged: the rounds are far too few."""
    differences = repeat.repeat(repeat.EXAMPLES[0], 6)
    assert {"none, again", "wonly segment", "rw compare", "pointer compare"} <= {
        it.build for it in differences
    }
    assert all(it.first > 0 and it.second > 0 for it in differences)
    assert "macswap: at most " in capsys.readouterr().out


def test_an_nf_that_is_not_there_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["router"])
