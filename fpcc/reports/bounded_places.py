"""Places of violations, found within bounds: a tenant's debug information may go round or unpack without end.

It is read by a child process that may use so much processor time and memory. What it has told until then is
what is known.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection

from fpcc.reports.verdict_places import place_violations
from fpcc.verifier.model import Violation
from fpcc.verifier.verdict import Verdict

SHOWN_MAX = 50
_SECONDS = 3  # of processor time
_BYTES = 2 << 30  # of address space, the parent's own among it


def place_verdict(verdict: Verdict, module: bytes) -> Verdict:
    """The verdict with function and source of its first violations, as far as the module tells in time."""
    violations = verdict.violations
    if not violations:
        return verdict
    placed = tuple(_place_apart(violations[:SHOWN_MAX], module))
    return replace(verdict, violations=(*placed, *violations[len(placed) :]))


def _place_apart(violations: tuple[Violation, ...], module: bytes) -> Iterator[Violation]:
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_tell_places, args=(sender, violations, module))
    child.start()
    sender.close()  # the child's end is the only one left: where it ends, so does what is received
    try:
        for _ in violations:
            yield receiver.recv()
    except EOFError:
        return
    finally:
        receiver.close()
        child.kill()
        child.join()


def _tell_places(sender: Connection, violations: tuple[Violation, ...], module: bytes) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for violation in violations:
        sender.send(*place_violations((violation,), module))
