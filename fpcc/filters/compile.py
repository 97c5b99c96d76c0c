"""From the filters of a branching point, expressions in tcpdump's syntax, to BPF programs."""

from __future__ import annotations

from dataclasses import dataclass

from fpcc.abi import abi
from fpcc.errors import FilterError
from fpcc.filters.libpcap import BadExpression, compile_expression
from fpcc.filters.program import Program, check_program
from fpcc.filters.words import find_lookups

# Characters of one expression: libpcap's optimiser takes time that grows with more than the square of it, a
# second for this many.
LONGEST = 16384
# Instructions of one branching point: a build takes a second for a thousand.
MOST_TOGETHER = 32768


@dataclass(frozen=True)
class Branch:
    """A node that packets leave by the first filter that matches; by the gate after the last if none does."""

    node: str
    expressions: tuple[str, ...]


def compile_branch(branch: Branch) -> tuple[Program, ...]:
    """The program of each filter. Raises FilterError, which names node and filter."""
    most = abi().number("FP_GATES") - 1
    if not 1 <= len(branch.expressions) <= most:
        raise FilterError(branch.node, f"{len(branch.expressions)} filters; allowed are 1 to {most}")
    programs = tuple(
        compile_filter(text, name_place(branch.node, number, text))
        for number, text in enumerate(branch.expressions)
    )
    together = sum(len(program.instructions) for program in programs)
    if together > MOST_TOGETHER:
        raise FilterError(
            branch.node, f"its filters are {together:,} instructions; allowed are {MOST_TOGETHER:,}"
        )
    return programs


def name_place(node: str, number: int, expression: str) -> str:
    """A filter in words of an error; filters count from 0, as gates do."""
    shown = "".join(c if c.isprintable() else "?" for c in expression)
    return f"{node}: filter {number} ({shown if len(shown) <= 60 else shown[:57] + '...'})"


def compile_filter(expression: str, place: str) -> Program:
    """One expression as a program. Raises FilterError."""
    if not expression.strip():
        raise FilterError(place, "empty; what is left goes by the last gate, without a filter")
    if len(expression) > LONGEST:
        raise FilterError(place, f"{len(expression):,} characters long; allowed are {LONGEST:,}")
    if not all(" " <= c <= "~" or c in "\t\r\n" for c in expression):
        raise FilterError(place, "has characters that are not printable ASCII")
    if name := next(find_lookups(expression), ""):
        raise FilterError(
            place,
            f'"{name}" is no word of the syntax but a name that would be looked up; write addresses in '
            "numbers. Names may be of services, after `port` or `portrange`, and of protocols, after `proto`",
        )
    try:
        return check_program(compile_expression(expression), place, expression)
    except BadExpression as error:
        raise FilterError(place, error.said.removeprefix("can't parse filter expression: ")) from error
