"""A map whose work is shared out among processes, for what keeps Python busy and gives little back.

Each process is a fork: it has all that was made so far, and sends back its results only.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

_MOST_PROCESSES = 4

Job = TypeVar("Job")
Result = TypeVar("Result")


def forked_map(
    function: Callable[[Job], Result], jobs: Sequence[Job], weights: Sequence[int]
) -> list[Result]:
    """function(job) of every job, in order; the results can be pickled. `weights`: how long each job takes.

    In this process alone where others would be of no use, or where a thread could hold a lock that a fork
    would wait for. Raises what a job raises here; ChildProcessError if one fails in a fork.
    """
    count = min(len(os.sched_getaffinity(0)), len(jobs), _MOST_PROCESSES)
    if count < 2 or threading.active_count() > 1:
        return [function(job) for job in jobs]
    own, *others = _share_out(weights, count)
    forks = [_fork(function, [jobs[at] for at in share]) for share in others]
    try:
        found = dict(zip(own, [function(jobs[at]) for at in own], strict=True))
        for share, fork in zip(others, forks, strict=True):
            found.update(zip(share, fork.results(), strict=True))
    finally:
        for fork in forks:
            fork.end()
    return [found[at] for at in range(len(jobs))]


def _share_out(weights: Sequence[int], count: int) -> list[list[int]]:
    """Positions, the heaviest first, each for whoever has least to do so far."""
    shares: list[list[int]] = [[] for _ in range(count)]
    loads = [0] * count
    for at in sorted(range(len(weights)), key=lambda at: -weights[at]):
        least = loads.index(min(loads))
        shares[least].append(at)
        loads[least] += weights[at]
    return shares


@dataclass
class _Fork:
    """A process that writes what it works out to a pipe, and ends."""

    process: int
    pipe: int

    def results(self) -> list[Any]:
        """Waits for them."""
        with open(self.pipe, "rb", closefd=False) as pipe:
            written = pipe.read()
        status, self.process = os.waitpid(self.process, 0)[1], 0
        if status or not written:
            raise ChildProcessError(f"a process that shared the work ended with status {status}")
        results: list[Any] = pickle.loads(written)
        return results

    def end(self) -> None:
        """It has nobody to write to any more."""
        os.close(self.pipe)
        if self.process:
            os.waitpid(self.process, 0)


def _fork(function: Callable[[Job], Result], jobs: Sequence[Job]) -> _Fork:
    source, target = os.pipe()
    process = os.fork()
    if process:
        os.close(target)
        return _Fork(process, source)
    status = 1
    try:
        os.close(source)
        with open(target, "wb") as pipe:
            pickle.dump([function(job) for job in jobs], pipe)
        status = 0
    finally:
        os._exit(status)  # what the parent has under way is not to be ended twice
