"""Runs fphost on a configuration and reads its events."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Event = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What one run said."""

    status: int
    events: list[Event]
    stderr: str

    def all(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["event"] == kind]

    def one(self, kind: str) -> Event:
        found = self.all(kind)
        assert len(found) == 1, f"{len(found)} events {kind}: {self}"
        return found[0]

    @property
    def done(self) -> Event:
        return self.one("done")

    def node(self, name: str = "nf") -> Event:
        (found,) = [node for node in self.done["nodes"] if node["node"] == name]
        return dict(found)

    def logged(self, name: str = "nf") -> list[str]:
        return [event["text"] for event in self.all("log") if event["node"] == name]

    def counters(self, name: str = "nf") -> dict[str, int]:
        (found,) = [event for event in self.all("counters") if event["node"] == name]
        return dict(found["counters"])


def node(module: Path, name: str = "nf", **options: object) -> dict[str, object]:
    """The configuration of one node."""
    return {"name": name, "module": str(module), **options}


def pool(packets: int = 96, count: int = 64, **options: object) -> dict[str, object]:
    """The configuration of an input without a file."""
    return {"type": "pool", "packets": packets, "count": count, **options}


def chain(*nodes: dict[str, object], **changes: object) -> dict[str, object]:
    """A configuration of `fphost run`: three batches of 32 packets to nowhere unless `changes` say else."""
    return {
        "input": pool(),
        "output": {"type": "null"},
        "chain": list(nodes),
        "allow_unprotected": True,
        "allow_unverified": True,
        **changes,
    }


def run_host(program: Path | Sequence[str], command: str, config: object) -> Outcome:
    """Runs `fphost COMMAND -` on `config`; every line of its output must be an event."""
    text = config if isinstance(config, str) else json.dumps(config)
    words = [str(program)] if isinstance(program, Path) else program
    done = subprocess.run([*words, command, "-"], input=text, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1, 2, 3), f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return Outcome(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr)


def check_accounts(outcome: Outcome) -> None:
    """Every packet is somewhere: at the output or under a reason, in total and at each node."""
    done = outcome.done
    assert done["in"] == done["out"] + sum(done["drops"].values())
    for entry in done["nodes"]:
        left = sum(entry["gates"].values()) + entry["bypassed"] + sum(entry["drops"].values())
        assert entry["in"] == left, entry
