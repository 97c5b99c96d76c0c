"""A real `fpcc serve` that runs, and `fpcc ctl` beside it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import RunFpcc
from tests.host.engine.graphs import Report

FPCC = Path(sys.executable).parent / "fpcc"
ENDLESS = 1 << 40

# Two tenants on two workers: packets of red's input go through its module, then to blue's output.
GRAPH = """\
[host]
cores = [0, 1]

[[tenant]]
name = "red"

[[tenant]]
name = "blue"
weight = 2

[[node]]
name = "in"
tenant = "red"
kind = "input"
{source}

[[node]]
name = "nf"
tenant = "red"
kind = "module"
module = "{module}"

[[node]]
name = "out"
tenant = "blue"
kind = "output"
{sink}

[[edge]]
from = "in"
to = "nf"

[[edge]]
from = "nf"
to = "out"
"""
POOL = 'type = "pool"\npackets = {}'
NOWHERE = 'type = "null"'

# The same with a counter between the two tenants.
COUNTED = GRAPH.replace(
    'from = "nf"\nto = "out"', 'from = "nf"\nto = "count"\n\n[[edge]]\nfrom = "count"\nto = "out"'
).replace(
    '[[edge]]\nfrom = "in"',
    '[[node]]\nname = "count"\ntenant = "red"\nkind = "counter"\n\n[[edge]]\nfrom = "in"',
)


def write_graph(
    path: Path, module: Path, text: str = GRAPH, source: str = POOL.format(ENDLESS), sink: str = NOWHERE
) -> Path:
    path.write_text(text.format(module=module, source=source, sink=sink))
    return path


@dataclass
class Service:
    """`fpcc serve --json` while it runs."""

    process: subprocess.Popen[str]
    control: Path
    run_fpcc: RunFpcc

    def ctl(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        return self.run_fpcc("ctl", "--control", self.control, *words)

    def ask(self, *words: str | Path) -> Any:
        """The JSON a command prints; it must succeed."""
        done = self.ctl(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def report(self) -> Report:
        return Report(self.ask("report"))

    def wait_for(self, name: str, packets: int) -> None:
        """Until the node has seen so many more packets than now."""
        wanted = self.report().counts(name)["in"] + packets
        while self.report().counts(name)["in"] < wanted:
            time.sleep(0.05)

    def finish(self) -> tuple[int, dict[str, Any]]:
        """Exit status and document of `fpcc serve`, once it ends."""
        out, _ = self.process.communicate()
        return self.process.returncode, json.loads(out)


@contextmanager
def serving(graph: Path, run_fpcc: RunFpcc, *words: str | Path) -> Iterator[Service]:
    """Starts it and waits until it answers."""
    control = graph.with_name("control")
    command = [str(FPCC), "serve", str(graph), "--control", str(control), "--json", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        while not control.exists():
            assert process.poll() is None
            time.sleep(0.02)
        yield Service(process, control, run_fpcc)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
