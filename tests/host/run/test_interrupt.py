"""Ctrl-C and SIGTERM end a run cleanly; nobody listening ends it too."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.host.run.capture_files import read_capture
from tests.host.run.conftest import MakeModule
from tests.host.run.runner import Outcome, chain, check_accounts, node, pool
from tests.host.run.sources import PASS, process

FOREVER = pool(1 << 50)


def start(fphost: Path, config: object) -> subprocess.Popen[str]:
    """Starts a run and waits until packets flow."""
    words = [str(fphost), "run", "-"]
    run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdin and run.stdout
    run.stdin.write(json.dumps(config))
    run.stdin.close()
    assert json.loads(run.stdout.readline())["event"] == "ready"
    return run


def finish(run: subprocess.Popen[str]) -> Outcome:
    assert run.stdout
    events = [json.loads(line) for line in run.stdout]
    run.stdout.close()
    return Outcome(run.wait(), events, "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_ends_the_run_with_all_counts(
    number: signal.Signals, fphost: Path, make_module: MakeModule, tmp_path: Path
) -> None:
    """Also while the module is at work on its own stack, which is where it nearly always is here."""
    busy = make_module(
        process('for (int i = 0; i < 100000; i++) __asm__ volatile("");') + 'void fini(void) { LOG("end"); }'
    )
    config = chain(node(busy), input=FOREVER, output={"type": "pcap", "path": str(tmp_path / "out.pcap")})
    run = start(fphost, config)
    assert run.stdout
    assert json.loads(run.stdout.readline())["event"] == "progress"
    run.send_signal(number)
    outcome = finish(run)
    assert outcome.status == 0
    assert outcome.done["interrupted"] is True
    assert outcome.logged() == ["end"]
    check_accounts(outcome)
    assert outcome.done["out"] == len(read_capture(tmp_path / "out.pcap")) > 0


def test_run_stops_when_nobody_reads_its_events(fphost: Path, make_module: MakeModule) -> None:
    run = start(fphost, chain(node(make_module(PASS)), input=FOREVER))
    assert run.stdout
    run.stdout.close()
    assert run.wait() == 1


def test_fault_signal_from_outside_is_not_blamed_on_a_module(fphost: Path, make_module: MakeModule) -> None:
    module = make_module(process('for (int i = 0; i < 100000; i++) __asm__ volatile("");'))
    run = start(fphost, chain(node(module, policy="restart"), input=FOREVER))
    run.send_signal(signal.SIGSEGV)
    outcome = finish(run)
    assert outcome.status == -signal.SIGSEGV
    assert not outcome.all("fault")


def processor_time(pid: int) -> int:
    """What a process has used so far, in clock ticks."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[11])


def test_second_signal_kills(fphost: Path, make_module: MakeModule) -> None:
    """For whoever does not want to wait for a call that takes a minute."""
    module = make_module(process('for (;;) __asm__ volatile("");'))
    run = start(fphost, chain(node(module, budget_us=60_000_000), input=FOREVER))
    before = processor_time(run.pid)
    while processor_time(run.pid) < before + 5:  # until it is in that call
        pass
    while run.poll() is None:
        run.send_signal(signal.SIGINT)
    assert run.stdout
    run.stdout.close()
    assert run.wait() == -signal.SIGINT
