"""Runs between live interfaces: the host's are `in` and `out`, the other ends `far-in` and `far-out`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.host.run.runner import Event, Outcome, check_accounts
from tests.host.run.sources import process

AWAY, OURS = bytes.fromhex("020000005301"), bytes.fromhex("020000005302")
IPV4 = b"\x08\x00"
SWAP = process(
    """for (uint32_t i = 0; i < batch->count; i++) {
		unsigned char *frame = batch->packet[i].data, before;
		for (int at = 0; at < 6; at++) {
			before = frame[at];
			frame[at] = frame[at + 6];
			frame[at + 6] = before;
		}
	}"""
)


def frame_of(number: int, size: int = 60) -> bytes:
    return (AWAY + OURS + IPV4 + number.to_bytes(4, "big")).ljust(size, b"\x55")


def eth_in(**options: object) -> Event:
    return {"type": "af_packet", "interface": "in", "idle_ms": 300, **options}


INTERFACE_OUT = {"type": "af_packet", "interface": "out"}


class Live:
    """A run that has begun: packets may be sent to it."""

    def __init__(self, fphost: Path, config: object) -> None:
        words = [str(fphost), "run", "-"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(config))
        self.process.stdin.close()
        self.first = self.process.stdout.readline()
        assert '"ready"' in self.first, self.process.stderr.read() if self.process.stderr else ""

    def wait_for(self, what: str, least: int) -> None:
        """Until progress says that there are as many."""
        assert self.process.stdout
        for line in self.process.stdout:
            if json.loads(line).get(what, 0) >= least:
                return
        pytest.fail(f"the run ended before {least} packets were {what}")

    def finish(self) -> Outcome:
        assert self.process.stdout and self.process.stderr
        events = [json.loads(line) for line in self.process.stdout]
        text = self.process.stderr.read()
        self.process.stdout.close()
        self.process.stderr.close()
        outcome = Outcome(self.process.wait(), events, text)
        check_accounts(outcome)
        return outcome
