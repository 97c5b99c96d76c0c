"""Work shared out among forks: every result once and in order, and no failure passes for a result."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Pytest's own workers have threads, with which nothing is forked.
PROGRAM = """
import os, sys, threading
from fpcc.forked_map import forked_map
os.sched_getaffinity = lambda _: {0, 1, 2}
jobs = list(range(50))
parent = os.getpid()
"""


def run(body: str) -> str:
    done = subprocess.run([sys.executable, "-c", PROGRAM + body], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_results_come_in_order_from_several_processes() -> None:
    said = run("""
found = forked_map(lambda job: (job * job, os.getpid()), jobs, [job % 7 for job in jobs])
print([square for square, _ in found] == [job * job for job in jobs], len({pid for _, pid in found}))
""")
    assert said.split() == ["True", "3"]


def test_the_work_is_shared_out_by_weight() -> None:
    said = run("""
found = forked_map(lambda job: os.getpid(), [0, 1, 2, 3], [10, 9, 9, 1])
print(len(set(found[:3])), found.count(found[0]))
""")
    assert said.split() == ["3", "1"]


def test_nothing_is_forked_beside_a_thread() -> None:
    said = run("""
stop = threading.Event()
thread = threading.Thread(target=stop.wait)
thread.start()
print(set(forked_map(lambda job: os.getpid(), jobs, jobs)) == {parent})
stop.set()
""")
    assert said.strip() == "True"


@pytest.mark.parametrize(
    "failure", ["raise ValueError", "os._exit(0)", "os.kill(os.getpid(), 9)", "return threading.Lock()"]
)
def test_what_fails_in_a_fork_is_an_error_here(failure: str) -> None:
    """Ended without a word, by a signal, or with what cannot be sent."""
    said = run(f"""
def work(job):
    if os.getpid() != parent:
        {failure}
    return job
try:
    print("results", forked_map(work, jobs, jobs))
except ChildProcessError as error:
    print("refused:", error)
""")
    assert said.startswith("refused:")


def test_an_error_here_leaves_no_process_behind() -> None:
    said = run("""
def work(job):
    if os.getpid() == parent:
        raise ValueError("mine")
    return job
try:
    forked_map(work, jobs, jobs)
except ValueError as error:
    print(error)
try:
    os.waitpid(-1, 0)
except ChildProcessError:
    print("no child")
""")
    assert said == "mine\nno child\n"
