"""The fpcc program: every outcome is a message and an exit status."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from types import ModuleType

import click
import pytest

from fpcc import cli
from fpcc.errors import InputError, InternalError, Position, SourceError
from tests.conftest import RunFpcc
from tests.interrupts import interrupts_heeded


@pytest.fixture
def run_sample(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs `fpcc sample` in which the command's body is the given function."""

    def run(body: Callable[[], None], *words: str) -> int:
        module = ModuleType("fpcc.commands.sample")
        module.command = click.Command("sample", callback=body)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(cli, "COMMANDS", ("sample",))
        return cli.run(["sample", *words])

    return run


def raising(error: BaseException) -> Callable[[], None]:
    def body() -> None:
        raise error

    return body


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself(name: str, run_fpcc: RunFpcc) -> None:
    done = run_fpcc(name, "--help")
    assert done.returncode == 0
    assert f"fpcc {name}" in done.stdout
    assert run_fpcc("--help").stdout.count(f"\n  {name} ") == 1


def test_version(run_fpcc: RunFpcc) -> None:
    assert run_fpcc("--version").stdout.startswith("fpcc, version 0.")


@pytest.mark.parametrize("words", [["no-such-command"], ["--no-such-option"], ["doctor", "surplus"]])
def test_a_wrong_command_line_is_explained(words: list[str], run_fpcc: RunFpcc) -> None:
    done = run_fpcc(*words)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert words[-1] in done.stderr


def test_a_known_error_is_shown_as_its_message(
    run_sample: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_sample(raising(InputError("rules.txt: line 3 is no rule"))) == 1
    assert capsys.readouterr().err == "rules.txt: line 3 is no rule\n"


def test_a_source_error_shows_the_place(
    run_sample: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    error = SourceError(
        Position("nf.c", 3, 2), "setjmp() is refused", "return an error instead", "\tsetjmp(b);"
    )
    assert run_sample(raising(error)) == 1
    assert capsys.readouterr().err.splitlines() == [
        "nf.c:3:2: error: setjmp() is refused",
        "    \tsetjmp(b);",
        "    \t^",
        "    return an error instead",
    ]


def test_a_file_that_cannot_be_read_is_named(
    run_sample: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_sample(lambda: open("no/such/file").close()) == 1
    assert capsys.readouterr().err == "no/such/file: No such file or directory\n"


@pytest.mark.parametrize(
    "error", [KeyError("x"), InternalError("rewrite", "x"), OSError("x"), RecursionError("x")]
)
def test_a_defect_of_ours_asks_to_be_reported(
    error: Exception, run_sample: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_sample(raising(error)) == 1
    said = capsys.readouterr().err
    assert said.startswith("internal error in ")
    assert "please report" in said
    assert "Traceback" not in said


def test_the_traceback_is_shown_on_request(
    run_sample: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FPCC_TRACEBACK", "1")
    assert run_sample(raising(KeyError("x"))) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_command_chooses_its_status(run_sample: Callable[..., int]) -> None:
    assert run_sample(lambda: None) == 0
    assert run_sample(lambda: click.get_current_context().exit(1)) == 1


SLEEPER = """
import sys, time, types, click
from fpcc import cli

def sleep():
    print("ready", flush=True)
    while True:
        time.sleep(1)

module = types.ModuleType("fpcc.commands.sample")
module.command = click.Command("sample", callback=sleep)
sys.modules["fpcc.commands.sample"] = module
cli.COMMANDS = ("sample",)
sys.argv = ["fpcc", "sample"]
cli.main()
"""


def test_an_interrupt_ends_the_program_quietly() -> None:
    command = [sys.executable, "-c", SLEEPER]
    with interrupts_heeded():
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said.strip() == ""
